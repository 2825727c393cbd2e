using System.Net;
using System.Text;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>The document in place of a frame that the policy of the page refuses, over sockets.</summary>
public sealed class FrameEndpointTests
{
    private const string Video = "https://player.example.net/embed/1?a=1&b=%22<'#t";

    private const string Own = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'self'";

    private static readonly (string, string)[] InFrame = [("Accept", "text/html"), .. Requests.Fetch("iframe", "navigate", "same-origin"), ("Referer", "http://localhost/articles?id=1")];

    [Fact]
    public async Task Without_consent_there_is_a_placeholder_that_names_the_content_the_provider_and_the_purpose()
    {
        await using var gateway = await StartAsync();
        var answer = await gateway.GetAsync(Address(Video), InFrame);

        answer.Answers(HttpStatusCode.OK);
        AssertIsSafe(answer);
        Assert.Equal([Own], answer.Lines("Content-Security-Policy"));
        var page = await PageAsync(answer);
        Assert.Equal("Content from Film Club is not shown, because you have not allowed it (The statistics).", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(page.QuerySelector("h1")!.TextContent, page.Title);
        Assert.Contains("Function", page.QuerySelector("main p")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Purpose", page.QuerySelector("main p")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Allow: The statistics", page.QuerySelector("button")!.TextContent);
        var settings = page.QuerySelector<IHtmlAnchorElement>("a")!;
        Assert.Equal(("/_choices/?lang=en&return=%2Farticles%3Fid%3D1", "_top"), (settings.GetAttribute("href"), settings.Target));
        Assert.Empty(page.QuerySelectorAll("iframe, noscript"));
        Assert.Empty(gateway.Received);
    }

    [Fact]
    public async Task The_button_allows_the_category_and_the_form_returns_to_the_frame_which_then_is_there()
    {
        await using var gateway = await StartAsync();
        var visitor = new Visitor(gateway);
        var form = (await PageAsync(await visitor.SendAsync(HttpMethod.Get, Address(Video), InFrame))).QuerySelector<IHtmlFormElement>("form")!;
        var fields = string.Join('&', form.QuerySelectorAll<IHtmlInputElement>("input").Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));

        var chosen = await visitor.SendAsync(
            new HttpMethod(form.Method), form.GetAttribute("action")!, [("Sec-Fetch-Site", "same-origin")], new StringContent(fields, Encoding.ASCII, "application/x-www-form-urlencoded"));
        chosen.Answers(HttpStatusCode.SeeOther);
        var back = await visitor.SendAsync(HttpMethod.Get, chosen.Line("Location")!, InFrame);

        back.Answers(HttpStatusCode.OK);
        AssertIsSafe(back);
        Assert.Equal(
            [$"{Own}; frame-src http://player.example.net ws://player.example.net https://*.film.example.net/embed/ wss://*.film.example.net/embed/"], back.Lines("Content-Security-Policy"));
        var page = await PageAsync(back);
        Assert.Equal(Video, page.QuerySelector("script")!.GetAttribute("data-url"));
        Assert.Equal(Video, new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page.QuerySelector("noscript")!.InnerHtml).QuerySelector("iframe")!.GetAttribute("src"));
        Assert.Null(page.QuerySelector("form"));

