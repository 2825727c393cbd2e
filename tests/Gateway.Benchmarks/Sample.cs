using System.Globalization;
using Gateway.Config;
using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Benchmarks;

/// <summary>The measured site and its visitor.</summary>
internal static class Sample
{
    /// <summary>Two cookies that need no consent, one that this visitor refused, and one that is not in the table.</summary>
    public const string SetCookies =
        "Set-Cookie: sessionid=0123456789abcdef0123456789abcdef; expires=Mon, 07 Dec 2026 12:00:00 GMT; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax\r\n"
        + "Set-Cookie: csrftoken=abcdefghijklmnopqrstuvwxyz012345; Path=/; SameSite=Lax\r\n"
        + "Set-Cookie: _ga=GA1.2.1234567890.1234567890; Path=/; Expires=Wed, 22 Nov 2028 12:00:00 GMT\r\n"
        + "Set-Cookie: unlisted=1; Path=/; Max-Age=31536000\r\n";

    public static GatewayConfig Config(string listen, string backend, int entries = 10, int sites = 1) => new()
    {
        Listen = [listen],
        Operator = new OperatorConfig { Listen = "http://127.0.0.1:0" },
        Sites = [.. Enumerable.Range(0, sites).Select(at => Site(at, backend, entries))],
    };

    /// <summary>The sites with three third-party hosts: one that is exempt and two that this visitor refused.</summary>
    public static GatewayConfig With(GatewayConfig config, ThirdPartyMode mode) => config with
    {
        Sites =
        [
            .. config.Sites.Select(site => site with
            {
                ThirdParties = mode,
                Cookies =
                [
                    .. site.Cookies,
                    Entry("necessary", new Exemption { Reason = ExemptionReason.Authentication }, "login.example.net") with { Kind = EntryKind.Host },
                    Entry("statistics", null, "stats.example.net", "https://collect.example.net") with { Kind = EntryKind.Host },
                ],
            }),
        ],
    };

    public static Snapshot Snapshot(GatewayConfig config) => config.Compile(Today, Today);

    /// <summary>A <c>Cookie</c> header of about 400 bytes: the consent cookie and three cookies that pass. The browser has no refused cookies.</summary>
    public static string Cookies(Site site)
    {
        var answers = site.Rules.Versions.ToDictionary(pair => pair.Key, pair => new GivenAnswer(pair.Value, Granted: false), StringComparer.Ordinal);
        var state = new ConsentState(site.Rules.Versions, Today.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber, answers, objected: false, new Dictionary<string, int>());
        var header = $"{site.Rules.Cookie.Name}={ConsentCookie.Write(state)}; sessionid=0123456789abcdef0123456789abcdef; "
            + "csrftoken=abcdefghijklmnopqrstuvwxyz012345; prefs=";
        return header + new string('p', 400 - header.Length);
    }

    /// <summary>Size in bytes of the .NET string that goes to the backend: the <c>Cookie</c> header without the consent cookie.</summary>
    public static int ForwardedBytes(string cookies) => (22 + (2 * (cookies.Length - cookies.IndexOf(';', StringComparison.Ordinal) - 2)) + 7) / 8 * 8;

    private static DateOnly Today { get; } = DateOnly.FromDateTime(DateTime.UtcNow);

    private static SiteConfig Site(int at, string backend, int entries) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"site{at}"),
        Hosts = [at == 0 ? "localhost" : string.Create(CultureInfo.InvariantCulture, $"site{at}.test")],
        Backend = backend,
        Languages = ["en"],
        Controller = new Controller { Name = "Site", Contact = "site@example.org" },
        Categories = [new Category { Id = "statistics", Title = Text("Statistics"), Description = Text("Counts pages.") }],
        Cookies =
        [
            Entry("necessary", new Exemption { Reason = ExemptionReason.Authentication }, "sessionid", "csrftoken", "prefs"),
            Entry("statistics", null, "_ga", "_ga_*"),
            .. Enumerable.Range(0, entries - 2).Select(number => Entry("statistics", null, string.Create(CultureInfo.InvariantCulture, $"entry{number}"))),
        ],
    };

    private static CookieEntry Entry(string category, Exemption? exemption, params string[] names) => new()
    {
        Names = names,
        Provider = "Site",
        Party = Party.First,
        Category = category,
        Duration = new Duration(14, DurationUnit.Day),
        Exemption = exemption,
        Function = Text("Function"),
        Purpose = Text("Purpose"),
    };

    private static Dictionary<string, string> Text(string text) => new() { ["en"] = text };
}
