using Gateway.Cookies;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>How much of the window and of the visitor's time the banner takes, with three purposes in the gateway's own words.</summary>
public sealed class BannerSizeTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private static readonly SiteNotice Notice = Notices.Of(
        [.. Notices.Necessary, Notices.Ga with { Category = "statistics" }, Notices.VideoCookie with { Category = "video" }, Notices.Ga with { Names = ["ad"], Category = "advertising" }]) with
    {
        Controller = new() { Name = "Example Library", Contact = "library@example.org" },
        Asked = [new() { Id = "statistics" }, new() { Id = "video" }, new() { Id = "advertising" }],
    };

    [Fact]
    public Task In_each_language_the_banner_covers_at_most_30_percent_of_a_window_and_shows_all_purposes_on_a_phone() => InChromiumAsync(async tab =>
    {
        await using var server = await PageServer.StartAsync(Notice.Speaking(Languages.Supported));
        List<string> faults = [];
        foreach (var language in Languages.Supported)
        {
            server.HtmlTag = $"<html lang={language}>";
            await tab.ResizeAsync(1280, 720);
            await tab.GotoAsync(server.Url);
            await tab.UntilAsync($"{Stage.Root}.querySelector('.all').lang === '{language}'");
            var share = await tab.EvaluateAsync<double>($"(box => 100 * box.width * box.height / 1280 / 720)({Stage.Root}.querySelector('.bar').getBoundingClientRect())");
            if (share > 30)
                faults.Add($"{language}: {share:F1} %");

            await tab.ResizeAsync(360, 640);
            faults.AddRange(await tab.EvaluateAsync<string[]>($$"""
                (root => [...root.querySelectorAll('.bar strong')].map(one => one.textContent)
                    .filter(name => !root.querySelector('.names').textContent.includes(name)
                        || root.querySelector('.names').getBoundingClientRect().bottom > root.querySelector('.text').getBoundingClientRect().bottom)
                    .map(name => '{{language}}, 360 x 640: ' + name))({{Stage.Root}})
                """));
        }

        Nothing(faults);
    });

    [Fact]
    public Task In_English_the_text_has_about_60_words() => InChromiumAsync(async tab =>
    {
        await using var server = await PageServer.StartAsync(Notice.Speaking("en"));
        await tab.GotoAsync(server.Url);
        Assert.InRange(await tab.EvaluateAsync<int>($"[...{Stage.Root}.querySelectorAll('.text h2, .text p:not(.names), .text li')].map(one => one.textContent).join(' ').match(/[\\p{{L}}\\d]+/gu).length"), 30, 75);
    });
}
