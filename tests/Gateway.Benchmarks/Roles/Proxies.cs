using Gateway.Edge;
using Gateway.Edge.Proxy;
using Gateway.Sites;
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
    /// <param name="parties">What is done about third parties; null for a table without hosts.</param>
    public static Task<Server> GatewayAsync(string backend, int entries, int sites, ThirdPartyMode? parties)
    {
        var config = Sample.Config("http://127.0.0.1:0", backend, entries, sites);
        return StartAsync(GatewayHost.Create(Sample.Snapshot(parties is { } mode ? Sample.With(config, mode) : config), TimeProvider.System));
    }

    /// <summary>YARP with the gateway's settings for Kestrel, the HTTP client and the runtime, and nothing else.</summary>
    /// <param name="isTrimmed">Whether the default middleware and services of a web application are left out.</param>
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

    /// <summary>YARP with its default settings in a default web application.</summary>
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
