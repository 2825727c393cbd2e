namespace Gateway.Cookies;

/// <summary>A cookie that was cut from a request: its name and its row, null where the table does not list it.</summary>
internal readonly record struct CutCookie(string Name, CookieTable.Row? Row);

/// <summary>What is left of a <c>Cookie</c> header.</summary>
/// <param name="Header">The same string where nothing was cut; null where nothing is left.</param>
internal readonly record struct CookieHeaderOutcome(string? Header, IReadOnlyList<CutCookie> Cut);

/// <summary>
/// Cuts from a request's <c>Cookie</c> header what the visitor did not grant: reading is forbidden as setting is
/// (Art. 82 LIL; CNIL SAN-2024-019). Every other byte stays, in its order.
/// </summary>
internal static class CookieHeaderFilter
{
    /// <param name="own">Whether a cookie of this name and value is the gateway's own, which the backend never receives.</param>
    public static CookieHeaderOutcome Filter(string header, CookieTable table, Grants grants, GatewayCookie own)
    {
        List<CutCookie>? cut = null;
        using var kept = new KeptPairs(header);
        foreach (var pair in new CookiePairs(header))
        {
            var isOwn = own.Is(pair.Name, pair.Value);
            var row = isOwn ? null : table.Find(pair.Name);
            if (!isOwn && (row is not null ? grants.Allows(row.Entry) : IsBlank(pair)))
                kept.Keep(pair);
            else
                kept.Cut(pair);
            if (!isOwn && kept.LastWasCut)
                (cut ??= []).Add(new CutCookie(pair.Name.ToString(), row));
        }

        return new CookieHeaderOutcome(kept.Header, cut ?? (IReadOnlyList<CutCookie>)[]);
    }

    /// <summary>Cuts the gateway's own cookie and nothing else.</summary>
    public static string? WithoutOwn(string header, GatewayCookie own)
    {
        using var kept = new KeptPairs(header);
        foreach (var pair in new CookiePairs(header))
        {
            if (own.Is(pair.Name, pair.Value))
                kept.Cut(pair);
            else
                kept.Keep(pair);
        }

        return kept.Header;
    }

    private static bool IsBlank(CookiePair pair) => pair.Name.IsEmpty && pair.Value.IsEmpty;
}
