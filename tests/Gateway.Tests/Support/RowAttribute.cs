namespace Gateway.Tests.Support;

/// <summary>Rows of cases/rows.txt, the table of common faults of rewriting proxies.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RowAttribute(params string[] rows) : ProvesAttribute("row", rows);
