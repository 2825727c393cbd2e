using Gateway.Config;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

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
        services.AddReverseProxy()
            .LoadFromMemory(ProxyClusters.Route(clusters), clusters)
            .AddTransforms(route =>
            {
                route.UseDefaultForwarders = true;
                route.AddOriginalHost();
                var request = route.Services.GetRequiredService<RequestTransforms>();
                route.RequestTransforms.Add(new RequestFuncTransform(request.ApplyAsync));

                // Last: nothing may add a cookie after it. In trailers there is none: HttpClient refuses it there (RFC 9110 6.5.1).
                var response = route.Services.GetRequiredService<ResponseTransforms>();
                route.ResponseTransforms.Add(new ResponseFuncTransform(response.ApplyAsync));
            });
    }

    public static void Map(WebApplication app) =>
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(TellFailures);
            proxy.Use(ChooseBackendAsync);
            proxy.Use(app.Services.GetRequiredService<ConnectionLogins>().StayAsync);
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });

    private static async Task TellFailures(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Features.Get<IForwarderErrorFeature>() is { } failure && !context.RequestAborted.IsCancellationRequested)
            await BackendFailure.TellAsync(context, failure);
    }

    private static Task ChooseBackendAsync(HttpContext context, RequestDelegate next)
    {
        var visit = Visit.Of(context)!;
        var backend = visit.Site.BackendOf(context.Request.Path.Value ?? "/");
        var proxy = context.RequestServices.GetRequiredService<IProxyStateLookup>();
        if (!proxy.TryGetCluster(backend.Id, out var cluster))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        context.ReassignProxyRequest(cluster);
        return next(context);
    }
}
