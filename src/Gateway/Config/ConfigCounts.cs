using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config;

/// <summary>The size of a configuration.</summary>
/// <param name="Sites">The number of sites.</param>
/// <param name="Cookies">The number of cookie names and patterns, without storage keys and hosts.</param>
/// <param name="Categories">The number of categories with entries, including the built-in ones.</param>
internal readonly record struct ConfigCounts(int Sites, int Cookies, int Categories)
{
    public static ConfigCounts Of(GatewayConfig config) => Of(config.Sites);

    public static ConfigCounts Of(params IReadOnlyList<SiteConfig> sites)
    {
        var entries = sites.SelectMany(site => site.Cookies).ToList();
        return new ConfigCounts(
            sites.Count,
            entries.Where(entry => entry.Kind == EntryKind.Cookie).Sum(entry => entry.Names.Count),
            entries.Select(entry => entry.Category).Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary><c>1 site, 4 cookies in 1 category</c></summary>
    public override string ToString() =>
        $"{Count(Sites, "site", "sites")}, {Table}";

    /// <summary><c>4 cookies in 1 category</c></summary>
    public string Table => $"{Count(Cookies, "cookie", "cookies")} in {Count(Categories, "category", "categories")}";

    /// <summary>A number with its noun in the singular or the plural.</summary>
    public static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";
}
