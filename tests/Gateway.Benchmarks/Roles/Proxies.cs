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
    public static Task<Server> GatewayAsync(string backend, int entries, int sites) =>
        StartAsync(GatewayHost.Create(Sample.Snapshot(Sample.Config("http://127.0.0.1:0", backend, entries, sites)), TimeProvider.System));

    /// <summary>YARP with the gateway's settings of Kestrel, of the client and of the runtime, and nothing else.</summary>
    /// <param name="isTrimmed">Whether it is without the middleware and services that a web application has unless it says otherwise.</param>
    public static Task<Server> BareAsync(string backend, bool isTrimmed = true)
    {
        var builder = isTrimmed ? WebApplication.CreateEmptyBuilder(new WebApplicationOptions()) : WebApplication.CreateBuilder();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Listeners.BeTransparent(kestrel);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        });
        Logs.Configure(builder.Logging);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IForwarderHttpClientFactory, TunedClients>();
        AddProxy(builder.Services, backend, latin1: true).AddTransforms(route => route.AddOriginalHost());
        var app = builder.Build();
        app.UseRouting();
        app.MapReverseProxy();
        return StartAsync(app);
    }

    /// <summary>YARP as a newcomer writes it.</summary>
    public static Task<Server> UntunedAsync(string backend)
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        AddProxy(builder.Services, backend, latin1: false);
        var app = builder.Build();
        app.MapReverseProxy();
        return StartAsync(app);
    }

    private static IReverseProxyBuilder AddProxy(IServiceCollection services, string backend, bool latin1) =>
        services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "site", ClusterId = "site", Match = new RouteMatch { Path = "/{**rest}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "site",
                    Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = backend } },
                    HttpClient = latin1 ? new HttpClientConfig { RequestHeaderEncoding = "latin1", ResponseHeaderEncoding = "latin1" } : null,
                    HttpRequest = latin1
                        ? new ForwarderRequestConfig { Version = System.Net.HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact }
                        : null,
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
