using Gateway.Cookies;

namespace Gateway.Sites;

/// <summary>One backend of a site and the id it has in the proxy: equal backends have equal ids, so a reload keeps their connections.</summary>
internal sealed class Backend(BackendConfig config)
{
    public BackendConfig Config { get; } = config;

    public string Id { get; } = ShortHash.Of(
        $"{config.Path}\n{config.LoadBalancing}\n{config.ConnectTimeout}\n{config.ResponseTimeout}\n{string.Join('\n', config.Addresses)}", bytes: 12);

    /// <summary>The backends of a site; <see cref="SiteConfig.Backend"/> is short for one with one address.</summary>
    public static IEnumerable<Backend> Of(SiteConfig site) =>
        site.Backend is { } address ? [new Backend(new BackendConfig { Addresses = [address] })] : site.Backends.Select(config => new Backend(config));
}