        // The rest of the table is as before.
        Assert.Equal(["granted=statistics"], await visitor.TickedAsync());
    }

    [Fact]
    public async Task The_document_has_an_embedder_policy_where_the_page_may_have_one_and_nothing_is_lost_by_it()
    {
        await using var gateway = await StartAsync();
        var visitor = new Visitor(gateway);
        Assert.Equal("require-corp", (await visitor.SendAsync(HttpMethod.Get, Address(Video), InFrame)).Line("Cross-Origin-Embedder-Policy"));
        var isolated = await PageAsync(await visitor.SendAsync(HttpMethod.Get, Address(Video) + "&isolated", InFrame));
        Assert.EndsWith("&isolated", isolated.QuerySelector<IHtmlInputElement>("input[name=return]")!.Value, StringComparison.Ordinal);

        await visitor.ChooseAsync("""{"choice":"accept"}""");
        Assert.Null((await visitor.SendAsync(HttpMethod.Get, Address(Video), InFrame)).Line("Cross-Origin-Embedder-Policy"));
        Assert.Equal("require-corp", (await visitor.SendAsync(HttpMethod.Get, Address(Video) + "&isolated", InFrame)).Line("Cross-Origin-Embedder-Policy"));
    }

    [Theory]
    [InlineData("https://player.example.net/")]
    [InlineData("http://player.example.net/a")]
    [InlineData("https://a.film.example.net/embed/1")]
    [InlineData("HTTPS://PLAYER.example.net/")]
    public async Task Every_address_that_the_table_lists_for_frames_has_a_placeholder(string url)
    {
        await using var gateway = await StartAsync();
        (await gateway.GetAsync(Address(url), InFrame)).Answers(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript://player.example.net/%0aalert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("blob:https://player.example.net/1")]
    [InlineData("//player.example.net/")]
    [InlineData("/embed")]
    [InlineData("player.example.net")]
    [InlineData("https:player.example.net")]
    [InlineData("https:/player.example.net/")]
    [InlineData("https:///player.example.net/")]
    [InlineData("https://user@player.example.net/")]
    [InlineData("https://user:pass@player.example.net/")]
    [InlineData("https://player.example.net@evil.test/")]
    [InlineData("https://evil.test\\@player.example.net/")]
    [InlineData("https://player.example.net\\.evil.test/")]
    [InlineData("https://player.example.net/\r\nSet-Cookie: a=1")]
    [InlineData("https://player.example.net/\u0000")]
    [InlineData(" https://player.example.net/")]
    [InlineData("https://player.example.net/ü")]
    [InlineData("https://player.example.net.evil.test/")]
    [InlineData("https://player.example.net:8443/")]
    [InlineData("https://evil.test/")]
    [InlineData("https://film.example.net/embed/1")]
    [InlineData("https://a.film.example.net/other")]
    [InlineData("https://images.example.net/")]
    [InlineData("http://localhost/")]
    [InlineData("ws://player.example.net/")]
    public async Task Any_other_address_is_not_found(string url)
    {
        await using var gateway = await StartAsync();
        var visitor = new Visitor(gateway);
        foreach (var choice in new[] { "refuse", "accept" })
        {
            await visitor.ChooseAsync($$"""{"choice":"{{choice}}"}""");
            var answer = await visitor.SendAsync(HttpMethod.Get, Address(url), InFrame);
            answer.Answers(HttpStatusCode.NotFound);
            Assert.Equal("no-store", answer.Line("Cache-Control"));
            Assert.Empty(answer.SetCookies());
            Assert.Equal("The gateway has no page at this path.\n", await answer.BytesAsync());
        }
    }

    [Theory]
    [InlineData("/_choices/frame")]
    [InlineData("/_choices/frame?url=https%3A%2F%2Fplayer.example.net%2F&url=https%3A%2F%2Fplayer.example.net%2F")]
    [InlineData("/_choices/frame/?url=https%3A%2F%2Fplayer.example.net%2F")]
    public async Task A_request_without_exactly_one_address_is_not_found(string path)
    {
        await using var gateway = await StartAsync();
        (await gateway.GetAsync(path, InFrame)).Answers(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_address_to_which_the_form_could_not_return_is_not_found()
    {
        await using var gateway = await StartAsync();
        (await gateway.GetAsync(Address("https://player.example.net/" + new string('a', 1773)), InFrame)).Answers(HttpStatusCode.OK);
        (await gateway.GetAsync(Address("https://player.example.net/" + new string('%', 1773)), InFrame)).Answers(HttpStatusCode.NotFound);
        (await gateway.GetAsync(Address("https://player.example.net/" + new string('a', 3000)), InFrame)).Answers(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("observe")]
    public async Task Where_third_parties_are_not_held_back_there_is_no_such_page(string mode)
    {
        await using var gateway = await StartAsync(site => site with { ThirdParties = Enum.Parse<ThirdPartyMode>(mode, ignoreCase: true) });
        (await gateway.GetAsync(Address(Video), InFrame)).Answers(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_a_signal_of_the_browser_withdraws_cannot_be_allowed()
    {
        await using var gateway = await StartAsync();
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync("""{"choice":"accept"}""");

        var answer = await visitor.SendAsync(HttpMethod.Get, Address("https://ads.example.net/"), [.. InFrame, ("Sec-GPC", "1")]);
        var page = await PageAsync(answer);
        Assert.Equal([Own], answer.Lines("Content-Security-Policy"));
        Assert.Equal("Ad Exchange", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Global Privacy Control", page.QuerySelector("main p")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("form, iframe, noscript"));
        Assert.Single((await PageAsync(await visitor.SendAsync(HttpMethod.Get, Address("https://ads.example.net/"), InFrame))).QuerySelectorAll("noscript"));
    }

    [Fact]
    public async Task The_page_is_in_the_language_that_was_asked_for_else_in_that_of_the_page_else_in_that_of_the_browser()
    {
        await using var gateway = await StartAsync(site => site with { PageLanguage = new Dictionary<string, string> { ["/fr/"] = "fr" } });

        Assert.Equal("fr", await LanguageAsync(Address(Video) + "&lang=fr", InFrame));
        Assert.Equal("en", await LanguageAsync(Address(Video) + "&lang=%22%3E%3Cscript%3E", InFrame));
        Assert.Equal("fr", await LanguageAsync(Address(Video), [("Referer", "http://localhost/fr/a")]));
        Assert.Equal("fr", await LanguageAsync(Address(Video), [("Accept-Language", "fr")]));

        async Task<string> LanguageAsync(string path, IEnumerable<(string, string)> headers)
        {
            var page = await PageAsync(await gateway.GetAsync(path, headers));
            Assert.Contains($"&lang={page.DocumentElement.GetAttribute("lang")}", page.QuerySelector<IHtmlInputElement>("input[name=return]")!.Value, StringComparison.Ordinal);
            return page.DocumentElement.GetAttribute("lang")!;
        }
    }

    [Fact]
    public async Task Its_files_are_immutable_and_an_older_name_leads_to_the_current_file()
    {
        await using var gateway = await StartAsync();
        var page = await PageAsync(await gateway.GetAsync(Address(Video), InFrame));
        foreach (var (path, type) in new[] { (page.QuerySelector("script")!.GetAttribute("src")!, "text/javascript"), (page.QuerySelector("link")!.GetAttribute("href")!, "text/css") })
        {
            var current = await gateway.GetAsync(path);
            Assert.Equal(("public, max-age=31536000, immutable", type + "; charset=utf-8"), (current.Line("Cache-Control"), current.Line("Content-Type")));
            var older = await gateway.GetAsync("/_choices/0123456789abcdef" + path[path.IndexOf('.', StringComparison.Ordinal)..]);
            Assert.Equal("no-store", older.Line("Cache-Control"));
            Assert.Equal(await current.BytesAsync(), await older.BytesAsync());
        }
    }

    private static void AssertIsSafe(HttpResponseMessage answer)
    {
        Assert.Equal("no-store", answer.Line("Cache-Control"));
        Assert.Equal("SAMEORIGIN", answer.Line("X-Frame-Options"));
        Assert.Equal("nosniff", answer.Line("X-Content-Type-Options"));
        Assert.Equal("text/html; charset=utf-8", answer.Line("Content-Type"));
        Assert.Empty(answer.SetCookies());
    }

    private static string Address(string url) => "/_choices/frame?url=" + Uri.EscapeDataString(url);

    private static async Task<IDocument> PageAsync(HttpResponseMessage answer)
    {
        answer.Answers(HttpStatusCode.OK);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return await BrowsingContext.New().OpenAsync(page => page.Content(html), TestContext.Current.CancellationToken);
    }

    private static Task<TestGateway> StartAsync(Func<SiteConfig, SiteConfig>? change = null) => TestGateway.StartAsync(_ => Task.CompletedTask, site =>
    {
        var library = site with
        {
            ThirdParties = ThirdPartyMode.Enforce,
            Cookies =
            [
                .. site.Cookies,
                Host("statistics", "player.example.net", "https://*.film.example.net/embed/") with { Provider = "Film Club", Uses = [HostUse.Frame, HostUse.Script] },
                Host("statistics", "images.example.net") with { Uses = [HostUse.Image] },
                Host("advertising", "ads.example.net") with { Provider = "Ad Exchange", SaleOrShare = true },
            ],
        };
        return change is null ? library : change(library);
    });

    private static CookieEntry Host(string category, params string[] names) => TestSites.Entry(Table.Asked(category, names) with { Kind = EntryKind.Host });
}
