namespace Gateway.Tests.Support;

/// <summary>Rows of cases/rows.txt, the table of what rewriting proxies get wrong.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RowAttribute(params string[] rows) : ProvesAttribute("row", rows);
