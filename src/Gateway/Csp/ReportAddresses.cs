using System.Text;

namespace Gateway.Csp;

/// <summary>The addresses to which a policy of the page has its violations reported (<c>report-uri</c>, CSP3 6.5.1).</summary>
internal static class ReportAddresses
{
    // CSP3 2.2.1: ASCII white space separates names and values.
    private static readonly char[] Space = [' ', '\t', '\n', '\f', '\r'];

    /// <summary>Removes addresses from the lines of a policy header.</summary>
    /// <param name="line">One header line: a comma-separated list of policies.</param>
    /// <param name="isRefused">Whether an address, absolute or relative, must not receive reports.</param>
    /// <returns>The same instance if nothing was removed; every other byte is kept.</returns>
    public static string Without(string line, Func<string, bool> isRefused)
    {
        if (!line.Contains("report-uri", StringComparison.OrdinalIgnoreCase))
            return line;

        StringBuilder? edited = null;
        var copied = 0;
        for (var start = 0; start < line.Length;)
        {
            var end = line.AsSpan(start).IndexOfAny(';', ',') is >= 0 and var length ? start + length : line.Length;
            if (Edit(line[start..end], isRefused) is { } directive)
            {
                (edited ??= new()).Append(line, copied, start - copied).Append(directive);
                copied = end;
            }

            start = end + 1;
        }

        return edited is null ? line : edited.Append(line, copied, line.Length - copied).ToString();
    }

    private static string? Edit(string directive, Func<string, bool> isRefused)
    {
        var words = directive.Split(Space, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || !words[0].Equals("report-uri", StringComparison.OrdinalIgnoreCase))
            return null;

        var kept = words.Skip(1).Where(address => !isRefused(address)).ToList();
        if (kept.Count == words.Length - 1)
            return null;

        // Without an address the directive would be an error in the console of each visitor.
        return kept.Count == 0 ? "" : $" report-uri {string.Join(' ', kept)}";
    }
}
