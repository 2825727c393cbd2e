using System.Diagnostics.Metrics;
using System.Text;
using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Edge;
using Gateway.Edge.Cookies;
using Gateway.Edge.Documents;
using Gateway.Edge.Proxy;
using Gateway.Html;
using Gateway.Sites;
using Gateway.Tests.Html;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>Exceptions in the gateway's own code: cookies fail closed, pages fail open. The tests break the clock, the log and the metrics.</summary>
public class FilterFailuresTests
{
    private const string Start = "<!doctype html><html><!-- ";

    private const string Rest = "--><head></head><body>hello</body></html>";

    [Fact]
    public async Task A_page_whose_injection_fails_passes_with_its_original_bytes_and_headers()
    {
        await using var gateway = await StartSlowAsync(new BrokenClock());
        using var counted = new CountedPages(gateway);
        var response = await gateway.NavigateAsync("/a/b");
        Assert.Equal(Start + Rest, await response.BytesAsync());
        Assert.Equal("\"1\"", response.Line("ETag"));
        Assert.Equal(["error"], counted.Results);
        Assert.Contains("Page", Assert.Single(gateway.TakeErrors()));
    }

    /// <remarks>The last step before the injection is to count the page, and a listener of the meter can throw.</remarks>
    [Theory]
    [InlineData("identity", "GET")]
    [InlineData("gzip", "GET")]
    [InlineData("deflate", "GET")]
    [InlineData("br", "POST")]
    public async Task A_page_whose_injection_fails_at_the_last_step_passes_with_its_original_bytes_and_headers(string coding, string method)
    {
        var coded = Encoding.Latin1.GetString(Coded.Encode(coding, Encoding.ASCII.GetBytes(Start + Rest)));
        await using var backend = RawBackend.Start(_ => RawBackend.Response(
            "200 OK", [.. Headers.Select(header => $"{header.Name}: {header.Value}"), $"Content-Encoding: {coding}"], coded));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        using var meter = new BrokenMeter(gateway);
        for (var page = 0; page < 6; page++)
        {
            var response = await gateway.Client.SendAsync(
                Requests.To(gateway.Url, new HttpMethod(method), [.. Requests.Navigation, ("Accept-Encoding", "gzip")]), TestContext.Current.CancellationToken);
            Assert.Equal(coded, await response.BytesAsync());
            Assert.Equal((coding, coded.Length), (response.Line("Content-Encoding"), (int)response.SaidLength()!));
            Assert.All(Headers, header => Assert.Equal(header.Value, response.Line(header.Name)));
            Assert.Null(response.Line("Server-Timing"));
        }

        Assert.Equal(["error", "error", "error", "error", "error", "fuse"], meter.Results);
        Assert.Contains("Page", Assert.Single(gateway.TakeErrors()));
    }

