using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config;

/// <summary>What a configuration holds, in numbers.</summary>
/// <param name="Sites">Of all files.</param>
/// <param name="Cookies">Names of cookies (patterns count once), without storage keys and hosts.</param>
/// <param name="Categories">Those that entries are in, the built-in ones included.</param>
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

    /// <summary>A number and its noun.</summary>
    public static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";
}
