using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>Requests that are not navigations, and fragments in frames, pass unchanged in both directions.</summary>
public class ScriptRequestsTests
{
    private const string Coding = "gzip, deflate, br, zstd", Tag = "\"kept\"", Dictionary = ":x:", Range = "bytes=5-";

    [Theory, Row("F1", "F16", "F17"), Requirement(62)]
    [InlineData("empty")]
    [InlineData("audio")]
    [InlineData("audioworklet")]
    [InlineData("font")]
    [InlineData("image")]
    [InlineData("json")]
    [InlineData("manifest")]
    [InlineData("paintworklet")]
    [InlineData("report")]
    [InlineData("script")]
    [InlineData("serviceworker")]
    [InlineData("sharedworker")]
    [InlineData("style")]
    [InlineData("text")]
    [InlineData("track")]
    [InlineData("video")]
    [InlineData("webidentity")]
    [InlineData("worker")]
    [InlineData("xslt")]
    [InlineData("speculationrules")]
    [InlineData("invented")]
    public async Task Requests_for_other_destinations_pass_unchanged(string dest) => await AssertUntouchedAsync(
        [("Accept", "text/html,application/xhtml+xml"), .. Requests.Fetch(dest, "cors", "same-origin")]);

    [Theory, Row("F1", "F5")]
    [InlineData("X-Requested-With", "XMLHttpRequest")]
    [InlineData("HX-Request", "true")]
    [InlineData("Turbo-Frame", "list")]
    [InlineData("X-PJAX", "true")]
    [InlineData("X-Up-Version", "3.0.0")]
    [InlineData("X-MicrosoftAjax", "Delta=true")]
    [InlineData("X-Inertia", "true")]
    public async Task Over_plain_http_requests_by_scripts_pass_unchanged(string mark, string value) =>
        await AssertUntouchedAsync([.. Requests.PlainNavigation, (mark, value)]);

    /// <remarks>A crawler that accepts HTML gets the same page as a browser.</remarks>
    [Theory, Row("F15")]
    [InlineData(null, "GET")]
    [InlineData("*/*", "GET")]
    [InlineData("text/xml", "POST")]
    [InlineData("application/soap+xml, multipart/related", "POST")]
    [InlineData("application/json", "PUT")]
    public async Task Requests_by_programs_that_are_not_browsers_pass_unchanged(string? accept, string method) =>
        await AssertUntouchedAsync(accept is null ? [] : [("Accept", accept)], method);

    [Theory, Row("F14")]
    [InlineData("prefetch")]
    [InlineData("prefetch;prerender")]
    [InlineData("prefetch;anonymous-client-ip")]
    public async Task A_prefetched_page_gets_the_script_element(string purpose)
    {
        await using var gateway = await StartAsync(Requests.Html);
        var response = await gateway.GetAsync("/", [.. Requests.Navigation, ("Sec-Purpose", purpose)]);
        Assert.Contains(PageInjectionTests.LineOf(gateway), await response.BytesAsync(), StringComparison.Ordinal);
        Assert.Equal(purpose, gateway.Received[0].Headers["Sec-Purpose"]);
    }

    /// <remarks>The request does not show whether it is for a tab or a frame, so the body must show that it is a document.</remarks>
    [Theory, Row("F16")]
    [InlineData(Requests.Html, true)]
    [InlineData("<p>a fragment</p>", false)]
    [InlineData("{\"a\":1}", false)]
    public async Task A_navigation_that_a_service_worker_forwards_gets_the_script_element_if_the_body_is_a_document(string body, bool isPage)
    {
        await using var gateway = await StartAsync(body);
        var response = await gateway.GetAsync("/", [("Upgrade-Insecure-Requests", "1"), .. Requests.Fetch("empty", "same-origin", "same-origin")]);
        Assert.Equal(body.Replace("<head>", "<head>" + PageInjectionTests.LineOf(gateway), StringComparison.Ordinal), await response.BytesAsync());
        Assert.Equal(isPage, response.Line("ETag") != "\"1\"");
        Assert.Equal("Sec-Fetch-Dest, Upgrade-Insecure-Requests", response.Line("Vary"));
    }

    /// <summary>The content type is HTML and the request is for a page, so the body decides.</summary>
    [Theory, Row("F3", "F4", "F5", "F6"), Requirement(62)]
    [InlineData("document", "{\"html\":\"<html><head></head></html>\"}")]
    [InlineData("document", "1|#||4|36|updatePanel|Panel1|<html><head></head></html>|0|hiddenField|__EVENTTARGET||")]
    [InlineData("document", "document.write('<html><head></head><body></body></html>');")]
    [InlineData("document", "/* <html> */ var page = 1;")]
    [InlineData("document", "OK <b>done</b>")]
    [InlineData("iframe", "<textarea>{\"files\":[1]}</textarea>")]
    [InlineData("iframe", "<pre>{\"files\":[1]}</pre>")]
    [InlineData("iframe", "<script>parent.done({})</script>")]
    [InlineData("iframe", "<tr><td>1</td></tr>")]
    [InlineData("object", "<svg xmlns='http://www.w3.org/2000/svg'></svg>")]
    [InlineData("", "1|#||4|36|updatePanel|Panel1|<html><head></head></html>|")]
    [InlineData("", "<div>a fragment</div>")]
    [InlineData("", "<link rel=stylesheet href=a.css><div>a styled fragment</div>")]
    public async Task A_body_that_is_not_a_document_passes_unchanged(string dest, string body)
    {
        await using var gateway = await StartAsync(body);
        using var counted = new CountedPages(gateway);
        var headers = dest.Length == 0 ? Requests.PlainNavigation : [("Accept", "text/html"), .. Requests.Fetch(dest, "navigate", "same-origin")];
        var response = await gateway.GetAsync("/", headers);
        Assert.Equal((body, (long?)body.Length), (await response.BytesAsync(), response.SaidLength()));
        Assert.Equal(["no_document"], counted.Results);
    }

    private static async Task AssertUntouchedAsync((string, string)[] headers, string method = "GET")
    {
        await using var gateway = await StartAsync(Requests.Html);
        using var counted = new CountedPages(gateway);
        var request = Requests.To(gateway.Url, new HttpMethod(method),
            [.. headers, ("Accept-Encoding", Coding), ("If-None-Match", Tag), ("Available-Dictionary", Dictionary), ("Range", Range), ("If-Range", Tag)]);
        var response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((Requests.Html, (long?)Requests.Html.Length), (await response.BytesAsync(), response.SaidLength()));
        Assert.Equal(("\"1\"", "bytes", "x"), (response.Line("ETag"), response.Line("Accept-Ranges"), response.Line("Content-Digest")));
        var sent = gateway.Received.Single().Headers;
        Assert.Equal((Coding, Tag, Range, Tag), (sent.AcceptEncoding.ToString(), sent.IfNoneMatch.ToString(), sent.Range.ToString(), sent.IfRange.ToString()));
        Assert.Equal(Dictionary, sent["Available-Dictionary"]);
        Assert.Empty(counted.Results);
    }

    private static Task<TestGateway> StartAsync(string body) => TestGateway.StartAsync(context =>
    {
        var headers = context.Response.Headers;
        headers.ContentType = "text/html; charset=utf-8";
        (headers.ETag, headers.AcceptRanges, headers["Content-Digest"]) = ("\"1\"", "bytes", "x");
        headers.ContentLength = body.Length;
        return context.Response.WriteAsync(body);
    });
}
