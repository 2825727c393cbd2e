namespace Gateway.Tests.Support;

/// <summary>Numbers in cases/requirements.txt, the legal and accessibility requirements for the banner and the gateway's pages.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequirementAttribute(params int[] numbers) : ProvesAttribute("requirement", numbers.Select(number => $"{number}"));
