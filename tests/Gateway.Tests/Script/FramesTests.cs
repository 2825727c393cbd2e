using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>Pages with frames: the guard runs in every frame, and one banner is shown.</summary>
public class FramesTests(Browser browser)
{
    private const string Guarded = "() => !!window[Symbol.for('gateway')]";

    private const string Banners = "() => document.querySelectorAll('site-gateway').length";

    [Fact, Row("E8")]
    public async Task In_a_frameset_the_largest_frame_shows_the_banner()
    {
        await using var gateway = await StartAsync("<html><head><title>t</title></head><frameset cols=20%,80%><frame src=/menu name=menu><frameset rows=30%,70%><frame src=/top name=above><frame src=/main name=main></frameset></frameset></html>");
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync($"http://localhost:{gateway.Url.Port}/");
            await Assertions.Expect(page.Frame("main")!.GetByRole(AriaRole.Button, new() { Name = "Refuse all" })).ToBeVisibleAsync();
            Assert.Equal(("main", 1), await WhereAsync(page));
            foreach (var frame in page.Frames)
                Assert.True(await frame.EvaluateAsync<bool>(Guarded));

            // After a navigation, the same frame is still the largest and shows the banner again.
            await page.Frame("main")!.GotoAsync($"http://localhost:{gateway.Url.Port}/other");
            await Assertions.Expect(page.Frame("main")!.GetByRole(AriaRole.Button, new() { Name = "Refuse all" })).ToBeVisibleAsync();
            Assert.Equal(("main", 1), await WhereAsync(page));
        });
    }

    [Fact]
    public async Task In_nested_framesets_the_largest_frame_without_frames_shows_the_banner()
    {
        await using var gateway = await StartAsync("<html><head></head><frameset rows=10%,90%><frame src=/small name=small><frame src=/frames name=inner></frameset></html>");
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync($"http://localhost:{gateway.Url.Port}/");
            await Assertions.Expect(page.Frame("right")!.GetByRole(AriaRole.Button, new() { Name = "Refuse all" })).ToBeVisibleAsync();
            Assert.Equal(("right", 1), await WhereAsync(page));
        });
    }

    [Fact]
    public async Task A_page_with_an_iframe_shows_the_banner_outside_the_iframe()
    {
        await using var gateway = await StartAsync("<html><head></head><body><p>page</p><iframe src=/inner name=inner width=2000 height=2000></iframe></body></html>");
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync($"http://localhost:{gateway.Url.Port}/");
            await Assertions.Expect(page.Banner()).ToBeVisibleAsync();
            Assert.Equal(("", 1), await WhereAsync(page));
            Assert.True(await page.Frame("inner")!.EvaluateAsync<bool>(Guarded));
        });
    }

    /// <summary>The name of the frame that shows the banner, and the number of banners.</summary>
    private static async Task<(string Name, int Count)> WhereAsync(IPage page)
    {
        var (name, count) = ("", 0);
        foreach (var frame in page.Frames)
        {
            if (await frame.EvaluateAsync<int>(Banners) is var banners and > 0)
                (name, count) = (frame.Name, count + banners);
        }

        return (name, count);
    }

    private static Task<TestGateway> StartAsync(string page) => TestGateway.StartAsync(context =>
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(context.Request.Path.Value switch
        {
            "/" => page,
            "/frames" => "<html><head></head><frameset cols=30%,70%><frame src=/l name=left><frame src=/r name=right></frameset></html>",
            var other => $"<html lang=en><head><title>{other}</title></head><body><p>{other}</p></body></html>",
        });
    });
}
