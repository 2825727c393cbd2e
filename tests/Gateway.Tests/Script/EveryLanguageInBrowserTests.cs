using Gateway.Sites;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Gateway.Tests.Texts;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>
/// Every view in every language, on narrow and wide screens: no text is cut off or missing, no target is too small, the structure is the same,
/// and the accept and refuse buttons look alike. One page load shows a language in both layers. One evaluation measures a whole screen.
/// </summary>
public class EveryLanguageInBrowserTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private static readonly (int Width, int Height)[] Screens = [(360, 640), (320, 256), (1280, 720)];

    private static readonly string[] InFirefox = ["ar", "bg", "de", "el", "fi", "hu", "mt"];

    /// <summary>Simulates Global Privacy Control. The site sells or shares the video cookies, so the dialog must mention the signal.</summary>
    private const string Signal = "() => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })";

    private const string Dialog = $"{Stage.Root}.querySelector('dialog')", Said = $"{Stage.Root}.querySelector('.said.on')";

    /// <summary>Sites that need no consent, and a preview, which shows a note.</summary>
    private static readonly IReadOnlyDictionary<string, SiteNotice> Others = new Dictionary<string, SiteNotice>
    {
        ["exempt only"] = Notices.Reference.Speaking(Languages.Supported),
        ["objection only"] = Notices.Of([.. Notices.Necessary, Notices.Audience]).Speaking(Languages.Supported),
        ["preview"] = (Notices.Full with { Showing = Showing.Test }).Speaking(Languages.Supported),
    };

    // The element structure of the banner and the dialog. It must be the same in every language.
    private const string Shape = $"[...{Stage.Root}.querySelectorAll('.bar *, dialog *')].map(node => node.localName + '.' + node.className).join(' ')";

    public static TheoryData<string> Supported => TranslationsTests.Supported;

    [Theory, MemberData(nameof(Supported)), Requirement(18, 33, 54, 55)]
    public Task In_each_language_no_text_is_cut_off_or_missing_and_both_buttons_look_alike(string language) => InChromiumAsync(Selling(language), async (tab, site) =>
    {
        await tab.AtStartAsync(Signal);
        List<string> shapes = [];
        foreach (var shown in site.Config.Languages.Reverse())
        {
            await tab.ShowAsync(site, "dialog", shown);
            shapes.Add(await tab.EvaluateAsync<string>(Shape));
        }

        Assert.Equal(shapes[0], shapes[1]);
        Assert.Equal([language, language == "ar" ? "rtl" : "ltr"], await tab.EvaluateAsync<string[]>($"(all => [all.lang, all.dir])({Stage.Root}.querySelector('.all'))"));
        Assert.Contains("Global Privacy Control", await tab.EvaluateAsync<string>($"{Dialog}.textContent"), StringComparison.Ordinal);
        await CheckAsync(tab, language, "dialog", "dialog", "banner");

        await AnswerAsync(tab, 500);
        await PressAsync(tab, Dialog, $"{Dialog}.querySelector('.note a')");
        await CheckAsync(tab, language, "dialog, not taken");
        await CloseAsync(tab);
        await CheckAsync(tab, language, "banner");
        await PressAsync(tab, Stage.Root, $"{Stage.Root}.querySelector('.bar .note a')");
        await CheckAsync(tab, language, "banner, not taken");
        await AnswerAsync(tab, 204);
        await PressAsync(tab, Stage.Root, Said);
        await CheckAsync(tab, language, "not kept");

        await tab.Page.UnrouteAllAsync();
        await tab.ShowAsync(site, "banner", language);
        // Something was held back and something was typed: only then is there a page to load again, and a reason not to.
        await tab.EvaluateAsync<bool>("(document.cookie = '_ga=1', document.body.dispatchEvent(new InputEvent('input', { bubbles: true })))");
        await tab.ChooseAsync(accepts: true);
        Assert.True(await tab.EvaluateAsync<bool>($"{Said}.querySelector('button').checkVisibility()"));
        await CheckAsync(tab, language, "from the next page on");
        await tab.ChooseAsync(accepts: false);
        await CheckAsync(tab, language, "saved");
        foreach (var page in new[] { site.Settings(language), site.Policy(language) })
        {
            await tab.GotoAsync(page);
            Assert.Equal(language, await tab.EvaluateAsync<string>("document.documentElement.lang"));
            await CheckAsync(tab, language, page, page == site.Settings(language) ? ["settings"] : []);
        }
    });

    /// <remarks>Both browsers show the same texts. Firefox checks only the longest texts, right-to-left text, and other scripts.</remarks>
    [Fact, Requirement(18, 33, 54)]
    public Task In_Firefox_no_text_is_cut_off_or_missing_and_both_buttons_look_alike() => InFirefoxAsync(MeasuredTables.Full(InFirefox), async (tab, site) =>
    {
        foreach (var language in InFirefox)
        {
            await tab.ShowAsync(site, "dialog", language);
            Assert.Equal(language, await tab.EvaluateAsync<string>($"{Stage.Root}.querySelector('.all').lang"));
            await CheckAsync(tab, language, "dialog", "dialog", "banner");
            await CloseAsync(tab);
            await CheckAsync(tab, language, "banner");
        }
    });

    [Fact, Requirement(18, 33, 54)]
    public async Task No_text_is_cut_off_or_missing_on_sites_that_need_no_consent_and_in_a_preview()
    {
        foreach (var (name, notice) in Others)
        {
            await using var server = await PageServer.StartAsync(notice);
            await InChromiumAsync(async tab =>
            {
                foreach (var language in Languages.Supported)
                {
                    server.HtmlTag = $"<html lang={language}>";
                    await tab.GotoAsync(server.Url);
                    await tab.UntilAsync($"{Stage.Root}.querySelector('.all').lang === '{language}'");
                    await CheckAsync(tab, language, name);
                    if (name == "exempt only")
                        continue;
                    await tab.OpenDialogAsync();
                    await tab.EvaluateAsync<int>($"({Stage.Root}.querySelectorAll('details').forEach(one => one.open = true), 0)");
                    await CheckAsync(tab, language, $"{name}, dialog");
                }
            });
        }
    }

    [Fact]
    public Task The_check_detects_text_that_is_cut_off_missing_or_off_screen() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        Assert.Empty(await TextFaults.FaultsAsync(tab));
        foreach (var (what, fault) in new[] { ("width = '40px'; one.style.flex = 'none'", "cut"), ("fontSize = '0'", "missing"), ("position = 'fixed'; one.style.left = '-90px'", "off") })
        {
            await tab.ShowAsync(site, "banner");
            await tab.EvaluateAsync<int>($"(one => {{ one.style.whiteSpace = 'nowrap'; one.style.{what}; return 0 }})({Stage.Root}.querySelector('.bar .choice'))");
            Assert.Contains(await TextFaults.FaultsAsync(tab), one => one.StartsWith(fault, StringComparison.Ordinal));
        }
    });

    private static SiteConfig Selling(string language)
    {
        var full = MeasuredTables.Full([language, language == "en" ? "fr" : "en"]);
        return full with { Cookies = [.. full.Cookies.Select(entry => entry.Category == "video" ? entry with { SaleOrShare = true } : entry)] };
    }

    // Replaces the gateway's answer to a choice: an error, or 204 without a cookie, as if the browser had not kept the cookie.
    private static async Task AnswerAsync(ChromiumTab tab, int status)
    {
        await tab.Page.UnrouteAllAsync();
        await tab.Page.RouteAsync("**/choice", route => route.FulfillAsync(new() { Status = status }));
    }

    private static async Task PressAsync(ChromiumTab tab, string layer, string until)
    {
        await tab.PressOnAsync($"{layer}.querySelector('.choice')");
        await tab.UntilAsync(until);
    }

    private static Task CloseAsync(ITab tab) => tab.EvaluateAsync<int>($"({Dialog}.close(), 0)");

    private static async Task CheckAsync(ITab tab, string language, string view, params string[] twins)
    {
        foreach (var (width, height) in Screens)
        {
            await tab.ResizeAsync(width, height);
            Nothing(await tab.EvaluateAsync<string[]>($"[...{TextFaults.Faults}, ...{TargetSizes.TooSmall}, ...{EqualButtonsTests.Differences(twins)}]"), language, view, width);
        }
    }
}