    /// <summary>For each header that is edited, of a page and of a 304.</summary>
    [Theory]
    [InlineData(200, "Vary")]
    [InlineData(200, "Content-Encoding")]
    [InlineData(200, "Content-MD5")]
    [InlineData(200, "Accept-Ranges")]
    [InlineData(200, "Content-Security-Policy")]
    [InlineData(200, "ETag")]
    [InlineData(304, "Vary")]
    [InlineData(304, "Content-Encoding")]
    [InlineData(304, "Use-As-Dictionary")]
    [InlineData(304, "Content-Security-Policy")]
    [InlineData(304, "ETag")]
    public async Task If_editing_one_header_fails_all_headers_keep_their_original_values(int status, string broken)
    {
        await using var gateway = await TestGateway.StartAsync(_ => Task.CompletedTask);
        using var counted = new CountedPages(gateway);
        var site = gateway.Services.GetRequiredService<LiveSnapshot>().Current.Sites[0];
        var coded = Coded.Encode("br", Encoding.ASCII.GetBytes(Requests.Html));
        var context = new DefaultHttpContext { Request = { Method = "GET", Scheme = "https", Host = new("localhost") } };
        context.Features.Set(StateOf(site));
        (string Name, string Value)[] sent = [.. Headers, ("Content-Encoding", "br")];
        using var proxied = new HttpResponseMessage { Content = new StreamContent(new MemoryStream(coded)) };
        foreach (var (name, value) in sent)
            Assert.True(proxied.Headers.TryAddWithoutValidation(name, value) || proxied.Content.Headers.TryAddWithoutValidation(name, value));
        var headers = new BrokenHeaders(broken, sent);
        context.Features.Set<IHttpResponseFeature>(new HttpResponseFeature { StatusCode = status, Headers = headers });

        await gateway.Services.GetRequiredService<ResponseTransforms>().ApplyAsync(context, proxied, TestContext.Current.CancellationToken);
        Assert.True(headers.HasBroken);
        Assert.Equal(sent.Select(header => $"{header.Name}: {header.Value}").Order(), headers.Where(header => header.Key != "Vary").Select(header => $"{header.Key}: {header.Value}").Order());
        Assert.Equal(broken != "Vary", headers.ContainsKey("Vary"));
        Assert.Equal(coded, await proxied.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Contains("error", counted.Results);
        Assert.Contains("Page", Assert.Single(gateway.TakeErrors()));
    }

    /// <remarks>For a conditional request, the gateway looks up whether it is for a file; this test breaks that memory.</remarks>
    [Fact]
    public async Task If_editing_a_page_request_fails_it_is_sent_as_the_browser_sent_it_and_the_page_passes_unchanged()
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.ContentType = context.Request.Path == "/file" ? "application/pdf" : "text/html";
            context.Response.Headers.ETag = "\"1\"";
            return context.Response.WriteAsync(Requests.Html);
        });
        using var counted = new CountedPages(gateway);
        gateway.Services.GetRequiredService<FileMemory>().Dispose();
        (string, string)[] asked = [("Accept-Encoding", "br, zstd"), ("If-None-Match", "\"0\""), ("If-Modified-Since", "Mon, 23 Nov 2026 10:00:00 GMT"), ("Range", "bytes=0-")];
        var page = await gateway.GetAsync("/", [.. Requests.Navigation, .. asked]);
        Assert.Equal((Requests.Html, "\"1\""), (await page.BytesAsync(), page.Line("ETag")));
        Assert.All(asked, header => Assert.Equal(header.Item2, gateway.Received[0].Headers[header.Item1]));

        // Hop-by-hop headers are removed all the same.
        await gateway.GetAsync("/", [.. Requests.Navigation, .. asked, ("Connection", "Range")]);
        Assert.Equal("", gateway.Received[1].Headers.Range.ToString());

        // Responses that are not pages are put into that memory.
        var file = await gateway.NavigateAsync("/file");
        Assert.Equal((Requests.Html, "\"1\""), (await file.BytesAsync(), file.Line("ETag")));
        Assert.Equal(["error", "error", "error"], counted.Results);
        Assert.Contains("Page", Assert.Single(gateway.TakeErrors()));
    }

    [Fact]
    public async Task A_failure_while_editing_a_request_is_reported_even_if_the_response_is_not_a_page()
    {
        await using var gateway = await TestGateway.StartAsync(_ => Task.CompletedTask);
        using var counted = new CountedPages(gateway);
        var state = StateOf(gateway.Services.GetRequiredService<LiveSnapshot>().Current.Sites[0], DocumentPlan.None);
        state.Failure = new InvalidOperationException();
        var context = new DefaultHttpContext { Request = { Method = "GET", Scheme = "https", Host = new("localhost") } };
        context.Features.Set(state);
        using var proxied = new HttpResponseMessage { Content = new StringContent("") };

        await gateway.Services.GetRequiredService<ResponseTransforms>().ApplyAsync(context, proxied, TestContext.Current.CancellationToken);
        Assert.Empty(counted.Results);
        Assert.Contains("Page", Assert.Single(gateway.TakeErrors()));
    }

    [Fact]
    public async Task After_five_failures_in_a_minute_the_pages_of_the_route_pass_unchanged_for_ten_minutes()
    {
        var clock = new BrokenClock();
        await using var gateway = await StartSlowAsync(clock);
        using var counted = new CountedPages(gateway);
        for (var page = 0; page < 6; page++)
            await gateway.NavigateAsync($"/a/b/{page}");
        Assert.Equal(["error", "error", "error", "error", "error", "fuse"], counted.Results);
        Assert.Equal("", gateway.Received[^1].Headers.AcceptEncoding.ToString());

        clock.IsBroken = false;
        await gateway.NavigateAsync("/other/");
        await gateway.NavigateAsync("/a/b/");
        gateway.Time.Advance(TimeSpan.FromMinutes(11));
        await gateway.NavigateAsync("/a/b/");
        Assert.Equal(["injected", "fuse", "injected"], counted.Results.Skip(6));
        Assert.Single(gateway.TakeErrors());
    }

    [Fact]
    public async Task Five_failures_within_an_hour_do_not_stop_injection()
    {
        await using var gateway = await StartSlowAsync(new BrokenClock());
        using var counted = new CountedPages(gateway);
        for (var page = 0; page < 8; page++)
        {
            await gateway.NavigateAsync("/");
            gateway.Time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.All(counted.Results, result => Assert.Equal("error", result));
        Assert.Equal(8, gateway.TakeErrors().Count);
    }

    [Fact]
    public async Task If_filtering_cookies_fails_no_cookie_passes_in_either_direction()
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.Headers.SetCookie = new(["sessionid=1", "unlisted=2"]);
            context.Response.Headers.CacheControl = "public, max-age=60";
            return context.Response.WriteAsync("hello");
        });
        gateway.Services.GetRequiredService<ILoggerFactory>().AddProvider(new BrokenLog());
        var response = await gateway.NavigateAsync("/", "sessionid=3; invented=4");
        Assert.Equal("hello", await response.BytesAsync());
        Assert.Empty(response.SetCookies());
        Assert.Contains("private", response.Line("Cache-Control"));
        Assert.Null(gateway.Received[0].Cookie);
        Assert.Equal(2, gateway.TakeErrors().Count);
    }

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Content-Type", "text/html; charset=utf-8"), ("ETag", "\"1\""), ("Content-MD5", "a"), ("Digest", "b"), ("Accept-Ranges", "bytes"), ("Use-As-Dictionary", "c"),
        ("Content-Security-Policy", "script-src 'none'"), ("Content-Security-Policy-Report-Only", "default-src 'none'"), ("Cache-Control", "max-age=60"),
    ];

    private static RequestState StateOf(Site site, DocumentPlan plan = DocumentPlan.Document) => new()
    {
        Site = site,
        Pass = null,
        Consent = ConsentCookie.Read(null, site.Rules, TestSites.Noon),
        Signals = BrowserSignals.None,
        Grants = Grants.ExemptOnly,
        SentCookies = null,
        ForwardedCookies = null,
        Cut = [],
        Plan = plan,
        Route = null,
        Now = TestSites.Noon,
        Client = null,
        IsSecure = true,
        AskedForInjected = true,
    };

    // A page whose prologue does not arrive at once makes the gateway start a timer.
    private static Task<TestGateway> StartSlowAsync(BrokenClock clock) => TestGateway.StartAsync(
        async context =>
        {
            context.Response.ContentType = "text/html";
            context.Response.Headers.ETag = "\"1\"";
            await context.Response.WriteAsync(Start);
            await context.Response.Body.FlushAsync();
            await Task.WhenAny(clock.Asked.Task, Task.Delay(500));
            await context.Response.WriteAsync(Rest);
        },
        time: clock);

    private sealed class BrokenClock() : FakeTimeProvider(TestSites.Noon)
    {
        public bool IsBroken { get; set; } = true;

        /// <summary>Completed when the gateway has created a timer for a page; replaced for the next page.</summary>
        public TaskCompletionSource Asked { get; private set; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == PeekBudget.Limit)
            {
                Asked.TrySetResult();
                Asked = new();
            }

            return IsBroken && dueTime == PeekBudget.Limit ? throw new InvalidOperationException("broken") : base.CreateTimer(callback, state, dueTime, period);
        }
    }

    /// <summary>Throws when an injected page is counted; records what else was counted.</summary>
    private sealed class BrokenMeter : IDisposable
    {
        private readonly MeterListener _listener = new();

        public BrokenMeter(TestGateway gateway)
        {
            var ours = gateway.Services.GetRequiredService<IMeterFactory>().Create(Telemetry.MeterName);
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter, ours) && instrument.Name == "gateway.pages")
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                if (tags[0].Value is "injected")
                    throw new InvalidOperationException("broken");
                Results.Add((string)tags[0].Value!);
            });
            _listener.Start();
        }

        public List<string> Results { get; } = [];

        public void Dispose() => _listener.Dispose();
    }

    /// <summary>Headers of which one throws at the first attempt to change it.</summary>
    private sealed class BrokenHeaders : HeaderDictionary, IHeaderDictionary
    {
        private readonly string _broken;

        public BrokenHeaders(string broken, IEnumerable<(string Name, string Value)> headers)
        {
            foreach (var (name, value) in headers)
                Add(name, value);
            _broken = broken;
        }

        public bool HasBroken { get; private set; }

        StringValues IHeaderDictionary.this[string key]
        {
            get => this[key];
            set => this[Checked(key)] = value;
        }

        bool IDictionary<string, StringValues>.Remove(string key) => Remove(Checked(key));

        private string Checked(string key)
        {
            if (HasBroken || key != _broken)
                return key;
            HasBroken = true;
            throw new InvalidOperationException("broken");
        }
    }

    private sealed class BrokenLog : ILoggerProvider, ILogger
    {
        private bool _isBroken;

        public ILogger CreateLogger(string categoryName) => new BrokenLog { _isBroken = categoryName.EndsWith(nameof(SightingLog), StringComparison.Ordinal) };

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (_isBroken)
                throw new InvalidOperationException("broken");
        }

        public void Dispose() { }
    }
}
