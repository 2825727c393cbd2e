using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The information in the banner, the dialog, the settings page and the policy page, which must be consistent.</summary>
public class LayersTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    [Fact, Requirement(34)]
    public Task The_controller_and_the_purposes_precede_the_buttons_and_every_link_has_a_target() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        var text = await tab.EvaluateAsync<string>($"{Stage.Root}.querySelector('.bar').textContent");
        string[] order = ["Académie d’Exemple asks", "To see which pages are read", "To show videos", "allows them all", "Manage my cookies", "The 2 providers", "Accept all", "Refuse all", "Customise"];
        var places = order.Select(part => text.IndexOf(part, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places.Take(6));
        Assert.Equal("Accept allRefuse allCustomise", text[^29..]);
        Assert.True(places[..6].Max() < text.Length - 29);

        var answers = await tab.EvaluateAsync<string[]>($$"""
            Promise.all([...{{Stage.Root}}.querySelectorAll('a')].map(async link => {
                const answer = await fetch(link.href), page = new DOMParser().parseFromString(await answer.text(), 'text/html');
                return `${answer.status} ${!link.hash || !!page.querySelector(link.hash)}`;
            }))
            """);
        Assert.Equal(["200 true", "200 true"], answers);
    });

    [Fact, Requirement(42)]
    public Task A_purpose_has_the_same_text_in_all_views() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "dialog");
        var words = new Dictionary<string, string[]>
        {
            ["banner"] = await tab.EvaluateAsync<string[]>($"[...{Stage.Root}.querySelectorAll('.bar li')].map(one => one.textContent.replace(' \u2013 ', ': '))"),
            ["dialog"] = await tab.EvaluateAsync<string[]>($"[...{Stage.Root}.querySelectorAll('dialog .group:has(input)')].map(one => one.querySelector('label').textContent + ': ' + one.querySelector('p').textContent)"),
        };
        await tab.GotoAsync(site.Settings("en"));
        words["settings"] = await tab.EvaluateAsync<string[]>("[...document.querySelectorAll('section')].map(one => one.querySelector('h2').textContent + ': ' + one.querySelector('p').textContent)");
        await tab.GotoAsync(site.Policy("en"));
        words["policy"] = await tab.EvaluateAsync<string[]>("[...document.querySelectorAll('.scroll')].map(one => one.previousElementSibling.textContent + ': ' + one.querySelector('caption').textContent)");

        foreach (var purpose in new[] { Notices.Statistics, Notices.Video }.Select(one => $"{one.Title["en"]}: {one.Description["en"]}"))
            Assert.All(words, pair => Assert.Contains(purpose, pair.Value));
    });
}
