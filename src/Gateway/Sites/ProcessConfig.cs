using System.Text.Json.Serialization;
using Gateway.Cookies;

namespace Gateway.Sites;

/// <summary>The settings of the process: addresses, certificate, operator and trusted proxies. They are only read at startup.</summary>
internal record ProcessConfig
{
    /// <summary>The public addresses. An <c>https</c> address requires <see cref="Certificate"/>.</summary>
    public IReadOnlyList<string> Listen { get; init; } = ["http://localhost:8080"];

    public CertificateConfig? Certificate { get; init; }

    public OperatorConfig Operator { get; init; } = new();

    /// <summary>The addresses and networks (CIDR) of proxies whose X-Forwarded-* headers are trusted.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>The headers that the trusted proxies overwrite, and that the gateway therefore reads.</summary>
    public IReadOnlyList<ForwardedHeader> ForwardedHeaders { get; init; } = [ForwardedHeader.For, ForwardedHeader.Proto];
}

/// <summary>A header in which a proxy says how the client reached it.</summary>
[JsonConverter(typeof(CamelCaseEnum<ForwardedHeader>))]
internal enum ForwardedHeader
{
    /// <summary><c>X-Forwarded-For</c>: the client's address.</summary>
    For,

    /// <summary><c>X-Forwarded-Proto</c>: <c>http</c> or <c>https</c>.</summary>
    Proto,

    /// <summary><c>X-Forwarded-Host</c>: the host that the client asked for. Not by default: many proxies pass on what a client sent.</summary>
    Host,
}

/// <summary>The PEM files for the <c>https</c> addresses.</summary>
internal sealed record CertificateConfig
{
    public string File { get; init; } = "";

    public string KeyFile { get; init; } = "";
}

/// <summary>The listener of the operator, which serves the health endpoint. Requests are assigned to it by listener, never by <c>Host</c>.</summary>
internal sealed record OperatorConfig
{
    public string Listen { get; init; } = "http://127.0.0.1:8081";

    /// <summary>Required for everything but health if the address is not loopback. Preview links are signed with it.</summary>
    public string? Token { get; init; }
}
