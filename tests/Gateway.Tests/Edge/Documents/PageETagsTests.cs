using System.Net;
using Gateway.Edge;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>
/// A page with the line has an entity tag of the gateway, and the backend gets its own tag back. A page from before the gateway, or with
/// another line, is requested without a condition.
/// </summary>
public class PageETagsTests
{
    private const string Modified = "Mon, 23 Nov 2026 10:00:00 GMT";
    private const string Earlier = "Sun, 22 Nov 2026 10:00:00 GMT";

    // Compares as servers do: If-None-Match by weak comparison, and If-Modified-Since only if there is no If-None-Match.
    private static Task<TestGateway> StartAsync(string? tag, string? modified) => TestGateway.StartAsync(context =>
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.ETag = tag;
        response.Headers.LastModified = modified;
        var sent = request.Headers.IfNoneMatch.ToString();
        var isSame = sent.Length > 0
            ? tag is not null && sent.Split(", ").Any(member => Bare(member) == Bare(tag))
            : modified is not null && request.Headers.IfModifiedSince == modified;
        response.Headers.AcceptRanges = "bytes";
        if (isSame)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = "text/html";
        return response.WriteAsync(Requests.Html);
    });

    private static string Bare(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;

    private static string HashOf(TestGateway gateway) => gateway.Services.GetRequiredService<LiveSnapshot>().Current.Sites[0].Script.Hash;

    private static Task<HttpResponseMessage> AskAsync(TestGateway gateway, string? tags, string? since = null) =>
        gateway.GetAsync("/", [.. Requests.Navigation, .. tags is null ? [] : new[] { ("If-None-Match", tags) }, .. since is null ? [] : new[] { ("If-Modified-Since", since) }]);

    private static (string?, string?) ReceivedBy(TestGateway gateway) =>
        gateway.Received[^1].Headers is var headers ? ((string?)headers.IfNoneMatch, (string?)headers.IfModifiedSince) : default;

    [Theory, Row("H1", "H2", "H4", "H5")]
    [InlineData("\"abc\"", null, "W/\"abc;g{0}s\"")]
    [InlineData("W/\"abc\"", null, "W/\"abc;g{0}w\"")]
    [InlineData("\"a,b;gX\"", null, "W/\"a,b;gX;g{0}s\"")]
    [InlineData("\"caf\u00e9\"", null, "W/\"caf\u00e9;g{0}s\"")]
    [InlineData("\"\"", Modified, "W/\";g{0}s\"")]
    [InlineData("\"abc\"", Modified, "W/\"abc;g{0}s\"")]
    [InlineData(null, Modified, "W/\"1795428000;g{0}l\"")]
    public async Task A_page_gets_a_tag_of_the_gateway_and_the_backend_gets_its_own_tag_back(string? tag, string? modified, string expected)
    {
        await using var gateway = await StartAsync(tag, modified);
        var page = await AskAsync(gateway, null);
        var ours = string.Format(null, expected, HashOf(gateway));
        Assert.Equal(ours, page.Line("ETag"));
        Assert.Equal(modified, page.Line("Last-Modified"));
        Assert.Null(page.Line("Accept-Ranges"));

        var again = await AskAsync(gateway, ours, modified);
        again.Answers(HttpStatusCode.NotModified);
        Assert.Equal(tag is not null ? (tag, modified) : (null, modified), ReceivedBy(gateway));

        // Browsers apply the headers of a 304 to the cached page.
        Assert.Equal(ours, again.Line("ETag"));
        Assert.Equal("Sec-Fetch-Dest, Upgrade-Insecure-Requests", again.Line("Vary"));
        Assert.Null(again.Line("Accept-Ranges"));
        Assert.Equal("", await again.BytesAsync());
    }

    [Theory, Row("H3")]
    [InlineData("\"abc\"", null)]
    [InlineData("W/\"abc\"", null)]
    [InlineData("W/\"abc;g0123456789abcdefs\"", null)]
    [InlineData("W/\"abc;gs\"", null)]
    [InlineData("\"abc\", W/\"abc;g0123456789abcdefw\"", Modified)]
    [InlineData("*", null)]
    [InlineData("abc", null)]
    [InlineData(null, Modified)]
    public async Task A_page_without_the_present_line_is_requested_without_a_condition(string? tags, string? since)
    {
        await using var gateway = await StartAsync("\"abc\"", Modified);
        var response = await AskAsync(gateway, tags, since);
        response.Answers(HttpStatusCode.OK);
        Assert.Equal((null, null), ReceivedBy(gateway));
        Assert.Contains("data-gateway", await response.BytesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_members_of_a_list_with_the_present_line_reach_the_backend()
    {
        await using var gateway = await StartAsync("\"abc\"", null);
        var hash = HashOf(gateway);
        await AskAsync(gateway, $"\"old\", W/\"one;g{hash}s\",W/\"two, three;g{hash}w\" , W/\"x;g0123456789abcdefs\"");
        Assert.Equal(("\"one\", W/\"two, three\"", null), ReceivedBy(gateway));
        (await AskAsync(gateway, $"W/\"old;g{hash}s\", W/\"abc;g{hash}s\"")).Answers(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task A_changed_page_is_sent_with_its_new_tag()
    {
        await using var gateway = await StartAsync("\"new\"", Modified);
        var response = await AskAsync(gateway, $"W/\"old;g{HashOf(gateway)}s\"", Earlier);
        response.Answers(HttpStatusCode.OK);
        Assert.Equal($"W/\"new;g{HashOf(gateway)}s\"", response.Line("ETag"));
    }

    [Fact, Row("H3")]
    public async Task A_new_script_invalidates_every_stored_page()
    {
        await using var gateway = await StartAsync("\"abc\"", null);
        var before = (await AskAsync(gateway, null)).Line("ETag")!;
        await gateway.SwapAsync(site => site with { Controller = site.Controller with { Name = "Another library" } });
        var response = await AskAsync(gateway, before);
        response.Answers(HttpStatusCode.OK);
        Assert.NotEqual(before, response.Line("ETag"));
    }

    [Fact]
    public async Task While_the_gateway_is_off_only_stored_pages_without_a_line_are_valid()
    {
        await using var gateway = await StartAsync("\"abc\"", Modified);
        var ours = (await AskAsync(gateway, null)).Line("ETag")!;
        await gateway.SwapAsync(site => site with { Mode = SiteMode.Off, ObserveUntil = TestSites.Today });

        var marked = await AskAsync(gateway, ours, Modified);
        marked.Answers(HttpStatusCode.OK);
        Assert.Equal(Requests.Html, await marked.BytesAsync());
        Assert.Equal("\"abc\"", marked.Line("ETag"));

        var plain = await AskAsync(gateway, "\"abc\"", Modified);
        plain.Answers(HttpStatusCode.NotModified);
        Assert.Equal("\"abc\"", plain.Line("ETag"));
        (await AskAsync(gateway, null, Modified)).Answers(HttpStatusCode.NotModified);
        Assert.Equal((null, Modified), ReceivedBy(gateway));
    }

    [Fact]
    public async Task In_observe_mode_only_stored_pages_with_the_line_of_that_mode_are_valid()
    {
        await using var gateway = await StartAsync("\"abc\"", Modified);
        var enforced = (await AskAsync(gateway, null)).Line("ETag")!;
        await gateway.SwapAsync(site => site with { Mode = SiteMode.Observe, ObserveUntil = TestSites.Today });
        var fresh = await AskAsync(gateway, enforced, Modified);
        fresh.Answers(HttpStatusCode.OK);
        var observed = fresh.Line("ETag")!;
        Assert.Equal($"W/\"abc;g{HashOf(gateway)}s\"", observed);
        (await AskAsync(gateway, "\"abc\"", Modified)).Answers(HttpStatusCode.OK);
        (await AskAsync(gateway, observed, Modified)).Answers(HttpStatusCode.NotModified);

        await gateway.SwapAsync(site => site with { Mode = SiteMode.Enforce, ObserveUntil = null });
        (await AskAsync(gateway, observed, Modified)).Answers(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_request_that_is_not_a_navigation_keeps_the_validators_of_the_backend()
    {
        await using var gateway = await StartAsync("\"abc\"", Modified);
        var fresh = await gateway.GetAsync("/", Requests.ByScript);
        Assert.Equal("\"abc\"", fresh.Line("ETag"));
        Assert.Equal("bytes", fresh.Line("Accept-Ranges"));
        var response = await gateway.GetAsync("/", [.. Requests.ByScript, ("If-None-Match", "\"abc\""), ("If-Modified-Since", Modified)]);
        response.Answers(HttpStatusCode.NotModified);
        Assert.Equal(("\"abc\"", Modified), ReceivedBy(gateway));
        Assert.Equal("\"abc\"", response.Line("ETag"));
    }

    [Fact, Row("F9", "H5")]
    public async Task A_request_for_a_part_of_a_page_becomes_one_for_the_whole_page()
    {
        await using var gateway = await StartAsync("\"1\"", Modified);
        await gateway.GetAsync("/", [.. Requests.Navigation, ("Range", "bytes=10-"), ("If-Range", Modified)]);
        Assert.Equal(("", ""), (gateway.Received[0].Headers.Range.ToString(), gateway.Received[0].Headers.IfRange.ToString()));
        await gateway.GetAsync("/", [.. Requests.Image, ("Range", "bytes=10-"), ("If-Range", Modified)]);
        Assert.Equal(("bytes=10-", Modified), (gateway.Received[1].Headers.Range.ToString(), gateway.Received[1].Headers.IfRange.ToString()));
    }

    [Fact]
    public async Task A_fetch_by_a_script_never_gets_a_304_for_a_stored_page_with_the_line()
    {
        await using var gateway = await StartAsync(null, Modified);
        var page = await gateway.NavigateAsync("/");
        var fetched = await gateway.GetAsync("/", [.. Requests.ByScript, ("If-None-Match", page.Line("ETag")!), ("If-Modified-Since", Modified)]);
        Assert.Equal(HttpStatusCode.OK, fetched.StatusCode);
        Assert.Equal(Requests.Html, await fetched.BytesAsync());
        await gateway.GetAsync("/", [.. Requests.ByScript, ("If-None-Match", page.Line("ETag")! + ", \"own\"")]);
        Assert.Equal(("\"own\"", null), ReceivedBy(gateway));
    }

    [Theory]
    [InlineData("\"1\"", "\"1\"")]
    [InlineData("W/\"1\"", "W/\"1\"")]
    public async Task If_Match_reaches_the_backend_with_its_own_tag(string tag, string restored)
    {
        await using var gateway = await StartAsync(tag, null);
        var page = await gateway.NavigateAsync("/");
        var request = Requests.To(gateway.Url, HttpMethod.Put, [.. Requests.ByScript, ("If-Match", page.Line("ETag")!)]);
        await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(restored, gateway.Received[^1].Headers.IfMatch);
    }

    [Fact]
    public async Task If_Match_with_a_tag_made_from_a_date_becomes_If_Unmodified_Since()
    {
        await using var gateway = await StartAsync(null, Modified);
        var page = await gateway.NavigateAsync("/");
        var request = Requests.To(gateway.Url, HttpMethod.Put, [.. Requests.ByScript, ("If-Match", page.Line("ETag")!)]);
        await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(("", Modified), (gateway.Received[^1].Headers.IfMatch.ToString(), gateway.Received[^1].Headers.IfUnmodifiedSince.ToString()));
    }

    [Fact, Row("H1", "H2")]
    public async Task A_304_has_the_tag_that_the_browser_sent_although_compression_weakened_that_of_the_page()
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            var isSame = context.Request.Headers.IfNoneMatch.ToString().EndsWith("\"1\"", StringComparison.Ordinal);
            context.Response.Headers.ETag = isSame ? "\"1\"" : "W/\"1\"";
            context.Response.StatusCode = isSame ? StatusCodes.Status304NotModified : StatusCodes.Status200OK;
            context.Response.ContentType = "text/html; charset=utf-8";
            return isSame ? Task.CompletedTask : context.Response.WriteAsync(Requests.Html);
        });
        var page = await gateway.NavigateAsync("/");
        var update = await AskAsync(gateway, page.Line("ETag"));
        Assert.Equal(HttpStatusCode.NotModified, update.StatusCode);
        Assert.Equal(page.Line("ETag"), update.Line("ETag"));
    }

    /// <remarks>The other tests depend on this one: only the exact suffix makes a condition reach the backend.</remarks>
    [Theory, Row("H1", "H2", "H3")]
    [InlineData("suffix missing")]
    [InlineData("script missing")]
    [InlineData("script one letter off")]
    [InlineData("kind missing")]
    [InlineData("kind invented")]
    [InlineData("mark one letter off")]
    public async Task A_tag_with_any_other_suffix_does_not_reach_the_backend(string mutation)
    {
        await using var gateway = await StartAsync("\"abc\"", Modified);
        var (tag, hash) = ((await AskAsync(gateway, null)).Line("ETag")!, HashOf(gateway));
        await AssertRenewedAsync(gateway, tag);
        var answer = await AskAsync(gateway, mutation switch
        {
            "suffix missing" => tag.Replace($";g{hash}s", "", StringComparison.Ordinal),
            "script missing" => tag.Replace(hash, "", StringComparison.Ordinal),
            "script one letter off" => tag.Replace(hash, (hash[0] == '0' ? '1' : '0') + hash[1..], StringComparison.Ordinal),
            "kind missing" => tag.Replace("s\"", "\"", StringComparison.Ordinal),
            "kind invented" => tag.Replace("s\"", "x\"", StringComparison.Ordinal),
            _ => tag.Replace(";g", ";h", StringComparison.Ordinal),
        });
        answer.Answers(HttpStatusCode.OK);
        Assert.Equal(tag, answer.Line("ETag"));
        Assert.Contains(PageInjectionTests.LineOf(gateway), await answer.BytesAsync(), StringComparison.Ordinal);
    }

    private static async Task AssertRenewedAsync(TestGateway gateway, string tag)
    {
        (await AskAsync(gateway, tag)).Answers(HttpStatusCode.NotModified);
        Assert.Equal(("\"abc\"", null), ReceivedBy(gateway));
    }
}
