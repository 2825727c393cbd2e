using Gateway.Benchmarks.LeanYarp;
using Gateway.Edge;
using Gateway.Edge.Proxy;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Gateway.Benchmarks.Roles;

/// <summary>The proxies that are .NET programs.</summary>
internal static class Proxies
{
    /// <summary>The gateway as <c>run</c> builds it.</summary>
    public static Task<Server> GatewayAsync(string backend) =>
        StartAsync(GatewayHost.Create(Sample.Snapshot(Sample.Config(backend)), TimeProvider.System));

    /// <summary>YARP as its documentation suggests.</summary>
    public static Task<Server> LeanAsync(string backend) => StartAsync(Lean.Create(backend, 0));

    /// <summary>YARP with the gateway's settings for Kestrel, the HTTP client and the runtime, and nothing else.</summary>
    /// <param name="isTrimmed">Whether the default middleware and services of a web application are left out.</param>
    public static Task<Server> BareAsync(string backend, bool isTrimmed = true)
    {
        var builder = isTrimmed ? WebApplication.CreateEmptyBuilder(new WebApplicationOptions()) : WebApplication.CreateBuilder();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets(InlineSockets.Apply);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Listeners.BeTransparent(kestrel);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        });
        Logs.Configure(builder.Logging);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IForwarderHttpClientFactory, TunedClients>();
        AddProxy(builder.Services, backend).AddTransforms(route => route.AddOriginalHost());
        var app = builder.Build();
        app.UseRouting();
        app.MapReverseProxy();
        return StartAsync(app);
    }

    private static IReverseProxyBuilder AddProxy(IServiceCollection services, string backend) =>
        services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "site", ClusterId = "site", Match = new RouteMatch { Path = "/{**rest}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "site",
                    Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = backend } },
                    HttpClient = new HttpClientConfig { RequestHeaderEncoding = "latin1", ResponseHeaderEncoding = "latin1" },
                    HttpRequest = new ForwarderRequestConfig { Version = System.Net.HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact },
                },
            ]);

    private static async Task<Server> StartAsync(WebApplication app)
    {
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new Server(new Uri(address).Port, app);
    }

    private sealed class TunedClients : ForwarderHttpClientFactory
    {
        protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
        {
            base.ConfigureHandler(context, handler);
            BackendClientFactory.Tune(handler);
        }
    }
}
