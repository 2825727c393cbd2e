using System.Text;
using Gateway.Config;
using Gateway.Config.Reading;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Support;

/// <summary>The date, the environment and the file system with which these tests read configurations.</summary>
internal static class World
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["BACKEND"] = "http://backend.internal:8000",
        ["TOKEN"] = "operator-secret-0123456789",
        ["SHORT_TOKEN"] = "hush-hush",
        ["BAD_BACKEND"] = "ftp://user:hunter2@files.internal",
    };

    public static FakeTimeProvider Clock() => new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public static string? Variable(string name) => Environment.GetValueOrDefault(name);

    public static ConfigLoader Loader() => Loader(isContainer: false);

    public static ConfigLoader Loader(bool isContainer) =>
        new(Variable, Clock(), new(file => file.StartsWith("/run/", StringComparison.Ordinal), _ => null, isContainer));

    /// <summary>Reads a document from memory.</summary>
    public static LoadedConfig Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    public static LoadedConfig Read(byte[] json) =>
        ConfigLoader.Combine("gateway.json", [Loader().Parse("gateway.json", json)]);

    /// <summary>A configuration of one site, which must be valid.</summary>
    /// <param name="site">More keys of the site, each followed by a comma.</param>
    /// <param name="cookies">The entries of its table.</param>
    /// <param name="id">The id of the site.</param>
    /// <param name="host">The host of the site.</param>
    public static GatewayConfig Site(string site = "", string cookies = "", string id = "portal", string host = "www.example.org")
    {
        var loaded = Read($"{{ \"sites\": [ {SiteJson(id, host, site, cookies)} ] }}");
        Assert.Equal("", string.Join('\n', loaded.Errors));
        return loaded.Config;
    }

    public static string SiteJson(string id, string host, string site = "", string cookies = "") => $$"""
        {
          "id": "{{id}}", "hosts": ["{{host}}"], "backend": "http://legacy:8000", "languages": ["en"],
          "controller": { "name": "Owner", "contact": "dpo@example.org" }, "policy": { "reviewed": "2026-11-01" },
          "categories": [ {{string.Concat(new[] { "statistics", "video" }.Where(cookies.Contains).Select(Category))}} ],
          {{site}}
          "cookies": [ {{cookies}} ]
        }
        """;

    private static string Category(string id) => $$"""{ "id": "{{id}}", "title": { "en": "Title" }, "description": { "en": "What for." } },""";

    public static string Asked(string name, string category, string provider = "Owner", string duration = "1 month", string more = "") => $$"""
        { "names": ["{{name}}"], "category": "{{category}}", "provider": "{{provider}}", "duration": "{{duration}}", {{more}}
          "privacyPolicy": "https://owner.example/privacy", "function": { "en": "What it does" }, "purpose": { "en": "Why" } },
        """;

    public static string Necessary(string name, string duration = "1 month") => $$"""
        { "names": ["{{name}}"], "category": "necessary", "provider": "Owner", "duration": "{{duration}}",
          "function": { "en": "What it does" }, "purpose": { "en": "Why" }, "exemption": { "reason": "security" } },
        """;
}
