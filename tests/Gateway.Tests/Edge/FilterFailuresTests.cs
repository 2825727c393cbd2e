using System.Text;
using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Edge;
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

/// <summary>An exception in the gateway: cookies fail closed, pages fail open. These tests break the clock and the headers of a response.</summary>
public class FilterFailuresTests
{
    internal const string Start = "<!doctype html><html><!-- ";

    internal const string Rest = "--><head></head><body>hello</body></html>";

    [Fact]
    public async Task If_inspecting_a_page_fails_it_passes_with_its_own_bytes_and_headers()
    {
        await using var gateway = await StartSlowAsync(new BrokenClock());
        using var counted = new CountedPages(gateway);
        var response = await gateway.NavigateAsync("/a/b");
        Assert.Equal(Start + Rest, await response.BytesAsync());
        Assert.Equal("\"1\"", response.Line("ETag"));
        Assert.Equal(["error"], counted.Results);
        Assert.Contains("Page", Assert.Single(gateway.TakeErrors()));
    }

    /// <summary>Each header that is edited, of a page (200) and of a revalidation (304).</summary>
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
    public async Task If_one_header_of_a_page_cannot_be_edited_none_is(int status, string broken)
    {
        await using var gateway = await TestGateway.StartAsync(_ => Task.CompletedTask);
        using var counted = new CountedPages(gateway);
        var site = gateway.Services.GetRequiredService<LiveSnapshot>().Current.Sites[0];
        var coded = Coded.Encode("br", Encoding.ASCII.GetBytes(Requests.Html));
        var context = new DefaultHttpContext { Request = { Method = "GET", Scheme = "https", Host = new("localhost") } };
        context.Features.Set(StateOf(site));
        (string Name, string Value)[] sent = [.. Headers, ("Content-Encoding", "br"), ("Set-Cookie", "unlisted=1")];
        using var proxied = new HttpResponseMessage { Content = new StreamContent(new MemoryStream(coded)) };
        foreach (var (name, value) in sent)
            Assert.True(proxied.Headers.TryAddWithoutValidation(name, value) || proxied.Content.Headers.TryAddWithoutValidation(name, value));
        var headers = new BrokenHeaders(broken, sent);
        context.Features.Set<IHttpResponseFeature>(new HttpResponseFeature { StatusCode = status, Headers = headers });

        await gateway.Services.GetRequiredService<ResponseTransforms>().ApplyAsync(context, proxied, TestContext.Current.CancellationToken);
        Assert.True(headers.HasBroken);
        Assert.Equal(
            sent.Where(header => header.Name is not ("Set-Cookie" or "Cache-Control")).Select(header => $"{header.Name}: {header.Value}").Order(),
            headers.Where(header => header.Key is not ("Vary" or "Cache-Control")).Select(header => $"{header.Key}: {header.Value}").Order());

        // Edits that protect the visitor stay.
        Assert.Equal("max-age=60, private", headers["Cache-Control"]);
        Assert.Equal(broken != "Vary", headers.ContainsKey("Vary"));
        Assert.Equal(coded, await proxied.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Contains("error", counted.Results);
        Assert.Contains("Page", Assert.Single(gateway.TakeErrors()));
    }

    [Fact]
    public async Task If_editing_the_request_fails_it_is_logged_also_for_a_response_that_is_not_a_page()
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
    public async Task After_five_failures_in_a_minute_pages_of_the_route_are_not_extended_for_ten_minutes()
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
    public async Task Failures_two_minutes_apart_do_not_stop_the_extension_of_pages()
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

    /// <summary>Headers of a page, most of which the gateway edits.</summary>
    internal static readonly (string Name, string Value)[] Headers =
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
        Policy = null,
        Route = null,
        Now = TestSites.Noon,
        Client = null,
        IsSecure = true,
        AskedForInjected = true,
    };

    // The backend sends the prologue in two parts, so that the gateway starts a timer.
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

        /// <summary>Completes when the gateway creates a timer for a peek. Replaced for the next page.</summary>
        public TaskCompletionSource Asked { get; private set; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == PeekedStream.Budget)
            {
                Asked.TrySetResult();
                Asked = new();
            }

            return IsBroken && dueTime == PeekedStream.Budget ? throw new InvalidOperationException("broken") : base.CreateTimer(callback, state, dueTime, period);
        }
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
}
