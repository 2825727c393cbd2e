namespace Gateway.Csp;

/// <summary>Whether the policies of a page (CSP Level 3) allow the gateway's script.</summary>
/// <param name="Verdict">Whether it may run.</param>
/// <param name="Nonce">The nonce of the page for the script element; null if it needs none.</param>
/// <param name="Lines">The header lines extended for the script; null if they are not changed.</param>
internal readonly record struct PolicyOutcome(PolicyVerdict Verdict, string? Nonce = null, string[]? Lines = null);

internal enum PolicyVerdict
{
    /// <summary>Allowed, with the nonce if there is one.</summary>
    Allowed,

    /// <summary>Allowed by the edited lines only.</summary>
    AllowedIfEdited,

    /// <summary>The script can only be allowed by an edit that weakens the policy.</summary>
    Refused,
}

/// <summary>
/// Allows exactly one script of the page's own origin in its <c>Content-Security-Policy</c>: by an existing nonce, or otherwise by a
/// source with a path.
/// </summary>
/// <remarks>
/// No nonce or hash is added: either would disable <c>'unsafe-inline'</c>, and with it the inline scripts of the page (CSP3 6.7.3.2).
/// <c>'strict-dynamic'</c> ignores sources, so a source cannot allow the script there.
/// </remarks>
internal static class ScriptPolicy
{
    // More nonces than any page has.
    private const int MostNonces = 16;

    // Longer than any real policy. The time of an edit grows with the square of the length.
    private const int LongestLine = 16 * 1024;

    /// <summary>Evaluates all lines of one policy header. Each line is a comma-separated list, and every policy must allow the script.</summary>
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

    /// <summary>Evaluates the lines for an existing script element.</summary>
    /// <param name="nonce">The nonce of the element; null if it has none.</param>
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

            // From the last to the first, so that an edit does not move the places of the others.
            var end = line.Length;
            for (var start = end; start >= 0; end = start)
            {
                start = lines[at].AsSpan(0, end).LastIndexOf(',');
                var policy = (start + 1)..end;
                var read = PolicyDirectives.Read(lines[at].AsSpan(policy));
                isRefused |= PolicyDirectives.RequiresIntegrity(lines[at].AsSpan(policy));
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
