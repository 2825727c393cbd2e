using System.Globalization;
using System.Net.Http.Headers;

namespace Gateway.Edge.Documents;

/// <summary>
/// Entity tags of pages that carry our line. Such a page is not the backend's any more, so its tag is weak and ends in
/// <c>;g</c>, the script's hash and how the original was: <c>s</c>trong, <c>w</c>eak, or made from <c>Last-Modified</c>. A cached page
/// from before the gateway, or with an older line, has another ending and is asked for anew.
/// </summary>
internal static class PageETags
{
    private const string Mark = ";g";

    /// <summary>Tags the page that a response carries or, being a 304, speaks of.</summary>
    public static void Tag(IHeaderDictionary headers, string hash)
    {
        var tag = headers.ETag.ToString();
        if (EntityTag.TryRead(tag, out var opaque, out var isWeak))
            headers.ETag = $"W/\"{opaque}{Mark}{hash}{(isWeak ? 'w' : 's')}\"";
        else if (tag.Length == 0 && TryDate(headers.LastModified.ToString(), out var date))
            headers.ETag = $"W/\"{date.ToUnixTimeSeconds()}{Mark}{hash}l\"";
    }

    /// <summary>
    /// Tags a 304 as the page is tagged that the browser named: servers that compress weaken a page's tag and not the one that says that it
    /// is still good, and a cache may use only what has the very same (RFC 9111 4.3.4).
    /// </summary>
    public static void TagUpdate(IHeaderDictionary headers, string hash, string sent)
    {
        Tag(headers, hash);
        if (!EntityTag.TryRead(headers.ETag.ToString(), out var made))
            return;

        foreach (var tag in EntityTag.ReadList(sent))
        {
            if (Ending(tag) is not null && tag.Opaque.AsSpan()[..^1].SequenceEqual(made.Opaque.AsSpan()[..^1]))
                headers.ETag = tag.ToString();
        }
    }

    /// <summary>
    /// Gives the backend its own validators back. Members of other versions are dropped; with none left the page is asked for whole.
    /// </summary>
    /// <param name="hash">The script's hash; null where no line is written now: then only tags without a mark are good.</param>
    /// <returns>Whether the browser has the page with the present line.</returns>
    public static bool Restore(HttpRequestHeaders headers, string? hash)
    {
        if (!headers.NonValidated.TryGetValues("If-None-Match", out var sent))
        {
            if (hash is not null)
                headers.Remove("If-Modified-Since");
            return false;
        }

        var kept = new List<string>();
        DateTimeOffset? modified = null;
        var isMarked = false;
        foreach (var tag in EntityTag.ReadList(string.Join(", ", sent)))
        {
            var ending = Ending(tag);
            if (ending is null ? hash is null : ending.Value.Hash == hash)
            {
                isMarked |= ending is not null;
                if (ending?.Kind == 'l')
                    modified = ending.Value.Modified;
                else
                    kept.Add(ending is null ? tag.ToString() : new EntityTag(ending.Value.Opaque, ending.Value.Kind == 'w').ToString());
            }
        }

        headers.Remove("If-None-Match");
        if (kept.Count > 0)
            headers.TryAddWithoutValidation("If-None-Match", string.Join(", ", kept));
        else
            headers.IfModifiedSince = modified;
        return isMarked;
    }

    /// <summary>
    /// For what is no page: a browser that keeps a page with our line asks with that page's tag also where a script fetches the address.
    /// What it keeps is not what the script wants, so nothing may say that it is still good.
    /// </summary>
    public static void DropMarked(HttpRequestHeaders headers)
    {
        var sent = EntityTag.ReadList(string.Join(", ", headers.NonValidated["If-None-Match"]));
        var kept = sent.Where(tag => Ending(tag) is null).ToList();
        if (kept.Count == sent.Count)
            return;

        headers.Remove("If-None-Match");
        headers.Remove("If-Modified-Since");
        if (kept.Count > 0)
            headers.TryAddWithoutValidation("If-None-Match", string.Join(", ", kept));
    }

    /// <summary>A script that changes what it read (RFC 9110 13.1.1) names the tag it saw; the backend gets its own.</summary>
    public static void RestoreMatch(HttpRequestHeaders headers)
    {
        var sent = EntityTag.ReadList(string.Join(", ", headers.NonValidated["If-Match"]));
        if (!sent.Exists(tag => Ending(tag) is not null))
            return;

        var tags = new List<string>();
        foreach (var tag in sent)
        {
            if (Ending(tag) is not { } ending)
                tags.Add(tag.ToString());
            else if (ending.Kind == 'l')
                headers.IfUnmodifiedSince = ending.Modified;
            else
                tags.Add(new EntityTag(ending.Opaque, ending.Kind == 'w').ToString());
        }

        headers.Remove("If-Match");
        if (tags.Count > 0)
            headers.TryAddWithoutValidation("If-Match", string.Join(", ", tags));
    }

    private static (string Opaque, string Hash, char Kind, DateTimeOffset? Modified)? Ending(EntityTag tag)
    {
        var at = tag.Opaque.LastIndexOf(Mark, StringComparison.Ordinal);
        if (at < 0 || tag.Opaque[^1] is not ('s' or 'w' or 'l'))
            return null;

        var opaque = tag.Opaque[..at];
        DateTimeOffset? modified = tag.Opaque[^1] == 'l' && long.TryParse(opaque, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
        return (opaque, tag.Opaque[(at + Mark.Length)..^1], tag.Opaque[^1], modified);
    }

    private static bool TryDate(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
