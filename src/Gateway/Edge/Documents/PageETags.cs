using System.Globalization;
using Gateway.Consent;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Gateway.Edge.Documents;

/// <summary>
/// Entity tags of pages with the line. Such a page is not the one of the backend, so its tag is weak and ends in the page variant and a
/// letter for the original tag: <c>s</c>trong, <c>w</c>eak, or made from <c>Last-Modified</c> (<c>l</c>). A page that was cached before the
/// gateway was there, or with an older line, has a different ending and is fetched again.
/// </summary>
internal static class PageETags
{
    private const char Strong = 's', Weak = 'w', FromDate = 'l';

    /// <summary>Sets the tag of the page that the response carries or, as a 304, is about.</summary>
    public static void Tag(HeaderEdits edits, PageVariant variant)
    {
        var tag = edits[HeaderNames.ETag].ToString();
        if (EntityTag.TryRead(tag, out var opaque, out var isWeak))
            edits.Set(HeaderNames.ETag, $"W/\"{opaque}{variant}{(isWeak ? Weak : Strong)}\"");
        else if (tag.Length == 0 && TryDate(edits[HeaderNames.LastModified].ToString(), out var date))
            edits.Set(HeaderNames.ETag, $"W/\"{date.ToUnixTimeSeconds()}{variant}{FromDate}\"");
    }

    /// <summary>
    /// Sets the tag of a 304 to the one that the browser sent for the same page. Servers that compress weaken the tag of the page and not the
    /// tag of the 304, and a cache may update only a stored response with exactly the same tag (RFC 9111 4.3.4).
    /// </summary>
    /// <param name="sent">The <c>If-None-Match</c> header of the browser.</param>
    public static void TagUpdate(HeaderEdits edits, PageVariant variant, StringValues sent)
    {
        Tag(edits, variant);
        if (!EntityTag.TryRead(edits[HeaderNames.ETag].ToString(), out var made))
            return;

        foreach (var tag in EntityTag.ReadList(sent.ToString()))
        {
            if (TryOriginal(tag, out _) && tag.Opaque.AsSpan()[..^1].SequenceEqual(made.Opaque.AsSpan()[..^1]))
                edits.Set(HeaderNames.ETag, tag.ToString());
        }
    }

    /// <summary>
    /// Restores the validators of the backend in the request for a page. Tags of other variants are dropped; with none left the request has no
    /// condition.
    /// </summary>
    /// <param name="variant">Of the page with the present line; null where no line is inserted, so that only tags without a variant are valid.</param>
    /// <returns>Whether the browser has the page with the present line.</returns>
    public static bool Restore(HeaderEdits edits, PageVariant? variant)
    {
        var sent = edits[HeaderNames.IfNoneMatch];
        if (sent.Count == 0)
        {
            if (variant is not null)
                edits.Remove(HeaderNames.IfModifiedSince);
            return false;
        }

        var kept = new List<string>();
        DateTimeOffset? modified = null;
        var hasVariant = false;
        foreach (var tag in EntityTag.ReadList(sent.ToString()))
        {
            var isMarked = TryOriginal(tag, out var original);
            if (isMarked ? original.Variant != variant : variant is not null)
                continue;

            hasVariant |= isMarked;
            if (isMarked && original.Tag is null)
                modified = original.Modified;
            else
                kept.Add((original.Tag ?? tag).ToString());
        }

        SetList(edits, HeaderNames.IfNoneMatch, kept);
        if (kept.Count == 0)
            edits.Set(HeaderNames.IfModifiedSince, Format(modified));
        return hasVariant;
    }

    /// <summary>
    /// Drops the tags of pages with a line from a request for something else. A browser that stores a page with the line sends its tag also
    /// where a script fetches the same address; a 304 would give that script the page with the line.
    /// </summary>
    public static void DropMarked(HeaderEdits edits)
    {
        var sent = EntityTag.ReadList(edits[HeaderNames.IfNoneMatch].ToString());
        var kept = sent.Where(tag => !TryOriginal(tag, out _)).Select(tag => tag.ToString()).ToList();
        if (kept.Count == sent.Count)
            return;

        SetList(edits, HeaderNames.IfNoneMatch, kept);
        edits.Remove(HeaderNames.IfModifiedSince);
    }

    /// <summary>Restores the tags of the backend in <c>If-Match</c>, by which a script makes a change conditional (RFC 9110 13.1.1).</summary>
    public static void RestoreMatch(HeaderEdits edits)
    {
        var sent = EntityTag.ReadList(edits[HeaderNames.IfMatch].ToString());
        if (!sent.Exists(tag => TryOriginal(tag, out _)))
            return;

        var tags = new List<string>();
        foreach (var tag in sent)
        {
            if (TryOriginal(tag, out var original) && original.Tag is null)
                edits.Set(HeaderNames.IfUnmodifiedSince, Format(original.Modified));
            else
                tags.Add((original.Tag ?? tag).ToString());
        }

        SetList(edits, HeaderNames.IfMatch, tags);
    }

    /// <summary>Reads a tag of this class; false for another one.</summary>
    private static bool TryOriginal(EntityTag tag, out Original original)
    {
        original = default;
        if (!PageVariant.TrySplit(tag.Opaque, out var opaque, out var variant, out var kind) || kind is not (Strong or Weak or FromDate))
            return false;

        original = kind is FromDate ? new(variant, null, Date(opaque)) : new(variant, new EntityTag(opaque, kind is Weak), null);
        return true;
    }

    // Up to the year 9999, the last that a DateTimeOffset can hold.
    private static DateTimeOffset? Date(string seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(number) : null;

    private static void SetList(HeaderEdits edits, string name, List<string> tags) =>
        edits.Set(name, tags.Count == 0 ? default : new StringValues(string.Join(", ", tags)));

    private static string? Format(DateTimeOffset? date) => date?.ToString("R", CultureInfo.InvariantCulture);

    private static bool TryDate(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>The validator of the backend behind a tag of a page with the line.</summary>
    /// <param name="Tag">Its entity tag; null where the backend sent only <c>Last-Modified</c>.</param>
    /// <param name="Modified">Then its date; null where the tag has no valid one.</param>
    private readonly record struct Original(PageVariant Variant, EntityTag? Tag, DateTimeOffset? Modified);
}
