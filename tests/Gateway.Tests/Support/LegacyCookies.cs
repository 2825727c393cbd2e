namespace Gateway.Tests.Support;

/// <summary>
/// The cookies that a legacy site sends with every response, including cases in which parsers of <c>Set-Cookie</c> differ, and the
/// expected lines for each visitor.
/// </summary>
internal static class LegacyCookies
{
    /// <summary>The deletion of a cookie, without its name.</summary>
    public const string Expired = "=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/";

    /// <summary>The deletion of a partitioned cookie, without its name.</summary>
    public const string ExpiredPart = Expired + "; Secure; Partitioned";

    /// <summary>A <c>Cookie</c> header with all cookies of a legacy site, names in unusual case, and values that are not tokens.</summary>
    public const string Cookies =
        "sessionid=a=b; _ga=GA1.2.3;csrftoken={\"q\":\"caf\u00e9 \u00c3\u00a9, 1\"} ; ad=\"x y\"; _gid=2; SessionId=3; _ga=other; cookies=1; sessionid=second";

    /// <summary>The part of it that the backend receives if nothing was granted.</summary>
    public const string Necessary = "sessionid=a=b;csrftoken={\"q\":\"caf\u00e9 \u00c3\u00a9, 1\"} ; sessionid=second";

    public const string Statistics = "sessionid=a=b; _ga=GA1.2.3;csrftoken={\"q\":\"caf\u00e9 \u00c3\u00a9, 1\"} ; _ga=other; sessionid=second";

    public const string Advertising = "sessionid=a=b;csrftoken={\"q\":\"caf\u00e9 \u00c3\u00a9, 1\"} ; ad=\"x y\"; sessionid=second";

    public const string All = "sessionid=a=b; _ga=GA1.2.3;csrftoken={\"q\":\"caf\u00e9 \u00c3\u00a9, 1\"} ; ad=\"x y\"; _ga=other; sessionid=second";

    /// <summary>
    /// The names of the other cookies that are deleted in the browser: listed ones and a known tracker. <c>SessionId</c> and <c>cookies</c>,
    /// which the site does not write, can belong to another application on the host.
    /// </summary>
    public static readonly string[] NotGranted = ["_ga", "ad", "_gid"];

    /// <summary>Lines as the backend writes them, in this order.</summary>
    public static readonly string[] Lines =
    [
        "sessionid=abc=def==; Path=/; HttpOnly",
        "_ga=GA1.2.3; Max-Age=7200; Path=/",
        "SESSIONID=another name; Path=/",
        "csrftoken  =  a spaced value  ;Path=/;SECURE;sameSITE=lAx",
        "ad={\"k\":1,\"x\":[2,3]}; eXpIrEs=never; path=/",
        "nameless",
        "=novalue; Path=/",
        "sessionid={\"name\":\"caf\u00e9 \u00c3\u00a9\"};;path=/app",
        "_ga_X1=a, b=2; Path=/",
        "ad=gone; Max-Age=0; Path=/",
        "legacy=gone; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "_ga=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=31536000",
        "sessionid=long; Max-Age=31536000;Secure",
        "cookies_preferences=g1.20000~statistics.AAAAAA.1; Path=/",
        "cookies_preferences=; Max-Age=0; Path=/",
    ];

    /// <summary>The lines for a visitor who granted nothing: exempt names, and deletions with an empty value.</summary>
    public static readonly string[] Exempt =
    [
        "sessionid=abc=def==; Path=/; HttpOnly",
        "csrftoken  =  a spaced value  ;Path=/;SECURE;sameSITE=lAx",
        "sessionid={\"name\":\"caf\u00e9 \u00c3\u00a9\"};;path=/app",
        "ad=; Max-Age=0; Path=/",
        "legacy=; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "sessionid=long; Max-Age=1209600;Secure",
    ];

    public static readonly string[] WithStatistics =
    [
        "sessionid=abc=def==; Path=/; HttpOnly",
        "_ga=GA1.2.3; Max-Age=7200; Path=/",
        "csrftoken  =  a spaced value  ;Path=/;SECURE;sameSITE=lAx",
        "sessionid={\"name\":\"caf\u00e9 \u00c3\u00a9\"};;path=/app",
        "_ga_X1=a, b=2; Path=/",
        "ad=; Max-Age=0; Path=/",
        "legacy=; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "_ga=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=15724800",
        "sessionid=long; Max-Age=1209600;Secure",
    ];

    public static readonly string[] WithAdvertising =
    [
        "sessionid=abc=def==; Path=/; HttpOnly",
        "csrftoken  =  a spaced value  ;Path=/;SECURE;sameSITE=lAx",
        "ad={\"k\":1,\"x\":[2,3]}; eXpIrEs=never; path=/",
        "sessionid={\"name\":\"caf\u00e9 \u00c3\u00a9\"};;path=/app",
        "ad=gone; Max-Age=0; Path=/",
        "legacy=; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "sessionid=long; Max-Age=1209600;Secure",
    ];

    public static readonly string[] WithAll =
    [
        "sessionid=abc=def==; Path=/; HttpOnly",
        "_ga=GA1.2.3; Max-Age=7200; Path=/",
        "csrftoken  =  a spaced value  ;Path=/;SECURE;sameSITE=lAx",
        "ad={\"k\":1,\"x\":[2,3]}; eXpIrEs=never; path=/",
        "sessionid={\"name\":\"caf\u00e9 \u00c3\u00a9\"};;path=/app",
        "_ga_X1=a, b=2; Path=/",
        "ad=gone; Max-Age=0; Path=/",
        "legacy=; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "_ga=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=15724800",
        "sessionid=long; Max-Age=1209600;Secure",
    ];

    private static readonly Dictionary<string, (string Type, string Body)> Kinds = new()
    {
        ["html"] = ("text/html; charset=utf-8", Requests.Html),
        ["json"] = ("application/json", "{\"a\":1}"),
        ["image"] = ("image/gif", "GIF89a\u0001\u0000\u0001\u0000"),
        ["css"] = ("text/css", "a{}"),
        ["none"] = ("", "bytes"),
    };

    public static IEnumerable<string> Types => Kinds.Keys;

    /// <summary>Answers <c>/?{status}&amp;{type}</c>. Accepts a request to change the protocol.</summary>
    public static string Answer(RawRequest request)
    {
        var cookies = Lines.Select((line, index) => (index % 2 == 0 ? "Set-Cookie: " : "sEt-cOOkie:") + line);
        if (request["Upgrade"] is { } protocol)
            return $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: {protocol}\r\n{string.Join("\r\n", cookies)}\r\n\r\nhello";

        var asked = request.Target.Split('?')[1].Split('&');
        var (type, body) = Kinds[asked[1]];
        List<string> head = ["Cache-Control: max-age=60", .. cookies];
        if (type.Length > 0)
            head.Add("Content-Type: " + type);
        if (asked[0] is "301" or "302")
            head.Add("Location: /elsewhere");
        if (asked[0] == "206")
            head.Add($"Content-Range: bytes 0-{body.Length - 1}/900");
        return RawBackend.Response(asked[0] + " Answer", head, asked[0] is "204" or "304" || request.Method == "HEAD" ? null : body);
    }
}
