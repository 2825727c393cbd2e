using System.Text.Json.Serialization;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config;

/// <summary>A configuration document. The defaults of the JSON members are those of this record and of the records in it.</summary>
internal sealed record GatewayConfig : ProcessConfig
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public IReadOnlyList<SiteConfig> Sites { get; init; } = [];

    /// <summary>Creates the snapshot from which requests are served. The configuration must have no errors.</summary>
    /// <param name="changed">The day of the last change; the date of each policy without <c>policy.reviewed</c>.</param>
    /// <param name="today">Decides whether the observation of a site has ended.</param>
    /// <param name="showing">To whom the sites are shown.</param>
    public Snapshot Compile(DateOnly changed, DateOnly today, Showing showing = Showing.Live) => new(this, Sites, changed, today, showing);
}
