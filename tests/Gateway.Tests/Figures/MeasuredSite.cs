using Gateway.Commands;
using Gateway.Config;
using Gateway.Edge;
using Gateway.Sites;

namespace Gateway.Tests.Figures;

/// <summary>A site of ours with the gateway in front of it, on the machine's clock, as a browser wants it; for tests and for the benchmark.</summary>
internal sealed class MeasuredSite : IAsyncDisposable
{
    private readonly WebApplication _backend;
    private readonly WebApplication _gateway;
    private readonly int _port;

    private MeasuredSite(WebApplication backend, WebApplication gateway, SiteConfig config)
    {
        (_backend, _gateway, Config) = (backend, gateway, config);
        _port = new Uri(Hosting.Addresses(gateway)[0]).Port;
    }

    public SiteConfig Config { get; }

    /// <summary>The site as the gateway has it.</summary>
    public Site Compiled => _gateway.Services.GetRequiredService<LiveSnapshot>().Current.Sites[0];

    /// <summary>A page of the site, at a host of its configuration.</summary>
    /// <param name="query">See <see cref="AuditedPages"/>.</param>
    public string Page(string? query = "", string path = "/", string host = "localhost") => $"http://{host}:{_port}{path}{(query is null ? "" : "?" + query)}";

    public string Settings(string language) => Page($"lang={language}", Config.Prefix + "/");

    public string Policy(string language) => Page($"lang={language}", Config.Prefix + "/policy");

    /// <param name="backend">Whose pages they are: <see cref="AuditedPages.Serve"/>.</param>
    public static async Task<MeasuredSite> StartAsync(SiteConfig config, WebApplication? backend = null)
    {
        backend ??= AuditedPages.Serve();
        await backend.StartAsync();
        var site = config with { Backend = Hosting.Addresses(backend)[0] };
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var whole = new GatewayConfig { Listen = ["http://127.0.0.1:0"], Operator = new OperatorConfig { Listen = "http://127.0.0.1:0" }, Sites = [site] };
        var gateway = GatewayHost.Create(whole.Compile(today, today), TimeProvider.System);
        await gateway.StartAsync();
        return new MeasuredSite(backend, gateway, site);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.StopAsync();
        await _gateway.DisposeAsync();
        await _backend.StopAsync();
        await _backend.DisposeAsync();
    }
}
