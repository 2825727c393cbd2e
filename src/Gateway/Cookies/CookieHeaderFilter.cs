namespace Gateway.Cookies;

/// <summary>A cookie that was removed from a request.</summary>
/// <param name="Row">Null if the table does not list the name.</param>
/// <param name="IsElsewhere">Whether the request did not have it, so that only a place that the table declares is possible.</param>
internal readonly record struct CutCookie(string Name, CookieTable.Row? Row, bool IsElsewhere = false);

/// <summary>The result of filtering a <c>Cookie</c> header.</summary>
/// <param name="Header">The header to send, the same string if nothing was removed; null if nothing is left.</param>
internal readonly record struct CookieHeaderOutcome(string? Header, IReadOnlyList<CutCookie> Cut);

/// <summary>
/// Removes from a request's <c>Cookie</c> header what the visitor did not grant: reading needs consent as well as setting
/// (Art. 82 LIL; CNIL SAN-2024-019). All other bytes stay as they are, in their order.
/// </summary>
internal static class CookieHeaderFilter
{
    public static CookieHeaderOutcome Filter(string header, CookieTable table, Grants grants, GatewayCookie gatewayCookie)
    {
        List<CutCookie>? cut = null;
        using var kept = new KeptPairs(header);
        foreach (var pair in new CookiePairs(header))
        {
            var isGateways = gatewayCookie.Is(pair.Name, pair.Value);
            var row = isGateways ? null : table.Find(pair.Name);
            if (!isGateways && (row is not null ? grants.Allows(row.Entry) : IsBlank(pair)))
                kept.Keep(pair);
            else
                kept.Cut(pair);
            if (!isGateways && kept.LastWasCut)
                (cut ??= []).Add(new CutCookie(pair.Name.ToString(), row));
        }

        return new CookieHeaderOutcome(kept.Header, cut ?? (IReadOnlyList<CutCookie>)[]);
    }

    /// <summary>Removes the gateway's own cookies and nothing else.</summary>
    public static string? WithoutGatewayCookies(string header, GatewayCookie gatewayCookie)
    {
        using var kept = new KeptPairs(header);
        foreach (var pair in new CookiePairs(header))
        {
            if (gatewayCookie.Is(pair.Name, pair.Value))
                kept.Cut(pair);
            else
                kept.Keep(pair);
        }

        return kept.Header;
    }

    private static bool IsBlank(CookiePair pair) => pair.Name.IsEmpty && pair.Value.IsEmpty;
}
