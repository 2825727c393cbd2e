using System.Text;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Html;

/// <summary>Old pages whose scripts read and change the head work in a browser as before.</summary>
public class OldPagesTests(Browser browser)
{
    private const string Guarded = "() => !!window[Symbol.for('gateway')]";

    private const string Banners = "() => document.querySelectorAll('site-gateway').length";

    /// <summary>Scripts that select the first script, write into the page, and record the tree.</summary>
    private const string Idioms = """
        <!doctype html><html lang=en><head><title>t</title><style>head > :first-child { --first: 1 } head script:first-of-type { --script: 1 }</style>
        <script id=own>
          var first = document.getElementsByTagName('script')[0];
          window.seen = [document.scripts[0].id, document.scripts.length, first.id, first.parentNode.tagName, document.head.outerHTML,
            getComputedStyle(document.head.firstElementChild).getPropertyValue('--first'), getComputedStyle(first).getPropertyValue('--script')];
          var added = document.createElement('script'); added.text = 'window.seen.push("inserted")'; first.parentNode.insertBefore(added, first);
          document.write('<meta name=written>');
        </script></head><body><p>text</p><script>
          document.write('<p id=written>written</p>');
          window.seen.push(document.getElementById('written').outerHTML, document.scripts.length, document.head.outerHTML, document.body.outerHTML);
        </script></body></html>
        """;

