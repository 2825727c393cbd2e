using Gateway.Config.Reading;
using Gateway.Sites;
using Xunit;

namespace Gateway.Tests.Support;

/// <summary>The sites that the files of the repository configure, read as <c>run</c> reads them, with addresses for tests.</summary>
internal static class ShippedSites
{
    /// <summary>Not a secure context over http: browsers send no <c>Sec-Fetch-*</c>. In the tests' browsers it resolves to this machine.</summary>
    public const string PlainHost = "portal.test";

    /// <summary>The reference policy of <c>config/gateway.json</c>: all of its entries are exempt.</summary>
    public static SiteConfig Reference(string backend) => Load("config/gateway.json") with
    {
        Hosts = ["localhost", "127.0.0.1", PlainHost],
        PublicUrl = null,
        Backend = backend,
    };

    /// <summary>The reference policy and one more row: statistics cookies, which the Django site sets too.</summary>
    public static SiteConfig ReferenceWithStatistics(string backend)
    {
        var site = Reference(backend);
        var statistics = TestSites.Entry(Table.Asked("statistics", "visits_stats", "visits_stats_id", "visits_stats_page"));
        return site with { Categories = [TestSites.Category("statistics")], Cookies = [.. site.Cookies, statistics] };
    }

    /// <summary>The site of <c>gateway demo</c>: three categories to ask about, in two languages.</summary>
    public static SiteConfig Demo(string backend, string other)
    {
        var site = Load("src/Gateway/Commands/demo.json", ("DEMO_PORT", "8080"), ("DEMO_BACKEND", backend), ("DEMO_OTHER_SITE", other));
        return site with { Hosts = ["localhost", "127.0.0.1", PlainHost] };
    }

    /// <summary>The site of a configuration that is part of another file of the repository.</summary>
    public static SiteConfig OfText(string text)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-");
        var file = Path.Combine(folder.FullName, "gateway.json");
        File.WriteAllText(file, text);
        var loaded = new ConfigLoader(_ => null, new FixedClock()).Load(file);
        folder.Delete(recursive: true);
        Assert.Empty(loaded.Diagnostics);
        return Assert.Single(loaded.Config.Sites);
    }

    public static SiteConfig Load(string file, params (string Name, string Value)[] variables)
    {
        var loader = new ConfigLoader(name => Array.Find(variables, variable => variable.Name == name).Value, new FixedClock());
        var loaded = loader.Load(Repository.Path(file));
        Assert.True(loaded.IsValid, string.Join('\n', loaded.Diagnostics));
        return Assert.Single(loaded.Config.Sites);
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => TestSites.Noon;
    }
}
