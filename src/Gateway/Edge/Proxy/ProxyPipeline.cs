using Gateway.Edge.Cookies;
using Gateway.Edge.Documents;
using Gateway.Sites;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Gateway.Edge.Proxy;

/// <summary>YARP, set up so that a legacy site does not notice it, with our filters as its last transforms.</summary>
internal static class ProxyPipeline
{
    public static void AddServices(IServiceCollection services, Snapshot snapshot)
    {
        var clusters = ProxyClusters.Of(snapshot);
        services.AddSingleton<ConnectionLogins>();
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

    /// <summary>The end of the pipeline. There is one route, so nobody has to look for it: every request goes to YARP's own endpoint.</summary>
    public static void Run(WebApplication app)
    {
        var state = app.Services.GetRequiredService<IProxyStateLookup>();
        var logins = app.Services.GetRequiredService<ConnectionLogins>();
        var health = app.Services.GetServices<IPassiveHealthCheckPolicy>()
            .Single(policy => policy.Name == HealthCheckConstants.PassivePolicy.TransportFailureRate);
        var routes = new OneRoute(app);
        routes.MapReverseProxy(proxy =>
        {
            proxy.Use((context, next) => FollowAsync(context, next, state, health));
            proxy.Use((context, next) => ChooseBackendAsync(context, next, state));
            proxy.Use(logins.StayAsync);
            proxy.UseLoadBalancing();
        });
        var source = routes.DataSources.Single();
        app.Run(context =>
        {
            var endpoint = source.Endpoints[0];
            context.SetEndpoint(endpoint);
            return endpoint.RequestDelegate!(context);
        });
    }

    // Not UsePassiveHealthChecks: it marks an address of the chosen backend in the first one's list, where it does not stand.
    private static async Task FollowAsync(HttpContext context, RequestDelegate next, IProxyStateLookup state, IPassiveHealthCheckPolicy health)
    {
        await next(context);
        if (context.Features.Get<IReverseProxyFeature>() is { Cluster.Config: { HealthCheck.Passive.Enabled: true } config, ProxiedDestination: { } address }
            && state.TryGetCluster(config.ClusterId, out var cluster))
        {
            health.RequestProxied(context, cluster, address);
        }

        if (context.Features.Get<IForwarderErrorFeature>() is { } failure && !context.RequestAborted.IsCancellationRequested)
            await BackendFailure.TellAsync(context, failure);
    }

    private static Task ChooseBackendAsync(HttpContext context, RequestDelegate next, IProxyStateLookup state)
    {
        var visit = RequestState.Of(context)!;
        var backend = visit.Site.BackendOf(context.Request.Path.Value ?? "/");
        if (!state.TryGetCluster(backend.Id, out var cluster))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        if (context.GetReverseProxyFeature().Cluster.Config.ClusterId != backend.Id)
            context.ReassignProxyRequest(cluster);
        return next(context);
    }

    // The application itself would put routing in front of every request as soon as it holds an endpoint.
    private sealed class OneRoute(IApplicationBuilder app) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => app.ApplicationServices;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => app.New();
    }
}
