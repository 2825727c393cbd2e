using System.Text.Json;
using Gateway.Cookies;

namespace Gateway.Config;

/// <summary>One backend of a site and the id it has in the proxy: equal backends have equal ids, so a reload keeps their connections.</summary>
internal sealed class Backend(BackendConfig config)
{
    public BackendConfig Config { get; } = config;

    public string Id { get; } = ShortHash.Of(JsonSerializer.Serialize(config, ConfigJson.Default.BackendConfig), bytes: 12);

    /// <summary>The backends of a site; <see cref="SiteConfig.Backend"/> is short for one with one address.</summary>
    public static IEnumerable<Backend> Of(SiteConfig site) =>
        site.Backend is { } address ? [new Backend(new BackendConfig { Addresses = [address] })] : site.Backends.Select(config => new Backend(config));
}
