using Gateway.Config;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Tests.Support;

/// <summary>Sites as an operator would have configured them.</summary>
internal static class TestSites
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = DateOnly.FromDateTime(Noon.UtcDateTime);
    public static readonly DateOnly Changed = new(2026, 11, 1);

    /// <summary>Necessary, statistics, advertising and exempt audience measurement; localhost.</summary>
    public static SiteConfig Library(string backend) => new()
    {
        Id = "library",
        Hosts = ["localhost"],
        Backend = backend,
        Languages = ["en", "fr"],
        Controller = new Controller { Name = "Town library", Contact = "library@example.org" },
        Categories = [Category("statistics"), Category("advertising")],
        Cookies =
        [
            Entry(Table.Necessary("sessionid", "csrftoken")),
            Entry(Table.Asked("statistics", "_ga", "_ga_*")),
            Entry(Table.Asked("advertising", "ad") with { SaleOrShare = true }),
            Entry(Table.Audience("13 months", "_pk_id*")),
        ],
    };

    /// <summary>The same with exempt entries only.</summary>
    public static SiteConfig Exempt(SiteConfig site) => site with { Categories = [], Cookies = [site.Cookies[0]] };

    /// <summary>One category, in three languages; the script holds the first two of them.</summary>
    public static SiteConfig InThreeLanguages(SiteConfig site) =>
        site with { Languages = ["en", "fr", "de"], Categories = [], Cookies = [Table.Asked("statistics", "_ga")] };

    /// <summary>The compiled site.</summary>
    public static Site Compiled(SiteConfig site) => new GatewayConfig { Sites = [site] }.Compile(Changed, Today).Sites[0];

    public static Category Category(string id) => new()
    {
        Id = id,
        Title = new Dictionary<string, string> { ["en"] = $"The {id}", ["fr"] = $"Les {id}" },
        Description = new Dictionary<string, string> { ["en"] = $"What {id} are for.", ["fr"] = $"À quoi servent les {id}." },
    };

    public static CookieEntry Entry(CookieEntry entry) => entry with
    {
        PrivacyPolicy = "https://analyst.example.org/privacy",
        Function = new Dictionary<string, string> { ["en"] = "Function", ["fr"] = "Fonction" },
        Purpose = new Dictionary<string, string> { ["en"] = "Purpose", ["fr"] = "Finalité" },
    };
}
