namespace Gateway.Sites;

/// <summary>What the process is started with: addresses, certificate, operator, trusted proxies. It is read at start only.</summary>
internal record ProcessConfig
{
    /// <summary>Public addresses; <c>https</c> addresses need <see cref="Certificate"/>.</summary>
    public IReadOnlyList<string> Listen { get; init; } = ["http://localhost:8080"];

    public CertificateConfig? Certificate { get; init; }

    public OperatorConfig Operator { get; init; } = new();

    /// <summary>Addresses and networks (CIDR) whose X-Forwarded-* headers are trusted.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];
}

/// <summary>PEM files for the <c>https</c> addresses.</summary>
internal sealed record CertificateConfig
{
    public string File { get; init; } = "";

    public string KeyFile { get; init; } = "";
}

/// <summary>The listener for the operator: health; told apart by listener, never by <c>Host</c>.</summary>
internal sealed record OperatorConfig
{
    public string Listen { get; init; } = "http://127.0.0.1:8081";

    /// <summary>Wanted for everything but health where the address is not loopback; preview links are signed with it.</summary>
    public string? Token { get; init; }
}
