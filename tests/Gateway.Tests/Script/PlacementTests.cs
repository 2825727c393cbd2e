using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The position of the banner on large and small screens. The banner must never block the page.</summary>
public sealed class PlacementTests(Browser browser)
{
    private const string Bar = "site-gateway .bar";
    private const string Text = "site-gateway .bar .text";

    private static readonly (int Width, int Height)[] Sizes = [(1280, 800), (768, 1024), (360, 640), (320, 256)];

    // A long page with many links, including two fixed links at positions where the banner can be.
    private static readonly string Long = "<style>a { display: inline-block; margin: 9px } #fixed { position: fixed; inset: auto auto 40px 50% } #above { position: fixed; inset: 40px auto auto 50% }</style>"
        + "<a id=fixed href=/f>Fixed</a><a id=above href=/g>Above</a>"
        + string.Concat(Enumerable.Range(0, 16).Select(i => $"<p style='margin-bottom: 60px'><a href='/{i}'>Link {i}</a> <button style='float: right'>Button</button></p>"));

    public static TheoryData<string> Positions => [.. Enum.GetNames<BannerPosition>()];

    [Theory]
    [MemberData(nameof(Positions))]
    public Task Both_buttons_are_equal_and_visible_and_the_banner_covers_at_most_half_of_the_window(string position) => RunAsync(position, async (page, _) =>
    {
        foreach (var (width, height) in Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            var bar = (await page.Locator(Bar).BoundingBoxAsync())!;
            var twins = await TwinsAsync(page);
            Assert.Equal((twins[0].Width, twins[0].Height), (twins[1].Width, twins[1].Height));
            Assert.All(twins, twin =>
            {
                Assert.True(twin.Height >= 44);
                Assert.InRange(twin.Y, bar.Y, bar.Y + bar.Height - twin.Height);
                Assert.InRange(twin.X, bar.X, bar.X + bar.Width - twin.Width);
            });
            Assert.InRange(bar.Width * bar.Height, 1, width * height / 2.0);
            Assert.InRange(bar.X, 0, width - bar.Width);
            Assert.InRange(bar.Y, 0, height - bar.Height);
            Assert.Equal(0, await page.Locator(Bar).EvaluateAsync<int>("e => e.scrollWidth - e.clientWidth"));
        }
    });

    [Theory]
    [InlineData("Bottom", "788 end")]
    [InlineData("Top", "12 start")]
    [InlineData("Centre", "400 middle")]
    public Task The_banner_is_at_the_configured_position(string position, string edge) => RunAsync(position, async (page, _) =>
    {
        await page.SetViewportSizeAsync(1280, 800);
        var bar = (await page.Locator(Bar).BoundingBoxAsync())!;
        Assert.Equal(640, bar.X + bar.Width / 2);
        Assert.Equal(edge, position switch
        {
            "Bottom" => $"{bar.Y + bar.Height} end",
            "Top" => $"{bar.Y} start",
            _ => $"{Math.Round(bar.Y + bar.Height / 2)} middle",
        });
    });

    [Fact]
    public Task The_page_has_scroll_padding_while_the_banner_is_shown() => RunAsync("Bottom", async (page, _) =>
    {
        const string Room = "getComputedStyle(document.documentElement).scrollPaddingBottom";
        await page.WaitForFunctionAsync($"parseFloat({Room}) > 100");
        await page.Locator(Bar).GetByText("Refuse all", new() { Exact = true }).ClickAsync();

        await page.WaitForFunctionAsync($"{Room} === 'auto'");
    });

    // A modal dialog makes everything else inert. A banner above the dialog would be visible but unusable.
    [Fact]
    public Task A_modal_dialog_of_the_page_is_above_the_banner() => RunAsync("Centre", async (page, _) =>
    {
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        var bar = (await page.Locator(Bar).BoundingBoxAsync())!;
        Assert.Equal(255, await DarkestAsync(page, bar.Y + 20, 60));
        await page.GetByText("Close it").ClickAsync();
        Assert.InRange(await DarkestAsync(page, bar.Y + 20, 60), 0, 80);
    }, "<dialog id=own style='box-sizing: border-box; border: 0; max-width: none; max-height: none; width: 100%; height: 100%; background: red; text-align: end'><button onclick=own.close()>Close it</button></dialog><script>own.showModal()</script>");

