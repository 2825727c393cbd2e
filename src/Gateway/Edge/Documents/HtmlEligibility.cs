using System.Collections.Frozen;
using Gateway.Html;
using Microsoft.Extensions.Primitives;

namespace Gateway.Edge.Documents;

/// <summary>Decides by the headers whether a response may be a document that gets the line. The body is examined later.</summary>
internal static class HtmlEligibility
{
    /// <summary>The request headers that decide where the browser sends fetch metadata.</summary>
    public const string FetchMetadata = "Sec-Fetch-Dest, Upgrade-Insecure-Requests";

    // Headers of requests by scripts, from before fetch metadata. Their responses are fragments.
    private static readonly string[] ScriptMarks =
        ["X-Requested-With", "HX-Request", "Turbo-Frame", "X-PJAX", "X-Up-Version", "X-MicrosoftAjax", "X-Inertia"];

    // Headers that caches with ESI add to their requests: by the specification, of Varnish, Fastly and Akamai.
    private static readonly string[] AssemblerMarks = ["Surrogate-Capability", "X-Varnish", "X-Esi-Level", "Fastly-FF", "Akamai-Origin-Hop"];

    private static readonly string[] WithoutFetchMetadata = ["Accept", "X-Requested-With"];

    // Prefixes of the names of charsets in which ASCII bytes have another meaning (WHATWG Encoding 4.2).
    private static readonly string[] WideCharsets =
        ["utf-16", "utf-32", "utf-7", "unicode", "csunicode", "ucs-2", "iso-10646", "iso-2022", "csiso2022", "hz-gb", "replacement"];

    // The labels of browsers (WHATWG Encoding 4.2) that are common on pages.
    private static readonly FrozenSet<string> CommonCharsets = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "utf-8", "utf8", "iso-8859-1", "iso-8859-2", "iso-8859-9", "iso-8859-15", "us-ascii", "ascii", "latin1",
        "windows-1250", "windows-1251", "windows-1252", "koi8-r", "shift_jis", "euc-jp", "euc-kr", "gb2312", "gbk", "gb18030", "big5");

    /// <summary>What the request is for: by fetch metadata where the browser sends it (https), else by <c>Accept</c> and the headers of scripts.</summary>
    public static DocumentPlan PlanOf(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsPost(request.Method) ? PlanByHeaders(request) : DocumentPlan.None;

    /// <summary>The same for the GET request with these headers.</summary>
    public static DocumentPlan PlanByHeaders(HttpRequest request) =>

        // Fetch metadata decides alone: old Android WebViews send X-Requested-With with every navigation.
        (string?)request.Headers["Sec-Fetch-Dest"] switch
        {
            null => (AcceptsHtml(request.Headers.Accept) || IsCheckOfHomePage(request)) && !MarksOf(request).Any()
                ? DocumentPlan.MaybeDocument : DocumentPlan.None,
            "document" => DocumentPlan.Document,
            "iframe" or "frame" or "fencedframe" or "embed" or "object" => DocumentPlan.Frame,

            // A navigation of a tab or a frame that a service worker forwards keeps only this header (tried).
            "empty" when request.Headers.UpgradeInsecureRequests.Count > 0 => DocumentPlan.MaybeDocument,
            _ => DocumentPlan.None,
        };

    /// <summary>
    /// Whether a cache between browser and gateway assembles pages from fragments (ESI). It repeats the headers of the browser in its requests
    /// for the fragments, so these look like navigations.
    /// </summary>
    public static bool IsAssembled(HttpRequest request, HttpResponse response) =>
        HasAny(request.Headers, AssemblerMarks)
        || response.Headers["Surrogate-Control"].ToString().Contains("ESI/", StringComparison.OrdinalIgnoreCase);

    // Array.Exists and Any would allocate a delegate for each page.
    private static bool HasAny(IHeaderDictionary headers, string[] names)
    {
        foreach (var name in names)
        {
            if (headers.ContainsKey(name))
                return true;
        }

        return false;
    }

    /// <summary>The request headers that <see cref="PlanOf"/> read, as a comma-separated list for <c>Vary</c>.</summary>
    public static string DecidedBy(HttpRequest request) =>
        request.Headers.ContainsKey("Sec-Fetch-Dest") ? FetchMetadata : string.Join(", ", WithoutFetchMetadata.Union(MarksOf(request)));

    /// <summary>Why the response must not get the line, as a metric label; null where the body decides.</summary>
    public static string? ReasonAgainst(HttpResponse response)
    {
        var headers = response.Headers;
        if (response.StatusCode is not ((>= 200 and <= 299) or (>= 400 and <= 599)) or 204 or 205 or 206)
            return "status";
        if (!IsHtml(headers.ContentType))
            return "content_type";
        if (!NamesCharset(headers.ContentType) && IsWide(CharsetOf(headers.ContentType[0])))
            return "charset";
        if (IsDownload(headers.ContentDisposition))
            return "attachment";
        if (headers.CacheControl.HasMember("no-transform"))
            return "no_transform";

        // RFC 9421: the signature covers the digest of the body, or headers that are edited with it.
        if (headers.ContainsKey("Signature-Input"))
            return "signed";
        return headers.ContentLength == 0 ? "empty" : null;
    }

    /// <summary>Whether the header names a charset that browsers know, so that they do not search the page for a declaration.</summary>
    public static bool NamesCharset(StringValues contentType) =>
        contentType.Count == 1 && CommonCharsets.GetAlternateLookup<ReadOnlySpan<char>>().Contains(CharsetOf(contentType[0]));

    /// <summary>Whether the type is <c>text/html</c>, in one header with one value: of several, browsers choose a different one than the gateway would.</summary>
    public static bool IsHtml(StringValues contentType) =>
        contentType is [{ } only]
        && Essence(only).Equals("text/html", StringComparison.OrdinalIgnoreCase)
        && !only.Contains(',', StringComparison.Ordinal);

    /// <summary>
    /// Whether browsers show a response of this type as a document in which scripts run: HTML, XML, and what they have to guess. SVG is XML.
    /// </summary>
    public static bool MayRunScripts(StringValues contentType)
    {
        if (contentType is not [{ } only] || only.Contains(',', StringComparison.Ordinal))
            return true;

        var essence = Essence(only);
        return essence.Equals("text/html", StringComparison.OrdinalIgnoreCase)
            || essence.Equals("text/xml", StringComparison.OrdinalIgnoreCase)
            || essence.Equals("application/xml", StringComparison.OrdinalIgnoreCase)
            || essence.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)
            || !essence.Contains('/');
    }

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

    /// <summary>The first <c>charset</c> parameter (WHATWG MIME Sniffing 4.4), without quotes; empty where there is none.</summary>
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

    // RFC 6266 4.2: a type that is not known means attachment. A first part that is no type is a parameter, and the type is inline (Chromium).
    private static bool IsDownload(StringValues disposition)
    {
        foreach (var line in disposition)
        {
            var type = Essence(line);
            if (HeaderLists.IsToken(type) && !type.Equals("inline", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // "curl http://host/" is how many people check an installation. Scripts also accept everything, but have a Referer, and crawlers validate.
    private static bool IsCheckOfHomePage(HttpRequest request) =>
        request.Path.Value == "/" && request.Headers is { Accept: ["*/*"], Referer.Count: 0, IfNoneMatch.Count: 0, Range.Count: 0 };

    private static IEnumerable<string> MarksOf(HttpRequest request) => ScriptMarks.Where(request.Headers.ContainsKey);

    private static bool AcceptsHtml(StringValues accept) => accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
