namespace Gateway.Tests.Support;

/// <summary>Numbers of cases/requirements.txt, what law and accessibility ask of the banner, the settings and the policy.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequirementAttribute(params int[] numbers) : ProvesAttribute("requirement", numbers.Select(number => $"{number}"));
