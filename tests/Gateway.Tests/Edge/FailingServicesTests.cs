using System.Diagnostics.Metrics;
using System.Text;
using Gateway.Edge;
using Gateway.Edge.Cookies;
using Gateway.Edge.Documents;
using Gateway.Tests.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>An exception in a service that the filter uses: a listener on the meter, the lookup of files, the log.</summary>
public class FailingServicesTests
{
    /// <remarks>The last step before the script element is inserted is to count the page. A listener on the meter can throw.</remarks>
    [Theory]
    [InlineData("identity", "GET")]
    [InlineData("gzip", "GET")]
    [InlineData("deflate", "GET")]
    [InlineData("br", "POST")]
    public async Task If_the_last_step_fails_a_page_passes_with_its_own_bytes_and_headers(string coding, string method)
    {
        var coded = Encoding.Latin1.GetString(Coded.Encode(coding, Encoding.ASCII.GetBytes(FilterFailuresTests.Start + FilterFailuresTests.Rest)));
        await using var backend = RawBackend.Start(_ => RawBackend.Response(
            "200 OK", [.. FilterFailuresTests.Headers.Select(header => $"{header.Name}: {header.Value}"), $"Content-Encoding: {coding}"], coded));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        using var meter = new BrokenMeter(gateway);
        for (var page = 0; page < 6; page++)
        {
            var response = await gateway.Client.SendAsync(
                Requests.To(gateway.Url, new HttpMethod(method), [.. Requests.Navigation, ("Accept-Encoding", "gzip")]), TestContext.Current.CancellationToken);
            Assert.Equal(coded, await response.BytesAsync());
            Assert.Equal((coding, coded.Length), (response.Line("Content-Encoding"), (int)response.SaidLength()!));
            Assert.All(FilterFailuresTests.Headers, header => Assert.Equal(header.Value, response.Line(header.Name)));
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

        // Hop-by-hop headers are still removed.
        await gateway.GetAsync("/", [.. Requests.Navigation, .. asked, ("Connection", "Range")]);
        Assert.Equal("", gateway.Received[1].Headers.Range.ToString());

        // A response that is not a page is stored in the lookup, which fails as well.
        var file = await gateway.NavigateAsync("/file");
        Assert.Equal((Requests.Html, "\"1\""), (await file.BytesAsync(), file.Line("ETag")));
        Assert.Equal(["error", "error", "error"], counted.Results);
        Assert.Contains("Page", Assert.Single(gateway.TakeErrors()));
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
