using System.Text;
using Gateway.Config;
using Gateway.Config.Reading;
using Gateway.Consent;
using Gateway.Sites;

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

    /// <summary>Writes the configuration of the measured sites, for the gateway as a program.</summary>
    /// <param name="listen">The addresses, and other keys of the process.</param>
    /// <param name="entries">In the cookie table of each site.</param>
    /// <param name="thirdParties">What is done about three third-party hosts, one of them exempt; null for a table without hosts.</param>
    /// <returns>The file.</returns>
    public static string Write(string listen, string backend, int entries = 10, int sites = 1, string? thirdParties = null)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("sample").FullName, "gateway.json");
        File.WriteAllText(file, Json(listen, backend, entries, sites, thirdParties));
        return file;
    }

    /// <summary>The same configuration, in this process. It listens on a free port.</summary>
    public static GatewayConfig Config(string backend, int entries = 10, int sites = 1) =>
        ConfigReader.Read(Encoding.UTF8.GetBytes(Json(Listen(0, 0), backend, entries, sites)), "sample", _ => null).Config!;

    public static string Listen(int port, int operatorPort) =>
        $$""" "listen": ["http://127.0.0.1:{{port}}"], "operator": { "listen": "http://127.0.0.1:{{operatorPort}}" } """;

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

    private const string Provider = """ "privacyPolicy": "https://example.org/privacy", """;

    private static readonly string Hosts =
        Entry("necessary", """ "kind": "host", "exemption": { "reason": "authentication" }, """, "login.example.net") + ","
        + Entry("statistics", """ "kind": "host", "privacyPolicy": "https://example.org/privacy", """, "stats.example.net", "https://collect.example.net") + ",";

    private static DateOnly Today { get; } = DateOnly.FromDateTime(DateTime.UtcNow);

    private static string Json(string listen, string backend, int entries, int sites, string? thirdParties = null) =>
        $$"""{ {{listen}}, "sites": [{{string.Join(",\n", Enumerable.Range(0, sites).Select(at => Site(at, backend, entries, thirdParties)))}}] }""";

    private static string Site(int at, string backend, int entries, string? thirdParties) => $$"""
        { "id": "site{{at}}", "hosts": ["{{(at == 0 ? "localhost" : $"site{at}.test")}}"], "backend": "{{backend.TrimEnd('/')}}", "languages": ["en"],
          "controller": { "name": "Site", "contact": "site@example.org" }, "policy": { "reviewed": "2026-11-23" },
          "categories": [{ "id": "statistics", "title": { "en": "Statistics" }, "description": { "en": "Counts pages." } }],
          {{(thirdParties is null ? "" : $"\"thirdParties\": \"{thirdParties}\",")}}
          "cookies": [
            {{(thirdParties is null ? "" : Hosts)}}
            {{Entry("necessary", """ "exemption": { "reason": "authentication" }, """, "sessionid", "csrftoken", "prefs")}},
            {{Entry("statistics", Provider, "_ga", "_ga_*")}},
            {{string.Join(",\n", Enumerable.Range(0, entries - 2).Select(number => Entry("statistics", Provider, $"entry{number}")))}}] }
        """;

    private static string Entry(string category, string more, params string[] names) => $$"""
        { "names": ["{{string.Join("\", \"", names)}}"], "provider": "Site", "party": "first", "category": "{{category}}", "duration": "14 days",
          {{more}} "function": { "en": "Function" }, "purpose": { "en": "Purpose" } }
        """;
}
