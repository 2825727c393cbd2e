namespace Gateway.Config;

/// <summary>One site of a configuration, and where it stands.</summary>
/// <param name="File">Its file.</param>
/// <param name="Path">Such as <c>sites[2]</c>, in that file.</param>
/// <param name="Site">As read.</param>
internal sealed record PlacedSite(string File, string Path, SiteConfig Site)
{
    /// <summary>Every site of one document.</summary>
    public static IEnumerable<PlacedSite> Of(string file, GatewayConfig config) =>
        config.Sites.Select((site, i) => new PlacedSite(file, $"sites[{i}]", site));

    public Problem Error(string code, string key, string value, string rule, string remedy) => new()
    {
        File = File,
        Path = $"{Path}.{key}",
        Value = Problem.Quote(value),
        Rule = rule,
        Remedy = remedy,
        Code = code,
    };
}
