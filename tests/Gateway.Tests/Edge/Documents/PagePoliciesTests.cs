using System.Text;
using Gateway.Sites;
using Gateway.Tests.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>How the gateway handles the Content-Security-Policy of a page.</summary>
public class PagePoliciesTests
{
    [Fact, Row("G5", "G6"), Requirement(61)]
    public async Task A_policy_that_blocks_the_script_is_extended_by_its_path_only()
    {
        await using var gateway = await StartAsync("default-src 'none'; style-src 'self'");
        var response = await gateway.NavigateAsync("/");
        var ours = $"http://localhost:{gateway.Url.Port}/_choices/";
        Assert.Equal($"default-src 'none'; style-src 'self'; script-src {ours}", (await Port(gateway)).Line("Content-Security-Policy"));
        Assert.Equal("default-src 'none'; style-src 'self'; script-src http://localhost/_choices/", response.Line("Content-Security-Policy"));
        Assert.Contains(PageInjectionTests.LineOf(gateway), await response.BytesAsync());
    }

    [Fact]
    public async Task The_source_in_a_policy_has_the_public_URL_of_the_site()
    {
        await using var gateway = await StartAsync("script-src 'none'", site => site with { PublicUrl = "https://localhost:8443" });
        Assert.Equal("script-src https://localhost:8443/_choices/", (await gateway.NavigateAsync("/")).Line("Content-Security-Policy"));
    }

    [Fact, Row("G2", "G11")]
    public async Task The_script_element_uses_the_nonce_of_the_page_and_the_policy_is_not_changed()
    {
        const string Policy = "script-src 'nonce-r4nd0m+/==' 'strict-dynamic'";
        await using var gateway = await StartAsync(Policy);
        var response = await gateway.NavigateAsync("/");
        Assert.Equal(Policy, response.Line("Content-Security-Policy"));
        var line = PageInjectionTests.LineOf(gateway).Replace(" data-gateway", " nonce=\"r4nd0m+/==\" data-gateway", StringComparison.Ordinal);
        var body = await response.BytesAsync();
        Assert.Equal(Requests.Html.Replace("<head>", "<head>" + line, StringComparison.Ordinal), body);
        Assert.Equal(body.Length, response.SaidLength());
    }

    [Fact, Row("G3")]
    public async Task A_page_whose_policy_cannot_be_extended_passes_unchanged_and_is_counted()
    {
        const string Policy = "script-src 'strict-dynamic' 'sha256-AAAA='";
        await using var gateway = await StartAsync(Policy);
        using var counted = new CountedPages(gateway);
        var response = await gateway.NavigateAsync("/");
        Assert.Equal((Policy, "\"1\"", "bytes"), (response.Line("Content-Security-Policy"), response.Line("ETag"), response.Line("Accept-Ranges")));
        Assert.Equal(Requests.Html, await response.BytesAsync());
        Assert.Equal(["csp_blocked"], counted.Results);
    }

    [Fact]
    public async Task With_policy_handling_turned_off_no_policy_is_changed()
    {
        await using var gateway = await StartAsync(null, site => site with { ContentSecurityPolicy = PolicyHandling.Keep });
        using var counted = new CountedPages(gateway);
        foreach (var policy in new[] { "script-src 'none'", "script-src 'self'", "script-src 'nonce-n'", "img-src 'none'" })
            Assert.Equal(policy, (await gateway.GetAsync("/", [.. Requests.Navigation, ("X-Policy", policy)])).Line("Content-Security-Policy"));
        Assert.Equal(["csp_blocked", "injected", "injected", "injected"], counted.Results);
    }

    [Fact, Row("G7")]
    public async Task A_report_only_policy_does_not_report_the_script()
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentSecurityPolicyReportOnly = "script-src 'none'; report-uri /r";
            return context.Response.WriteAsync(Requests.Html);
        });
        var response = await gateway.NavigateAsync("/");
        Assert.Equal("script-src http://localhost/_choices/; report-uri /r", response.Line("Content-Security-Policy-Report-Only"));
    }

    [Fact]
    public async Task The_policy_of_a_response_without_the_script_element_is_not_changed()
    {
        await using var gateway = await StartAsync("script-src 'none'");
        foreach (var headers in new[] { Requests.Image, Requests.ByScript })
            Assert.Equal("script-src 'none'", (await gateway.GetAsync("/", headers)).Line("Content-Security-Policy"));
        Assert.Equal("script-src 'none'", (await gateway.NavigateAsync("/text")).Line("Content-Security-Policy"));
    }

    [Fact]
    public async Task A_304_response_has_the_policy_of_its_page()
    {
        await using var gateway = await StartAsync("script-src 'none'");
        var page = await gateway.NavigateAsync("/");
        var update = await gateway.GetAsync("/", [.. Requests.Navigation, ("If-None-Match", page.Line("ETag")!)]);
        Assert.Equal(304, (int)update.StatusCode);
        Assert.Equal(page.Line("Content-Security-Policy"), update.Line("Content-Security-Policy"));
        Assert.Equal(page.Line("ETag"), update.Line("ETag"));
    }

    [Fact]
    public async Task In_a_compressed_page_the_script_element_has_the_nonce()
    {
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.Headers.ContentSecurityPolicy = "script-src 'nonce-n'";
            await context.Response.Body.WriteAsync(Coded.Encode("gzip", Encoding.ASCII.GetBytes(Requests.Html)));
        });
        var response = await gateway.GetAsync("/", [.. Requests.Navigation, ("Accept-Encoding", "gzip")]);
        var page = Coded.Check(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Contains(" nonce=\"n\" data-gateway=\"\"></script>", Encoding.ASCII.GetString(page));
    }

    private static Task<HttpResponseMessage> Port(TestGateway gateway) => gateway.NavigateAsync("/", host: $"localhost:{gateway.Url.Port}");

    private static Task<TestGateway> StartAsync(string? policy, Func<SiteConfig, SiteConfig>? site = null) => TestGateway.StartAsync(
        context =>
        {
            var response = context.Response;
            response.Headers.ContentSecurityPolicy = policy ?? context.Request.Headers["X-Policy"].ToString();
            response.Headers.ETag = "\"1\"";
            response.Headers.AcceptRanges = "bytes";
            if (context.Request.Headers.IfNoneMatch == "\"1\"")
            {
                response.StatusCode = 304;
                return Task.CompletedTask;
            }

            response.ContentType = context.Request.Path == "/text" ? "text/plain" : "text/html; charset=utf-8";
            response.ContentLength = Requests.Html.Length;
            return response.WriteAsync(Requests.Html);
        },
        site);
}
