using System.Collections.Frozen;
using Gateway.Html;
using Microsoft.Extensions.Primitives;

namespace Gateway.Edge.Documents;

/// <summary>May this answer be a document into which the script line belongs? The evidence of the headers; the body's own comes after.</summary>
internal static class HtmlEligibility
{
    /// <summary>The headers that decide where there is fetch metadata.</summary>
    public const string FetchMetadata = "Sec-Fetch-Dest, Upgrade-Insecure-Requests";

    // What marks a request by script, older than fetch metadata: their answers are fragments.
    private static readonly string[] ScriptMarks =
        ["X-Requested-With", "HX-Request", "Turbo-Frame", "X-PJAX", "X-Up-Version", "X-MicrosoftAjax", "X-Inertia"];

    private static readonly string[] WithoutFetchMetadata = ["Accept", "X-Requested-With"];

    // How the names of charsets begin in which our ASCII line would be no ASCII line (WHATWG Encoding 4.2).
    private static readonly string[] WideCharsets =
        ["utf-16", "utf-32", "utf-7", "unicode", "csunicode", "ucs-2", "iso-10646", "iso-2022", "csiso2022", "hz-gb", "replacement"];

    // Of the labels that browsers know (WHATWG Encoding 4.2) those that pages are sent with.
    private static readonly FrozenSet<string> CommonCharsets = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "utf-8", "utf8", "iso-8859-1", "iso-8859-2", "iso-8859-9", "iso-8859-15", "us-ascii", "ascii", "latin1",
        "windows-1250", "windows-1251", "windows-1252", "koi8-r", "shift_jis", "euc-jp", "euc-kr", "gb2312", "gbk", "gb18030", "big5");

    /// <summary>What the request asks for: by fetch metadata where there is any (https), else by <c>Accept</c> and the marks of scripts.</summary>
    public static DocumentPlan PlanOf(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsPost(request.Method))
            return DocumentPlan.None;

        // Fetch metadata, where there is any, decides alone: old Android WebViews send X-Requested-With with every page they open.
        return (string?)request.Headers["Sec-Fetch-Dest"] switch
        {
            null => AcceptsHtml(request.Headers.Accept) && !MarksOf(request).Any() ? DocumentPlan.MaybeDocument : DocumentPlan.None,
            "document" => DocumentPlan.Document,
            "iframe" or "frame" or "fencedframe" or "embed" or "object" => DocumentPlan.Frame,

            // A navigation that a service worker hands on, of a tab or of a frame: what is left of it is this wish (tried).
            "empty" when request.Headers.UpgradeInsecureRequests.Count > 0 => DocumentPlan.MaybeDocument,
            _ => DocumentPlan.None,
        };
    }

    /// <summary>The headers on which <see cref="PlanOf"/> depended, as a list with commas: what is cacheable varies by exactly these.</summary>
    public static string DecidedBy(HttpRequest request) =>
        request.Headers.ContainsKey("Sec-Fetch-Dest") ? FetchMetadata : string.Join(", ", WithoutFetchMetadata.Union(MarksOf(request)));

    /// <summary>Why nothing may be written into the response, as a label; null where the body may decide.</summary>
    public static string? ReasonAgainst(HttpResponse response)
    {
        var headers = response.Headers;
        if (response.StatusCode is not ((>= 200 and <= 299) or (>= 400 and <= 599)) or 204 or 205 or 206)
            return "status";
        if (!IsHtml(headers.ContentType))
            return "content_type";
        if (!NamesCharset(headers.ContentType) && IsWide(CharsetOf(headers.ContentType[0])))
            return "charset";
        if (headers.ContentDisposition.ToString().TrimStart().StartsWith("attachment", StringComparison.OrdinalIgnoreCase))
            return "attachment";
        if (CacheHeaders.Says(headers.CacheControl, "no-transform"))
            return "no_transform";

        // RFC 9421: it covers the body's digest, or headers that are edited with the body.
        if (headers.ContainsKey("Signature-Input"))
            return "signed";
        return headers.ContentLength == 0 ? "empty" : null;
    }

    /// <summary>Whether the header names a charset that browsers know, so that they search the page for none.</summary>
    public static bool NamesCharset(StringValues contentType) =>
        contentType.Count == 1 && CommonCharsets.GetAlternateLookup<ReadOnlySpan<char>>().Contains(CharsetOf(contentType[0]));

    /// <summary>Whether the type is <c>text/html</c>, said once: of several, and of a list, browsers take another one than we would.</summary>
    public static bool IsHtml(StringValues contentType) =>
        contentType is [{ } only]
        && Essence(only).Equals("text/html", StringComparison.OrdinalIgnoreCase)
        && !only.Contains(',', StringComparison.Ordinal);

    private static ReadOnlySpan<char> Essence(string? type)
    {
        var text = type.AsSpan();
        var end = text.IndexOf(';');
        return (end < 0 ? text : text[..end]).Trim();
    }

    private static bool IsWide(ReadOnlySpan<char> charset)
    {
        foreach (var wide in WideCharsets)
        {
            if (charset.StartsWith(wide, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>The first <c>charset</c> among the parameters (WHATWG MIME Sniffing 4.4), without its quotes; empty where there is none.</summary>
    private static ReadOnlySpan<char> CharsetOf(string? type)
    {
        const string Name = "charset=";
        var first = true;
        foreach (var range in type.AsSpan().Split(';'))
        {
            var parameter = type.AsSpan(range).Trim();
            if (!first && parameter.StartsWith(Name, StringComparison.OrdinalIgnoreCase))
                return parameter[Name.Length..].Trim().Trim('"');
            first = false;
        }

        return default;
    }

    private static IEnumerable<string> MarksOf(HttpRequest request) => ScriptMarks.Where(request.Headers.ContainsKey);

    private static bool AcceptsHtml(StringValues accept) => accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
