using System.Text.Json.Serialization;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config;

/// <summary>One configuration document, member for member; every default is stated here and in the records that it consists of.</summary>
internal sealed record GatewayConfig : ProcessConfig
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public IReadOnlyList<SiteConfig> Sites { get; init; } = [];

    /// <summary>The snapshot that requests are answered from; only for a configuration without errors.</summary>
    /// <param name="changed">Day on which the configuration last changed; the date of policies for which the operator gives none.</param>
    /// <param name="today">Decides whether the observation of a site has ended.</param>
    public Snapshot Compile(DateOnly changed, DateOnly today, Showing showing = Showing.Live) => new(this, Sites, changed, today, showing);
}
