using Gateway.Sites;

namespace Gateway.Config;

/// <summary>One site of a configuration, and where it stands.</summary>
/// <param name="File">Its file.</param>
/// <param name="Path">Such as <c>sites[2]</c>, in that file.</param>
/// <param name="Site">As read.</param>
internal sealed record SiteSource(string File, string Path, SiteConfig Site)
{
    /// <summary>Every site of one document.</summary>
    public static IEnumerable<SiteSource> Of(string file, GatewayConfig config) =>
        config.Sites.Select((site, i) => new SiteSource(file, $"sites[{i}]", site));

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
