using System.Net;
using System.Security.Cryptography.X509Certificates;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.Benchmarks.LeanYarp;

/// <summary>YARP as its documentation suggests, with one backend, defaults everywhere, and no logging. It is published natively, and a role too.</summary>
internal static class Lean
{
    /// <param name="backend">The address of the backend.</param>
    /// <param name="port">The port to listen on; 0 for any.</param>
    /// <param name="tls">A second port, with TLS.</param>
    public static WebApplication Create(string backend, int port, (int Port, string File, string Key)? tls = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (tls is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            if (tls is { } secure)
                kestrel.Listen(IPAddress.Loopback, secure.Port, listen => listen.UseHttps(X509Certificate2.CreateFromPemFile(secure.File, secure.Key)));
        });
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "site", ClusterId = "site", Match = new RouteMatch { Path = "/{**rest}" } }],
            [new ClusterConfig { ClusterId = "site", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = backend } } }]);
        var app = builder.Build();
        app.MapReverseProxy();
        return app;
    }
}
