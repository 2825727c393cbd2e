namespace Gateway.Benchmarks;

/// <summary>One kind of request, and its CPU target.</summary>
/// <param name="Name">Name on the command line and in the results.</param>
/// <param name="Path">Path of the request.</param>
/// <param name="Destination">Value of <c>Sec-Fetch-Dest</c>.</param>
/// <param name="Target">Highest CPU per request of the native gateway, as a ratio to the baseline; null for no target.</param>
/// <param name="HasCookies">Whether the request carries the 400 bytes of cookies.</param>
/// <param name="Entries">Entries in the cookie table.</param>
/// <param name="Sites">Number of sites. With more than one or more entries, the gateway is compared with itself, else with lean YARP.</param>
/// <param name="HasPolicy">Whether third parties are blocked. Compared with the gateway with the same three hosts, and without the policy.</param>
internal sealed record Workload(
    string Name, string Path, string Destination, double? Target, bool HasCookies = true, int Entries = 10, int Sites = 1, bool HasPolicy = false)
{
    public const long StreamLength = 1L << 30;

    public static readonly IReadOnlyList<Workload> All =
    [
        new("plain-10k", "/plain", "image", null, HasCookies: false),
        new("image-10k", "/image", "image", 0.85),
        new("json-2k", "/json", "empty", 0.85),
        new("html-15k", "/html-15k", "document", 0.95),
        new("html-100k", "/html-100k", "document", 0.82),
        new("html-1m", "/html-1m", "document", null),
        new("gzip-15k", "/gzip-15k", "document", 1),
        new("gzip-100k", "/gzip-100k", "document", 1),
        new("gzip-1m", "/gzip-1m", "document", null),
        new("html-15k-policy", "/html-15k", "document", 1.02, HasPolicy: true),
        new("table-500", "/image", "image", 1.05, Entries: 500),
        new("sites-1000", "/image", "image", 1.05, Sites: 1000),
    ];

    /// <summary>Whether the configuration is that of the other workloads, so that other proxies do the same work.</summary>
    public bool IsOrdinary => Entries == 10 && Sites == 1 && !HasPolicy;

    /// <summary>The request as a browser sends it.</summary>
    public string Request(string cookies) =>
        $"GET {Path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0\r\n"
        + $"Accept: {(Destination == "document" ? "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" : "*/*")}\r\n"
        + "Accept-Language: en-GB,en;q=0.9\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
        + $"Sec-Fetch-Dest: {Destination}\r\nSec-Fetch-Mode: {(Destination == "document" ? "navigate" : "no-cors")}\r\nSec-Fetch-Site: same-origin\r\n"
        + (HasCookies ? $"Cookie: {cookies}\r\n\r\n" : "\r\n");
}
