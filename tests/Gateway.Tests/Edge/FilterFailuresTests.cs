using System.Diagnostics.Metrics;
using System.Text;
using Gateway.Edge;
using Gateway.Edge.Cookies;
using Gateway.Edge.Documents;
using Gateway.Html;
using Gateway.Tests.Html;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>An exception in the gateway's own code: cookies fail closed, pages fail open. The tests break the clock, the meter, a cache or the log.</summary>
public class FilterFailuresTests
{
    private const string Start = "<!doctype html><html><!-- ";

    private const string Rest = "--><head></head><body>hello</body></html>";

    [Fact]
    public async Task If_inspecting_a_page_fails_it_passes_with_its_own_bytes_and_headers()
    {
        await using var gateway = await StartSlowAsync(new BrokenClock());
        using var counted = new CountedPages(gateway);
        var response = await NavigateAsync(gateway, "/a/b");
        Assert.Equal(Start + Rest, await response.BytesAsync());
        Assert.Equal("\"1\"", response.Line("ETag"));
        Assert.Equal(["error"], counted.Results);
        Assert.Contains("Page", Assert.Single(gateway.TakeErrors()));
    }

    /// <remarks>The last step before the script element is inserted is to count the page. A listener on the meter can throw.</remarks>
    [Theory]
    [InlineData("identity", "GET")]
    [InlineData("gzip", "GET")]
    [InlineData("deflate", "GET")]
    [InlineData("br", "POST")]
    public async Task If_the_last_step_fails_a_page_passes_with_its_own_bytes_and_headers(string coding, string method)
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

    /// <remarks>For a conditional request the gateway looks up whether the address is a file. This test breaks that lookup.</remarks>
    [Fact]
    public async Task If_editing_the_request_fails_the_request_and_the_page_pass_unchanged()
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

        // A response that is not a page is stored in the lookup, which fails as well.
        var file = await gateway.NavigateAsync("/file");
        Assert.Equal((Requests.Html, "\"1\""), (await file.BytesAsync(), file.Line("ETag")));
        Assert.Equal(["error", "error", "error"], counted.Results);
        Assert.Contains("Page", Assert.Single(gateway.TakeErrors()));
    }

    [Fact]
    public async Task After_five_failures_in_a_minute_pages_of_the_route_are_not_extended_for_ten_minutes()
    {
        var clock = new BrokenClock();
        await using var gateway = await StartSlowAsync(clock);
        using var counted = new CountedPages(gateway);
        for (var page = 0; page < 6; page++)
            await NavigateAsync(gateway, $"/a/b/{page}");
        Assert.Equal(["error", "error", "error", "error", "error", "fuse"], counted.Results);
        Assert.Equal("", gateway.Received[^1].Headers.AcceptEncoding.ToString());

        clock.IsBroken = false;
        await NavigateAsync(gateway, "/other/");
        await NavigateAsync(gateway, "/a/b/");
        gateway.Time.Advance(TimeSpan.FromMinutes(11));
        await NavigateAsync(gateway, "/a/b/");
        Assert.Equal(["injected", "fuse", "injected"], counted.Results.Skip(6));
        Assert.Single(gateway.TakeErrors());
    }

    [Fact]
    public async Task Failures_two_minutes_apart_do_not_stop_the_extension_of_pages()
    {
        await using var gateway = await StartSlowAsync(new BrokenClock());
        using var counted = new CountedPages(gateway);
        for (var page = 0; page < 8; page++)
        {
            await NavigateAsync(gateway, "/");
            gateway.Time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.All(counted.Results, result => Assert.Equal("error", result));
        Assert.Equal(8, gateway.TakeErrors().Count);
    }

    [Fact]
    public async Task If_cookies_cannot_be_filtered_none_passes_in_either_direction()
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

    /// <summary>Headers of a page that the gateway edits, and some that it does not.</summary>
    internal static readonly (string Name, string Value)[] Headers =
    [
        ("Content-Type", "text/html; charset=utf-8"), ("ETag", "\"1\""), ("Content-MD5", "a"), ("Digest", "b"), ("Accept-Ranges", "bytes"), ("Use-As-Dictionary", "c"),
        ("Content-Security-Policy", "script-src 'none'"), ("Content-Security-Policy-Report-Only", "default-src 'none'"), ("Cache-Control", "max-age=60"),
    ];

    // The backend sends the prologue in two parts, so that the gateway starts a timer.
    private static Task<TestGateway> StartSlowAsync(BrokenClock clock) => TestGateway.StartAsync(
        async context =>
        {
            context.Response.ContentType = "text/html";
            context.Response.Headers.ETag = "\"1\"";
            await context.Response.WriteAsync(Start);
            await context.Response.Body.FlushAsync();
            await clock.Rest.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync(Rest);
        },
        time: clock);

    // The backend sends the rest when a timer was asked for, or the page has passed without one.
    private static async Task<HttpResponseMessage> NavigateAsync(TestGateway gateway, string path)
    {
        var clock = (BrokenClock)gateway.Time;
        var asked = clock.Asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var opening = gateway.Client.SendAsync(
            Requests.To(new Uri(gateway.Url, path), HttpMethod.Get, Requests.Navigation), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await Task.WhenAny(opening, asked.Task);
        clock.Rest.Release();
        var response = await opening;
        await response.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        return response;
    }

    private sealed class BrokenClock() : FakeTimeProvider(TestSites.Noon)
    {
        public bool IsBroken { get; set; } = true;

        /// <summary>Done when a timer for a peek was asked for.</summary>
        public TaskCompletionSource Asked { get; set; } = new();

        /// <summary>Lets the backend send the rest of a page.</summary>
        public SemaphoreSlim Rest { get; } = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == PeekedStream.Budget)
            {
                Asked.TrySetResult();
            }

            return IsBroken && dueTime == PeekedStream.Budget ? throw new InvalidOperationException("broken") : base.CreateTimer(callback, state, dueTime, period);
        }
    }

    /// <summary>Throws when an extended page is counted; records the other results.</summary>
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

    private sealed class BrokenLog : ILoggerProvider, ILogger
    {
        private bool _isBroken;

        public ILogger CreateLogger(string categoryName) => new BrokenLog { _isBroken = categoryName.EndsWith(nameof(RefusalLog), StringComparison.Ordinal) };

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
