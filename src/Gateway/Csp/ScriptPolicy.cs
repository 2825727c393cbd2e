namespace Gateway.Csp;

/// <summary>What a page's policies (CSP Level 3) say of our script.</summary>
/// <param name="Verdict">Whether it may run.</param>
/// <param name="Nonce">The page's own nonce, which our tag then carries; null where it needs none.</param>
/// <param name="Lines">The header lines with room for our script; null where they stay as they are.</param>
internal readonly record struct PolicyOutcome(PolicyVerdict Verdict, string? Nonce = null, string[]? Lines = null);

internal enum PolicyVerdict
{
    /// <summary>With the nonce, where there is one.</summary>
    Allowed,

    /// <summary>Only under the edited lines.</summary>
    AllowedIfEdited,

    /// <summary>No edit would make it run that does not weaken the page.</summary>
    Refused,
}

/// <summary>
/// Makes room in a page's <c>Content-Security-Policy</c> for exactly one script of the page's own origin: by a nonce that is there, else
/// by a source that names a path.
/// </summary>
/// <remarks>
/// A nonce or a hash of ours would switch a live <c>'unsafe-inline'</c> off, and with it the page's own scripts (CSP3 6.7.3.2), so none
/// is ever added; what <c>'strict-dynamic'</c> trusts cannot be told by a source.
/// </remarks>
internal static class ScriptPolicy
{
    // More nonces than any page has.
    private const int MostNonces = 16;

    // No policy is longer; editing takes time by the square of it.
    private const int LongestLine = 16 * 1024;

    /// <summary>Judges all lines of one kind of policy header, each a comma-separated list of policies that all count.</summary>
    public static PolicyOutcome Judge(IReadOnlyList<string> lines, ScriptAddress script)
    {
        var best = Judge(lines, script, null, out var nonces);
        foreach (var candidate in nonces)
        {
            if (best.Verdict is PolicyVerdict.Allowed)
                break;
            var outcome = Judge(lines, script, candidate, out _);
            if (outcome.Verdict < best.Verdict)
                best = outcome;
        }

        return best;
    }

    /// <summary>Judges them for a tag that is made already.</summary>
    /// <param name="nonce">The tag's; null where it has none.</param>
    public static PolicyOutcome JudgeFor(string? nonce, IReadOnlyList<string> lines, ScriptAddress script) => Judge(lines, script, nonce, out _);

    private static PolicyOutcome Judge(IReadOnlyList<string> lines, ScriptAddress script, string? nonce, out List<string> nonces)
    {
        nonces = [];
        string[]? edited = null;
        var isRefused = false;
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at];
            if (line.Length > LongestLine)
                return new(PolicyVerdict.Refused);

            // From the last to the first: what stands before an edit keeps its place.
            var end = line.Length;
            for (var start = end; start >= 0; end = start)
            {
                start = lines[at].AsSpan(0, end).LastIndexOf(',');
                var policy = (start + 1)..end;
                var read = PolicyDirectives.Read(lines[at].AsSpan(policy));
                if (read.Allows(script) || (nonce is not null && read.HasNonce(nonce)))
                    continue;

                read.AddNoncesTo(nonces, MostNonces);
                isRefused |= read.IsStrict || script.Source is null;
                if (script.Source is not null)
                    line = string.Concat(line.AsSpan(0, start + 1), read.With(script.Source), line.AsSpan(end));
            }

            if (!ReferenceEquals(line, lines[at]))
                (edited ??= [.. lines])[at] = line;
        }

        return isRefused ? new(PolicyVerdict.Refused)
            : edited is null ? new(PolicyVerdict.Allowed, nonce)
            : new(PolicyVerdict.AllowedIfEdited, nonce, edited);
    }
}