    [Theory, Row("E16", "E17")]
    [InlineData("identity")]
    [InlineData("gzip")]
    public async Task Page_scripts_and_styles_that_select_the_first_script_or_child_work_as_before(string coding)
    {
        await using var gateway = await StartAsync(_ => Idioms, coding);
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(Url(gateway, "/bare"));
            Assert.False(await page.EvaluateAsync<bool>(Guarded));
            var before = await page.EvaluateAsync<string>("JSON.stringify(window.seen)");
            await page.GotoAsync(Url(gateway, "/"));
            Assert.True(await page.EvaluateAsync<bool>(Guarded));

            // A spliced page can have white space at the start of its head. The prologue of this page has none.
            Assert.Equal(before, await page.EvaluateAsync<string>("JSON.stringify(window.seen)"));
            Assert.Contains("inserted", before, StringComparison.Ordinal);
        });
    }

    [Theory, Row("E12", "G10")]
    [InlineData("default-src 'none'")]
    [InlineData("default-src 'self'; script-src 'none'; connect-src 'none'")]
    public async Task A_policy_in_a_meta_tag_blocks_neither_the_script_nor_the_choice(string policy)
    {
        await using var gateway = await StartAsync(_ => $"<html lang=en><head><meta http-equiv=Content-Security-Policy content=\"{policy}\"><title>t</title></head><body>x</body></html>");
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(Url(gateway, "/"));
            await Expect(page.Banner()).ToBeVisibleAsync();
            await page.Button("Refuse all").ClickAsync();
            await Expect(page.Control()).ToBeVisibleAsync();
            Assert.NotNull(await page.ConsentAsync());
        });
    }

    [Fact, Row("E13")]
    public async Task A_base_element_with_another_host_affects_neither_the_script_nor_the_choice()
    {
        await using var gateway = await StartAsync(_ => "<html lang=en><head><base href='https://cdn.invalid/x/'><title>t</title></head><body>x</body></html>");
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(Url(gateway, "/"));
            await page.DecideInPlaceAsync(page.Button("Refuse all"));
            Assert.NotNull(await page.ConsentAsync());
        });
    }

    [Fact, Row("E15")]
    public async Task In_a_spliced_page_the_script_uses_the_language_of_the_page()
    {
        await using var gateway = await StartAsync(_ => "<!doctype html>\n<html lang=fr class=old>\n<head>\n<title>t</title></head><body>x</body></html>", "gzip");
        await browser.RunAsync(async page =>
        {
            var response = await page.GotoAsync(Url(gateway, "/"));
            Assert.Equal("gzip", await response!.HeaderValueAsync("content-encoding"));
            await Expect(page.Banner("Cookies : votre choix")).ToBeVisibleAsync();
            Assert.Equal("old", await page.EvaluateAsync<string>("document.documentElement.className"));
        });
    }

    [Fact, Row("E18")]
    public async Task A_page_behind_two_gateways_shows_one_banner()
    {
        await using var inner = await StartAsync(_ => "<!doctype html><html lang=en><head><title>t</title></head><body>x</body></html>", "gzip");
        await using var outer = await TestGateway.StartAsync([TestSites.Library(inner.Url.ToString())], now: DateTimeOffset.UtcNow);
        var (first, tag) = await AskAsync(outer, null);
        Assert.Equal(2, first!.Split(" data-gateway=\"\"></script>").Length - 1);
        Assert.Equal(2, tag!.Split(";g").Length - 1);
        Assert.Equal((null, tag), await AskAsync(outer, tag));
        await browser.RunAsync(async page =>
        {
            var errors = new List<string>();
            page.PageError += (_, error) => errors.Add(error);
            await page.GotoAsync(Url(outer, "/"));
            await page.DecideInPlaceAsync(page.Button("Refuse all"));
            Assert.Equal(1, await page.EvaluateAsync<int>(Banners));
            await page.ReloadAsync();
            await Expect(page.Control()).ToBeVisibleAsync();
            Assert.Equal(1, await page.EvaluateAsync<int>(Banners));
            Assert.Empty(errors);
        });
    }

    [Fact, Row("G12")]
    public async Task The_script_works_on_a_cross_origin_isolated_page()
    {
        await using var gateway = await StartAsync(_ => "<html lang=en><head><title>t</title></head><body>x</body></html>", headers: headers =>
        {
            headers["Cross-Origin-Embedder-Policy"] = "require-corp";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "geolocation=(), camera=()";
            headers["Referrer-Policy"] = "no-referrer";
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
        });
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(Url(gateway, "/"));
            Assert.True(await page.EvaluateAsync<bool>("crossOriginIsolated"));
            await page.DecideInPlaceAsync(page.Button("Refuse all"));
            Assert.NotNull(await page.ConsentAsync());
        });
    }

    [Fact, Row("G13")]
    public async Task After_Clear_Site_Data_the_visitor_is_asked_again()
    {
        await using var gateway = await StartAsync(
            _ => "<html lang=en><head><title>t</title></head><body>x</body></html>", path: "/logout", headers: headers => headers["Clear-Site-Data"] = "\"cookies\"");
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(Url(gateway, "/"));
            await page.DecideInPlaceAsync(page.Button("Refuse all"));
            await page.GotoAsync(Url(gateway, "/logout"));
            await page.GotoAsync(Url(gateway, "/"));
            await Expect(page.Banner()).ToBeVisibleAsync();
            Assert.Null(await page.ConsentAsync());
        });
    }

    private static string Url(TestGateway gateway, string path) => $"http://localhost:{gateway.Url.Port}{path}";

    private static async Task<(string? Body, string? Tag)> AskAsync(TestGateway gateway, string? tag)
    {
        var response = await gateway.GetAsync("/", [.. Requests.Navigation, .. tag is null ? [] : new[] { ("If-None-Match", tag) }]);
        return ((int)response.StatusCode == 304 ? null : await response.BytesAsync(), response.Line("ETag"));
    }

    // As /bare the page passes without the script element. The time is that of the browser, which reads the choice.
    private static Task<TestGateway> StartAsync(Func<string, string> page, string coding = "identity", string? path = null, Action<IHeaderDictionary>? headers = null) =>
        TestGateway.StartAsync(
            async context =>
            {
                var response = context.Response;
                var asked = context.Request.Path.Value!;
                response.Headers.ETag = "\"1\"";
                if (path is null || asked == path)
                    headers?.Invoke(response.Headers);
                if (context.Request.Headers.IfNoneMatch == "\"1\"")
                {
                    response.StatusCode = 304;
                    return;
                }

                var isCoded = coding == "gzip" && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal);
                response.ContentType = "text/html; charset=utf-8";
                response.Headers.CacheControl = asked == "/bare" ? "no-transform" : "no-cache";
                response.Headers.ContentEncoding = isCoded ? "gzip" : default;
                await response.Body.WriteAsync(Coded.Encode(isCoded ? "gzip" : "identity", Encoding.UTF8.GetBytes(page(asked))));
            },
            time: new FakeTimeProvider(DateTimeOffset.UtcNow));
}
