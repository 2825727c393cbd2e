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
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>An exception while headers are edited, with responses that are handed to <see cref="ResponseTransforms"/> without a backend.</summary>
public class HeaderEditFailuresTests
{
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
        (string Name, string Value)[] sent = [.. FilterFailuresTests.Headers, ("Content-Encoding", "br"), ("Set-Cookie", "unlisted=1")];
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
        Assert.Equal("max-age=60, private", ((IHeaderDictionary)headers).CacheControl);
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
