using Gateway.Cookies;

namespace Gateway.Sites;

/// <summary>A backend of a site, with its id in the proxy. Equal backends have equal ids, so that a reload keeps their connections.</summary>
internal sealed class Backend(BackendConfig config)
{
    public BackendConfig Config { get; } = config;

    public string Id { get; } = ShortHash.Of(
        $"{config.Path}\n{config.LoadBalancing}\n{config.ConnectTimeout}\n{config.ResponseTimeout}\n{string.Join('\n', config.Addresses)}", bytes: 12);

    /// <summary>The backends of a site. <see cref="SiteConfig.Backend"/> is short for a single backend with one address.</summary>
    public static IEnumerable<Backend> Of(SiteConfig site) =>
        site.Backend is { } address ? [new Backend(new BackendConfig { Addresses = [address] })] : site.Backends.Select(config => new Backend(config));
}
