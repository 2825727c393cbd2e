using System.Text.Json.Serialization;
using Gateway.Cookies;

namespace Gateway.Sites;

[JsonConverter(typeof(CamelCaseEnum<LoadBalancing>))]
internal enum LoadBalancing
{
    PowerOfTwoChoices,
    RoundRobin,
    LeastRequests,
    Random,
    FirstAlphabetical,
}

/// <summary>The unmodified site, or the part of it below one path.</summary>
internal sealed record BackendConfig
{
    /// <summary>Path prefix that this backend serves, on segment boundaries.</summary>
    public string Path { get; init; } = "/";

    /// <summary>http or https addresses without a path.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public LoadBalancing LoadBalancing { get; init; }

    public Duration ConnectTimeout { get; init; } = new(10, DurationUnit.Second);

    /// <summary>Longest silence before or within a response.</summary>
    public Duration ResponseTimeout { get; init; } = new(10, DurationUnit.Minute);
}
