using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Texts;

/// <summary>The configured language of pages whose <c>lang</c> attribute is wrong.</summary>
public class PageLanguageInBrowserTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private static readonly (string Path, string Language)[] Pages = [("/", "de"), ("/books/fr/", "de"), ("/fr/", "fr"), ("/fr", "fr"), ("/fr/books", "fr"), ("/french", "de")];

    [Theory, MemberData(nameof(Names)), Requirement(33, 55)]
    public Task The_configured_language_of_a_page_replaces_its_lang_attribute(string name) => RunAsync(
        name,
        MeasuredTables.Full("en", "fr", "de") with { PageLanguage = new Dictionary<string, string> { ["/"] = "de", ["/fr/"] = "fr" } },
        async (tab, site) =>
        {
            foreach (var (path, language) in Pages)
            {
                await tab.GotoAsync(site.Page("lang=en", path));
                await tab.UntilAsync($"{Stage.Root}.querySelector('.bar')?.checkVisibility()");
                Assert.Equal("en", await tab.EvaluateAsync<string>("document.documentElement.lang"));
                Assert.Equal(
                    (path, language, language == "fr" ? "Tout refuser" : "Alle ablehnen"),
                    (path, await tab.EvaluateAsync<string>($"{Stage.Root}.querySelector('.all').lang"), await tab.EvaluateAsync<string>($"{Stage.ButtonPairs}[1].textContent")));
            }
        });
}
