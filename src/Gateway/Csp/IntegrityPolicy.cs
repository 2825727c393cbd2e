namespace Gateway.Csp;

/// <summary>Headers besides Content-Security-Policy that let a browser refuse a script without <c>integrity</c>, or a script in the head.</summary>
internal static class IntegrityPolicy
{
    /// <summary>Whether an <c>Integrity-Policy</c> (SRI) blocks the line, whose script has no hash.</summary>
    public static bool Refuses(IEnumerable<string> lines) =>
        Members(lines).Any(member => Is(member.Name, "blocked-destinations") && Lists(member.Value, "script"))
        && !Members(lines).Any(member => Is(member.Name, "sources") && !Lists(member.Value, "inline"));

    /// <summary>Whether a <c>Document-Policy</c> blocks scripts that the parser waits for.</summary>
    public static bool RefusesParserBlocking(IEnumerable<string> lines) =>
        Members(lines).Any(member => Is(member.Name, "sync-script") && member.Value.StartsWith("?0", StringComparison.Ordinal));

    // A dictionary of RFC 9651: members with "=" and a value, separated by commas that are not in parentheses.
    private static IEnumerable<(string Name, string Value)> Members(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var (start, depth) = (0, 0);
            for (var at = 0; at <= line.Length; at++)
            {
                if (at < line.Length && (line[at] is '(' or ')'))
                    depth += line[at] == '(' ? 1 : -1;
                if (at < line.Length && (line[at] != ',' || depth > 0))
                    continue;
                var parts = line[start..at].Split('=', 2);
                yield return (parts[0].Trim(), parts.Length > 1 ? parts[1].Trim() : "");
                start = at + 1;
            }
        }
    }

    private static bool Lists(string value, string token) =>
        value.StartsWith('(') && value.IndexOf(')') is > 0 and var end && value[1..end].Split(' ').Contains(token);

    private static bool Is(string name, string expected) => name.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
