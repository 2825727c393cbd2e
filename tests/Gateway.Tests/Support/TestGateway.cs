using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Config;
using Gateway.Edge;
using Gateway.Edge.Admission;
using Gateway.Sites;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Support;

/// <summary>
/// The gateway that <c>run</c> builds, on free loopback ports, with a backend on real sockets. If it logs an error, its disposal fails
/// the test.
/// </summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Backend? _backend;
    private readonly ErrorCollector _errors = new();
    private readonly List<HttpClient> _clients = [];

    private TestGateway(WebApplication app, Backend? backend, FakeTimeProvider time)
    {
        _app = app;
        _backend = backend;
        Time = time;
    }

    /// <summary>The gateway's clock; it starts at <see cref="TestSites.Noon"/>.</summary>
    public FakeTimeProvider Time { get; }

    public Uri Url { get; private set; } = null!;

    public Uri OperatorUrl { get; private set; } = null!;

    /// <summary>The address with TLS, if <see cref="TestCertificate.AlsoTls"/> added one.</summary>
    public Uri TlsUrl { get; private set; } = null!;

    /// <summary>HTTP/1.1 without TLS.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>HTTP/1.1 over TLS.</summary>
    public HttpClient Tls { get; private set; } = null!;

    /// <summary>HTTP/2 over TLS.</summary>
    public HttpClient Http2 { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <summary>Lines the gateway logged at Information and above.</summary>
    public IReadOnlyCollection<string> Log => _errors.All;

    /// <summary>Returns the errors logged so far. They are then expected and do not fail the test.</summary>
    public IReadOnlyCollection<string> TakeErrors() => _errors.Take();

    /// <summary>The requests that reached the backend.</summary>
    public IReadOnlyList<ReceivedRequest> Received => [.. _backend?.Received ?? []];

    public static async Task<TestGateway> StartAsync(
        RequestDelegate answer,
        Func<SiteConfig, SiteConfig>? site = null,
        Func<GatewayConfig, GatewayConfig>? config = null,
        FakeTimeProvider? time = null,
        MemoryLimits? limits = null)
    {
        var backend = await Backend.StartAsync(answer);
        var ours = TestSites.Library(backend.Url.ToString());
        return await StartAsync(backend, [site is null ? ours : site(ours)], config, time ?? new FakeTimeProvider(TestSites.Noon), limits);
    }

    /// <summary>Starts a gateway in front of the backends that the sites name.</summary>
    /// <param name="now">The start of its clock. A browser uses the system clock.</param>
    public static Task<TestGateway> StartAsync(
        IReadOnlyList<SiteConfig> sites, Func<GatewayConfig, GatewayConfig>? config = null, DateTimeOffset? now = null) =>
        StartAsync(null, sites, config, new FakeTimeProvider(now ?? TestSites.Noon));

    /// <summary>Changes the sites as <c>run</c> does when their file has changed.</summary>
    public async Task SwapAsync(Func<SiteConfig, SiteConfig> change)
    {
        var live = _app.Services.GetRequiredService<LiveSnapshot>();
        Assert.Empty(await live.SwapAsync(new Snapshot(live.Current.Process, [.. live.Current.Sites.Select(site => change(site.Config))], TestSites.Today, TestSites.Today)));
    }

    /// <summary>Advances the clock of the gateway by 50 ms at a time until a task is complete.</summary>
    /// <remarks>A timer starts at a time that is not known here, so one large step could miss it.</remarks>
    public async Task<T> AdvanceUntilAsync<T>(Task<T> task)
    {
        await Eventually.IsTrueAsync(() =>
        {
            if (!task.IsCompleted)
                Time.Advance(TimeSpan.FromMilliseconds(50));
            return task.IsCompleted;
        });
        return await task;
    }

    /// <summary>Sends the navigation request of a browser that follows a link.</summary>
    public Task<HttpResponseMessage> NavigateAsync(string path, string? cookies = null, string host = "localhost") =>
        this.GetAsync(path, [.. Requests.Navigation, ("Host", host), .. cookies is null ? [] : new[] { ("Cookie", cookies) }]);

    /// <summary>Sends bytes unchanged on a new connection and reads the response to its end.</summary>
    public Task<string> RawAsync(string request) => RawAsync(Url, request);

    public static Task<string> RawAsync(Uri url, string request) => ExactAsync(url, request.ReplaceLineEndings("\r\n"));

    /// <summary>The same, without a conversion of line ends.</summary>
    public static async Task<string> ExactAsync(Uri url, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, url.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_backend is not null)
            await _backend.DisposeAsync();
        Assert.False(_errors.Errors.Any(), string.Join("\n", _errors.Errors));
    }

    private static async Task<TestGateway> StartAsync(
        Backend? backend, IReadOnlyList<SiteConfig> sites, Func<GatewayConfig, GatewayConfig>? config, FakeTimeProvider time, MemoryLimits? limits = null)
    {
        var configured = new GatewayConfig
        {
            Listen = ["http://127.0.0.1:0"],
            Operator = new OperatorConfig { Listen = "http://127.0.0.1:0" },
            Sites = sites,
        };
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var snapshot = (config is null ? configured : config(configured)).Compile(TestSites.Changed, today);
        var app = GatewayHost.Create(snapshot, time, limits);
        var gateway = new TestGateway(app, backend, time);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(gateway._errors);
        await app.StartAsync();

        var urls = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        gateway.Url = new Uri(urls[0]);
        gateway.TlsUrl = new Uri(urls[^2]);
        gateway.OperatorUrl = new Uri(urls[^1]);
        gateway.Client = gateway.ClientFor(gateway.Url, HttpVersion.Version11);
        gateway.Tls = gateway.ClientFor(gateway.TlsUrl, HttpVersion.Version11);
        gateway.Http2 = gateway.ClientFor(gateway.TlsUrl, HttpVersion.Version20);
        return gateway;
    }

    private HttpClient ClientFor(Uri url, Version version)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == TestCertificate.Subject;
        handler.RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1;
        handler.ActivityHeadersPropagator = null;
        var client = new HttpClient(new OneVersion(version, handler)) { BaseAddress = url, Timeout = Eventually.Limit };
        _clients.Add(client);
        return client;
    }

    /// <summary>Sends every request in exactly one version of HTTP.</summary>
    private sealed class OneVersion(Version version, HttpMessageHandler handler) : DelegatingHandler(handler)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (request.Version, request.VersionPolicy) = (version, HttpVersionPolicy.RequestVersionExact);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class ErrorCollector : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

        public IReadOnlyCollection<string> All => [.. _entries.Select(entry => entry.Text)];

        public IEnumerable<string> Errors => _entries.Where(entry => entry.Level >= LogLevel.Error).Select(entry => entry.Text);

        public IReadOnlyCollection<string> Take()
        {
            var errors = Errors.ToArray();
            _entries.Clear();
            return errors;
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _entries.Enqueue((logLevel, $"{formatter(state, exception)}{(exception is null ? "" : $"\n{exception}")}"));

        public void Dispose() { }
    }
}
