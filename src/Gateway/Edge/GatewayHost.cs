using Gateway.Consent;
using Gateway.Edge.Admission;
using Gateway.Edge.Cookies;
using Gateway.Edge.Documents;
using Gateway.Edge.Endpoints;
using Gateway.Edge.Operator;
using Gateway.Edge.Proxy;
using Gateway.Sites;
using Microsoft.AspNetCore.DataProtection;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.Edge;

/// <summary>Builds the gateway, for the commands <c>run</c> and <c>demo</c> and for all tests.</summary>
internal static class GatewayHost
{
    /// <summary>Builds services and pipeline for a checked configuration. The caller starts and stops the application.</summary>
    /// <param name="limits">What clients may hold; null for what the memory of this process allows.</param>
    public static WebApplication Create(Snapshot snapshot, TimeProvider time, MemoryLimits? limits = null)
    {
        limits ??= MemoryLimits.OfThisProcess();
        var budget = new MemoryBudget(limits.Clients, time);
        var admission = new ConnectionAdmission(limits, budget, snapshot.Process, time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        Listeners.Configure(builder.WebHost, snapshot.Process, limits, admission, budget);
        Logs.Configure(builder.Logging);

        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(limits);
        builder.Services.AddSingleton(budget);
        builder.Services.AddSingleton(_ => admission);
        builder.Services.AddSingleton<LiveSnapshot>();
        builder.Services.AddSingleton<Telemetry>();
        builder.Services.AddSingleton<FilterFailures>();
        builder.Services.AddSingleton<SightingLog>();
        builder.Services.AddSingleton<Sightings>();
        builder.Services.AddSingleton<HostSightings>();
        builder.Services.AddSingleton<ServiceWorkers>();
        builder.Services.AddSingleton<KnownStates>();
        builder.Services.AddSingleton<WrittenNames>();
        builder.Services.AddSingleton<CookieSweep>();
        builder.Services.AddSingleton<RouteHints>();
        builder.Services.AddSingleton<ThirdPartySampling>();
        builder.Services.AddSingleton<ThirdPartyHeaders>();
        builder.Services.AddSingleton<FileMemory>();
        builder.Services.AddSingleton<ChoiceEndpoint>();
        builder.Services.AddSingleton<GuardReportEndpoint>();
        builder.Services.AddSingleton<PolicyReportEndpoint>();
        builder.Services.AddSingleton<IConfigChangeListener>(services => services.GetRequiredService<LiveSnapshot>());

        builder.Services.AddMetrics();
        PageCompression.AddServices(builder.Services);
        ProxyPipeline.AddServices(builder.Services, snapshot);
        WithoutKeyFiles(builder.Services);

        var app = builder.Build();
        app.Services.GetRequiredService<LiveSnapshot>().Start(snapshot);

        // Because of YARP's services, the framework would add authentication and authorization to the pipeline. The gateway uses neither.
        IApplicationBuilder pipeline = app;
        pipeline.Properties["__AuthenticationMiddlewareSet"] = true;
        pipeline.Properties["__AuthorizationMiddlewareSet"] = true;

        // The order matters: client address first, then the operator's listener, admission, consent, the gateway's own pages, and the backend.
        TrustedProxies.Use(app, snapshot.Process);
        app.UseMiddleware<OperatorEndpoints>();
        app.UseMiddleware<AdmissionMiddleware>();
        app.UseMiddleware<ConsentMiddleware>();
        app.UseMiddleware<GatewayPages>();
        PageCompression.Use(app);
        ProxyPipeline.Run(app);
        return app;
    }

    // YARP adds data protection for cookies that the gateway does not use. At each start it would create a key file in the user's home
    // directory, even with a provider that has its keys in memory.
    private static void WithoutKeyFiles(IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var starts = services
            .Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(DataProtectionServiceCollectionExtensions).Assembly)
            .ToList();
        starts.ForEach(start => services.Remove(start));
    }
}
