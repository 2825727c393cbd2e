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

/// <summary>A backend: the unmodified site, or the part of it below a path.</summary>
internal sealed record BackendConfig
{
    /// <summary>The path prefix that the backend serves. Only whole segments match.</summary>
    public string Path { get; init; } = "/";

    /// <summary>http or https URLs without a path.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public LoadBalancing LoadBalancing { get; init; }

    public Duration ConnectTimeout { get; init; } = new(10, DurationUnit.Second);

    /// <summary>The maximum time without data before or during a response.</summary>
    public Duration ResponseTimeout { get; init; } = new(10, DurationUnit.Minute);
}
