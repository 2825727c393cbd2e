using Gateway.Edge.Cookies;
using Gateway.Edge.Documents;
using Gateway.Sites;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Gateway.Edge.Proxy;

/// <summary>Configures YARP so that a legacy site does not notice it, with the gateway's filters as the last transforms.</summary>
internal static class ProxyPipeline
{
    public static void AddServices(IServiceCollection services, Snapshot snapshot)
    {
        var clusters = ProxyClusters.Of(snapshot);
        services.AddSingleton<ConnectionLogins>();
        services.AddSingleton<ForwardingFailures>();
        services.AddSingleton<RequestTransforms>();
        services.AddSingleton<ResponseTransforms>();
        services.AddSingleton<SetCookies>();
        services.AddSingleton<PageInjection>();
        services.AddSingleton<IForwarderHttpClientFactory, BackendClientFactory>();
        services.AddSingleton<SiteTransformer>();
        services.AddSingleton<ITransformBuilder, SiteTransformer.Builder>();
        services.AddReverseProxy()
            .LoadFromMemory(ProxyClusters.Route(clusters), clusters);
    }

    /// <summary>Adds the end of the pipeline. There is only one route, so every request goes to YARP's endpoint without routing.</summary>
    public static void Run(WebApplication app)
    {
        var clusters = app.Services.GetRequiredService<IProxyStateLookup>();
        var logins = app.Services.GetRequiredService<ConnectionLogins>();
        var failures = app.Services.GetRequiredService<ForwardingFailures>();
        var health = app.Services.GetServices<IPassiveHealthCheckPolicy>()
            .Single(policy => policy.Name == HealthCheckConstants.PassivePolicy.TransportFailureRate);
        var routes = new OneRoute(app);
        routes.MapReverseProxy(proxy =>
        {
            proxy.Use((context, next) => ReportAsync(context, next, clusters, health, failures));
            proxy.Use((context, next) => ChooseBackendAsync(context, next, clusters));
            proxy.Use(logins.StayAsync);
            proxy.UseLoadBalancing();
        });
        var source = routes.DataSources.Single();
        app.Run(context =>
        {
            // RFC 9110 9.3.6: CONNECT is for proxies that clients choose. The gateway is none, and its site cannot have one behind it.
            if (HttpMethods.IsConnect(context.Request.Method) && context.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect != true)
            {
                context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                return Task.CompletedTask;
            }

            var endpoint = source.Endpoints[0];
            context.SetEndpoint(endpoint);
            return endpoint.RequestDelegate!(context);
        });
    }

    // Not UsePassiveHealthChecks: it looks for the address in the cluster of the route, but the backend may be another cluster.
    private static async Task ReportAsync(
        HttpContext context, RequestDelegate next, IProxyStateLookup clusters, IPassiveHealthCheckPolicy health, ForwardingFailures failures)
    {
        var broken = BrokenResponse.Expect(context);
        await next(context);
        if (context.Features.Get<IReverseProxyFeature>() is { Cluster.Config: { HealthCheck.Passive.Enabled: true } config, ProxiedDestination: { } address }
            && clusters.TryGetCluster(config.ClusterId, out var cluster))
        {
            health.RequestProxied(context, cluster, address);
        }

        if (context.Features.Get<IForwarderErrorFeature>() is { } failure && !context.RequestAborted.IsCancellationRequested)
            await failures.RespondAsync(context, failure);
        await broken.EndAsync();
    }

    private static Task ChooseBackendAsync(HttpContext context, RequestDelegate next, IProxyStateLookup clusters)
    {
        var state = RequestState.Of(context)!;
        var backend = state.Site.BackendOf(context.Request.Path.Value ?? "/");
        if (!clusters.TryGetCluster(backend.Id, out var cluster))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        if (context.GetReverseProxyFeature().Cluster.Config.ClusterId != backend.Id)
            context.ReassignProxyRequest(cluster);
        return next(context);
    }

    // If the application itself had an endpoint, it would add routing to every request.
    private sealed class OneRoute(IApplicationBuilder app) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => app.ApplicationServices;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => app.New();
    }
}
