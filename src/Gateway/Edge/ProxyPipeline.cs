using Gateway.Config;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Gateway.Edge;

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

    public static void Map(WebApplication app)
    {
        var state = app.Services.GetRequiredService<IProxyStateLookup>();
        var logins = app.Services.GetRequiredService<ConnectionLogins>();
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(TellFailures);
            proxy.Use((context, next) => ChooseBackendAsync(context, next, state));
            proxy.Use(logins.StayAsync);
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
    }

    private static async Task TellFailures(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Features.Get<IForwarderErrorFeature>() is { } failure && !context.RequestAborted.IsCancellationRequested)
            await BackendFailure.TellAsync(context, failure);
    }

    private static Task ChooseBackendAsync(HttpContext context, RequestDelegate next, IProxyStateLookup state)
    {
        var visit = Visit.Of(context)!;
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
}
