using Gateway.Sites;

namespace Gateway.Config;

/// <summary>A site of a configuration and its source.</summary>
/// <param name="File">The file of the site.</param>
/// <param name="Path">The path of the site in the file, such as <c>sites[2]</c>.</param>
/// <param name="Site">The site as configured.</param>
internal sealed record SiteSource(string File, string Path, SiteConfig Site)
{
    /// <summary>The sites of a document.</summary>
    public static IEnumerable<SiteSource> Of(string file, GatewayConfig config) =>
        config.Sites.Select((site, i) => new SiteSource(file, $"sites[{i}]", site));

    /// <summary>An error at a key of the site.</summary>
    public Diagnostic Error(string code, string key, string value, string rule, string remedy) => new()
    {
        File = File,
        Path = $"{Path}.{key}",
        Value = Diagnostic.Quote(value),
        Rule = rule,
        Remedy = remedy,
        Code = code,
    };
}
