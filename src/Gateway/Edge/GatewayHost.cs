using Gateway.Edge.Cookies;
using Gateway.Edge.Documents;
using Gateway.Edge.Endpoints;
using Gateway.Edge.Operator;
using Gateway.Edge.Proxy;
using Gateway.Sites;
using Microsoft.AspNetCore.DataProtection;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.Edge;

/// <summary>Builds the gateway: <c>run</c>, <c>demo</c> and every test go through here.</summary>
internal static class GatewayHost
{
    /// <summary>Services and pipeline for a checked configuration; the caller starts and stops what it gets.</summary>
    public static WebApplication Create(Snapshot snapshot, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        Listeners.Configure(builder.WebHost, snapshot.Process);
        Logs.Configure(builder.Logging);

        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<LiveSnapshot>();
        builder.Services.AddSingleton<Telemetry>();
        builder.Services.AddSingleton<FilterFailures>();
        builder.Services.AddSingleton<RefusalLog>();
        builder.Services.AddSingleton<RouteHints>();
        builder.Services.AddSingleton<FileMemory>();
        builder.Services.AddSingleton<ChoiceEndpoint>();
        builder.Services.AddSingleton<GuardReportEndpoint>();
        builder.Services.AddSingleton<IConfigChangeListener>(services => services.GetRequiredService<LiveSnapshot>());

        builder.Services.AddMetrics();
        PageCompression.AddServices(builder.Services);
        ProxyPipeline.AddServices(builder.Services, snapshot);
        WithoutKeys(builder.Services);

        var app = builder.Build();
        app.Services.GetRequiredService<LiveSnapshot>().Start(snapshot);

        // YARP's services make the framework put both in front of everything; there are no users and no policies here.
        IApplicationBuilder pipeline = app;
        pipeline.Properties["__AuthenticationMiddlewareSet"] = true;
        pipeline.Properties["__AuthorizationMiddlewareSet"] = true;

        // Order matters: who is asking, then the operator's door, then consent, our own pages, and the site behind us.
        TrustedProxies.Use(app, snapshot.Process);
        app.UseMiddleware<OperatorEndpoints>();
        app.UseMiddleware<ConsentMiddleware>();
        app.UseMiddleware<GatewayPages>();
        PageCompression.Use(app);
        ProxyPipeline.Run(app);
        return app;
    }

    // YARP brings data protection for cookies of its own that are not used here. At each start it would look for keys in the user's home, make
    // one and write it there, though the provider that is used has its keys in memory.
    private static void WithoutKeys(IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var starts = services
            .Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(DataProtectionServiceCollectionExtensions).Assembly)
            .ToList();
        starts.ForEach(start => services.Remove(start));
    }
}