    // WCAG 2.2, success criterion 2.4.11: with Tab from the start, and with Shift+Tab from the end of the page.
    [Theory]
    [MemberData(nameof(Positions))]
    public Task The_focused_element_is_never_completely_covered(string position) => RunAsync(position, async (page, _) =>
    {
        foreach (var (width, height) in Sizes[1..])
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var key in new[] { "Tab", "Shift+Tab" })
            {
                var seen = 0;
                for (var i = 0; i < 36; i++)
                {
                    await page.Keyboard.PressAsync(key);
                    var covered = await page.EvaluateAsync<string?>("""
                        async () => {
                          for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
                          const on = document.activeElement;
                          if (on === document.body || on.localName === 'site-gateway') return null;
                          const { left, right, top, bottom } = on.getBoundingClientRect();
                          const bar = document.querySelector('site-gateway').shadowRoot.querySelector('.bar').getBoundingClientRect();
                          const hidden = bar.left <= left && bar.right >= right && bar.top <= top && bar.bottom >= bottom;
                          return (hidden || bottom <= 0 || top >= innerHeight ? 'covered: ' : 'seen: ') + on.textContent;
                        }
                        """);
                    Assert.False(covered?.StartsWith("covered", StringComparison.Ordinal) is true, $"{position} {width} {key} {i} {covered}");
                    seen += covered is null ? 0 : 1;
                }

                Assert.InRange(seen, 25, 36);
                if (key == "Tab")
                    await page.EvaluateAsync("() => { const all = document.querySelectorAll('button'); all[all.length - 1].focus() }");
            }
        }
    }, Long);

    [Theory]
    [MemberData(nameof(Positions))]
    public Task The_page_scrolls_and_its_links_work_while_the_banner_is_shown(string position) => RunAsync(position, async (page, server) =>
    {
        await page.SetViewportSizeAsync(360, 640);
        await page.Mouse.MoveAsync(180, position == "Top" ? 620 : 20);
        await page.Mouse.WheelAsync(0, 300);
        await page.WaitForFunctionAsync("() => scrollY === 300");
        await page.Mouse.ClickAsync(180, position == "Top" ? 620 : 20);
        await page.GetByText("Link 8", new() { Exact = true }).ClickAsync();
        await page.WaitForURLAsync(server.Url + "8");
        Assert.True(await page.Locator(Bar).IsVisibleAsync());
    }, Long);

    /// <summary>Content that does not fit into the banner can be reached by mouse, touch and keyboard.</summary>
    [Theory]
    [InlineData(360, 640, "")]
    [InlineData(320, 256, "")]
    [InlineData(320, 256, "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }")]
    [InlineData(1280, 800, "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }")]
    public Task All_content_of_the_banner_can_be_reached(int width, int height, string spacing) => RunAsync("Bottom", async (page, _) =>
    {
        await page.SetViewportSizeAsync(width, height);
        await page.EvaluateAsync("""
            css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
                     const root = document.querySelector('site-gateway').shadowRoot; root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet] }
            """, spacing);
        var scrolls = await page.Locator(Text).EvaluateAsync<int>("async e => { await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame); return e.scrollHeight - e.clientHeight }");
        Assert.True(width == 1280 || scrolls > 0);
        Assert.Equal(scrolls > 0 ? 0 : -1, await page.Locator(Text).EvaluateAsync<int>("e => e.tabIndex"));

        if (scrolls > 0)
        {
            // Keyboard: the region takes the focus, has a name, and scrolls to its end with the End key.
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("ask", await page.EvaluateAsync<string>("() => document.querySelector('site-gateway').shadowRoot.activeElement.getAttribute('aria-labelledby')"));
            await page.Keyboard.PressAsync("End");
            await page.WaitForFunctionAsync("() => { const e = document.querySelector('site-gateway').shadowRoot.querySelector('.text'); return e.scrollTop + e.clientHeight >= e.scrollHeight - 1 }");
        }

        // Touch: after scrolling to a part, a tap reaches the part, and its text is not cut off.
        foreach (var part in await page.Locator($"{Bar} h2, {Bar} p:not(:empty, .names), {Bar} li, {Bar} a, {Bar} button").AllAsync())
        {
            Assert.True(await part.EvaluateAsync<bool>("""
                e => {
                  e.scrollIntoView({ block: 'start' });
                  if (e.closest('.text')) e.closest('.text').scrollTop = Math.max(0, e.offsetTop - 4);
                  const { left, right, top, bottom, width } = e.getBoundingClientRect();
                  const at = e.getRootNode().elementFromPoint(left + Math.min(width / 2, 20), top + Math.min(8, (bottom - top) / 2));
                  return e.contains(at) && left >= 0 && right <= innerWidth && e.scrollWidth <= e.clientWidth + 1 | getComputedStyle(e).display === 'inline';
                }
                """), await part.InnerTextAsync());
        }
    });

    // At every scroll position, text directly above the buttons is lighter than text further up.
    [Fact]
    public Task Text_that_continues_below_the_visible_area_fades_out_above_the_buttons() => RunAsync("Bottom", async (page, _) =>
    {
        await page.SetViewportSizeAsync(360, 640);
        var actions = (await page.Locator(Bar + " .actions").BoundingBoxAsync())!;
        var (near, far) = (255, 255);
        for (var top = 0; top < 24; top += 3)
        {
            await page.Locator(Bar).EvaluateAsync("(e, top) => { e.scrollTop = top }", top);
            near = Math.Min(near, await DarkestAsync(page, actions.Y - 3, 2));
            far = Math.Min(far, await DarkestAsync(page, actions.Y - 60, 40));
        }

        Assert.InRange(far, 0, 80);
        Assert.InRange(near, 150, 255);
    });

    /// <summary>The lowest red value (0 to 255) in rows of the banner's text.</summary>
    private static async Task<int> DarkestAsync(IPage page, float y, int rows)
    {
        var png = await page.ScreenshotAsync(new() { Clip = new() { X = 60, Y = MathF.Round(y), Width = 220, Height = rows } });
        return await page.EvaluateAsync<int>("""
            async png => {
              const image = await createImageBitmap(new Blob([Uint8Array.from(atob(png), c => c.charCodeAt(0))]));
              const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
              context.drawImage(image, 0, 0);
              return Math.min(...context.getImageData(0, 0, image.width, image.height).data.filter((_, i) => i % 4 === 0));
            }
            """, Convert.ToBase64String(png));
    }

    private Task RunAsync(string position, Func<IPage, PageServer, Task> test, string? body = null) =>
        PageServer.RunAsync(browser, Notices.Full with { Banner = new() { Position = Enum.Parse<BannerPosition>(position) } }, async (page, server) =>
        {
            server.Body = body ?? server.Body;
            await page.GotoAsync(server.Url);
            await test(page, server);
        });

    private static async Task<LocatorBoundingBoxResult[]> TwinsAsync(IPage page) =>
        [.. await Task.WhenAll((await page.Locator(Bar + " .choice").AllAsync()).Select(async twin => (await twin.BoundingBoxAsync())!))];
}
