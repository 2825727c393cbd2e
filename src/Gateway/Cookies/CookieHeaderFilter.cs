using System.Text;

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
    public static CookieHeaderOutcome Filter(string header, CookieTable table, Grants grants, OwnCookie own)
    {
        List<CutCookie>? cut = null;
        StringBuilder? kept = null;
        var changed = false;
        foreach (var pair in new CookiePairs(header))
        {
            var isOwn = own.Is(pair.Name, pair.Value);
            var row = isOwn ? null : table.Find(pair.Name);
            var passes = !isOwn && (row is not null ? grants.Allows(row.Entry) : IsBlank(pair));
            if (!passes && !changed)
            {
                changed = true;
                kept = new StringBuilder(header, 0, Math.Max(0, pair.Start - 1), header.Length);
            }
            else if (passes && changed)
            {
                Append(kept!, header.AsSpan(pair.Start, pair.End - pair.Start));
            }

            if (!passes && !isOwn)
                (cut ??= []).Add(new CutCookie(pair.Name.ToString(), row));
        }

        return new CookieHeaderOutcome(changed ? NullIfBlank(kept!.ToString()) : header, cut ?? (IReadOnlyList<CutCookie>)[]);
    }

    /// <summary>Cuts the gateway's own cookie and nothing else.</summary>
    public static string? WithoutOwn(string header, OwnCookie own)
    {
        var kept = new StringBuilder();
        var changed = false;
        foreach (var pair in new CookiePairs(header))
        {
            if (own.Is(pair.Name, pair.Value))
                changed = true;
            else
                Append(kept, header.AsSpan(pair.Start, pair.End - pair.Start));
        }

        return changed ? NullIfBlank(kept.ToString()) : header;
    }

    private static void Append(StringBuilder kept, ReadOnlySpan<char> pair)
    {
        if (kept.Length > 0)
            kept.Append(';').Append(pair);
        else
            kept.Append(pair.TrimStart(" \t"));
    }

    private static bool IsBlank(CookiePair pair) => pair.Name.IsEmpty && pair.Value.IsEmpty;

    private static string? NullIfBlank(string text) => text.AsSpan().Trim("; \t").IsEmpty ? null : text;
}
