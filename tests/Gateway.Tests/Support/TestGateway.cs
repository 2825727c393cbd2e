using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Config;
using Gateway.Edge;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Support;

/// <summary>
/// The gateway that <c>run</c> builds, on free ports of loopback, in front of a backend on real sockets. Anything that it logs as an
/// error fails the test that disposes of it.
/// </summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Backend? _backend;
    private readonly ErrorCollector _errors = new();

    private TestGateway(WebApplication app, Backend? backend, FakeTimeProvider time)
    {
        _app = app;
        _backend = backend;
        Time = time;
    }

    /// <summary>The gateway's clock; it starts at <see cref="Sites.Noon"/>.</summary>
    public FakeTimeProvider Time { get; }

    public Uri Url { get; private set; } = null!;

    public Uri OperatorUrl { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <summary>Lines the gateway logged at Information and above.</summary>
    public IReadOnlyCollection<string> Log => _errors.All;

    /// <summary>The requests that reached the backend.</summary>
    public IReadOnlyList<ReceivedRequest> Received => [.. _backend?.Received ?? []];

    public static async Task<TestGateway> StartAsync(
        RequestDelegate answer, Func<SiteConfig, SiteConfig>? site = null, Func<GatewayConfig, GatewayConfig>? config = null)
    {
        var backend = await Backend.StartAsync(answer);
        var ours = Sites.Library(backend.Url.ToString());
        return await StartAsync(backend, [site is null ? ours : site(ours)], config);
    }

    /// <summary>In front of whatever the sites name as their backends.</summary>
    /// <param name="now">Where its clock starts; a browser has the machine's.</param>
    public static Task<TestGateway> StartAsync(
        IReadOnlyList<SiteConfig> sites, Func<GatewayConfig, GatewayConfig>? config = null, DateTimeOffset? now = null) =>
        StartAsync(null, sites, config, now);

    public string Path(string path) => new Uri(Url, path).ToString();

    /// <summary>A request by a browser that follows a link: the answer is to be a page.</summary>
    public async Task<HttpResponseMessage> NavigateAsync(string path, string? cookies = null, string host = "localhost")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Url, path));
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Dest", "document");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", "navigate");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "none");
        if (cookies is not null)
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends bytes as they are on a fresh connection and reads the answer to its end.</summary>
    public Task<string> RawAsync(string request) => RawAsync(Url, request);

    public static async Task<string> RawAsync(Uri url, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, url.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request.ReplaceLineEndings("\r\n")));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_backend is not null)
            await _backend.DisposeAsync();
        Assert.Empty(_errors.Errors);
    }

    private static async Task<TestGateway> StartAsync(
        Backend? backend, IReadOnlyList<SiteConfig> sites, Func<GatewayConfig, GatewayConfig>? config, DateTimeOffset? now = null)
    {
        var configured = new GatewayConfig
        {
            Listen = ["http://127.0.0.1:0"],
            Operator = new OperatorConfig { Listen = "http://127.0.0.1:0" },
            Sites = sites,
        };
        var time = new FakeTimeProvider(now ?? Sites.Noon);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var snapshot = new Snapshot(config is null ? configured : config(configured), Sites.Changed, today);
        var app = GatewayHost.Create(snapshot, time);
        var gateway = new TestGateway(app, backend, time);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(gateway._errors);
        await app.StartAsync();

        var urls = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        gateway.Url = new Uri(urls[0]);
        gateway.OperatorUrl = new Uri(urls[^1]);
        gateway.Client = ClientFor(gateway.Url);
        return gateway;
    }

    private static HttpClient ClientFor(Uri url)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        handler.RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1;
        handler.ActivityHeadersPropagator = null;
        return new HttpClient(handler) { BaseAddress = url };
    }

    private sealed class ErrorCollector : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

        public IReadOnlyCollection<string> All => [.. _entries.Select(entry => entry.Text)];

        public IEnumerable<string> Errors => _entries.Where(entry => entry.Level >= LogLevel.Error).Select(entry => entry.Text);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _entries.Enqueue((logLevel, $"{formatter(state, exception)}{(exception is null ? "" : $"\n{exception}")}"));

        public void Dispose() { }
    }
}
