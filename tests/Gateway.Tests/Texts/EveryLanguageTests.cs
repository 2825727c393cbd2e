using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Gateway.Cookies;
using Gateway.Pages;
using Gateway.Script;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Texts;

/// <summary>All texts that visitors can see, in each language.</summary>
public sealed partial class EveryLanguageTests
{
    /// <summary>A notice with each standard category, and with every kind of entry, exemption and duration.</summary>
    private static readonly SiteNotice Everything = Notices.Of(
        [
            .. Notices.Full.Entries,
            .. Category.Standard.Select(id => Notices.Ga with { Names = [id], Category = id }),
            .. Enum.GetValues<DurationUnit>().Select(unit => Notices.Ga with { Names = [$"{unit}"], Duration = new Duration(2, unit) }),
            .. Enum.GetValues<ExemptionReason>().Where(reason => reason != ExemptionReason.Audience)
                .Select(reason => Notices.Necessary[0] with { Names = [$"{reason}"], Exemption = new() { Reason = reason } }),
        ],
        new() { Domain = "example.org" }) with
    { Asked = [.. Category.Standard.Select(id => new Category { Id = id })] };

    private static readonly SiteNotice[] Sites =
        [Everything, Notices.Full, Notices.Reference, Notices.Of([]), Notices.Of([Notices.Audience]), Notices.Full with { IsEnforced = false }, Notices.Full with { Hosts = ["*"] }];

    public static TheoryData<string> Supported => TranslationsTests.Supported;

    [Theory]
    [MemberData(nameof(Supported))]
    public void Every_text_of_the_pages_is_complete_in_every_language(string language)
    {
        foreach (var site in Sites.Select(site => site.Speaking(language, language == "en" ? "fr" : "en")))
        {
            Check(PolicyPage.Render(site, language), language);
            Check(SettingsPage.Render(site, site.Rules.Undecided, language, "/page", saved: true), language);
            Check(SettingsPage.Render(site, Notices.State(site, true, [.. site.Asked.Select((category, i) => (category.Id, i % 2 == 0))]), language, null), language);
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Every_text_of_the_script_is_complete_in_every_language(string language)
    {
        foreach (var site in Sites.Select(site => site.Speaking(language)))
        {
            using var data = JsonDocument.Parse(ScriptData.Write(new ScriptFeatures(site), ScriptModules.Of(new ScriptFeatures(site)).Texts, ScriptModules.Of(new ScriptFeatures(site)).Dialogs));
            var texts = data.RootElement.GetProperty(BuiltScript.NameOf("texts")).GetProperty(language);
            Assert.Equal(Translations.For(language)["choice.refuse"], texts.GetProperty(BuiltScript.NameOf("refuse")).GetString());
            Assert.All(Strings(texts), text => CheckText(text));
        }
    }

    [Fact]
    public void Standard_categories_have_built_in_texts_in_every_language()
    {
        var groups = TableGroup.Of(Everything.Speaking("fr"), "fr");

        Assert.Equal(
            ["Préférences", "Statistiques", "Vidéos", "Cartes", "Réseaux sociaux", "Publicité"],
            groups.Where(group => group.Basis == GroupBasis.Consent).Select(group => group.Title));
        Assert.Equal(Translations.For("fr")["category.maps.text"], groups.Single(group => group.Id == "maps").Text);
    }

    [Fact]
    public void Texts_of_the_operator_replace_those_of_a_standard_category() => Assert.Equal(
        ["Statistics", "To see which pages are read, so that they can be improved."],
        TableGroup.Of(Notices.Of([Notices.Ga]), "en") is [var group] ? [group.Title, group.Text] : []);

    [Fact]
    public void A_missing_text_of_the_operator_is_not_shown_in_another_language() =>
        Assert.Throws<KeyNotFoundException>(() => PolicyPage.Render(Notices.Full with { Languages = ["en", "fr", "de"] }, "de"));

    private static void Check(string html, string language)
    {
        var page = new HtmlParser().ParseDocument(html);
        Assert.Equal((language, language == "ar" ? "rtl" : "ltr"), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
        Assert.Contains(page.QuerySelector("h1")!.TextContent, new[] { "policy.title", "choice.manage" }.Select(key => Translations.For(language)[key]));
        CheckText(page.DocumentElement.TextContent);
        Assert.All(page.QuerySelectorAll("[aria-label]"), element => CheckText(element.GetAttribute("aria-label")!));
    }

    private static void CheckText(string text)
    {
        Assert.NotEqual("", text.Trim());
        Assert.DoesNotMatch(@"[{}]", text);
        Assert.Empty(Dotted().Matches(text).Select(match => match.Value).Intersect(Translations.For("en").Keys));
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Strings(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        _ => [element.GetString()!],
    };

    [GeneratedRegex(@"\b[a-z]+(\.[A-Za-z0-9]+)+\b")]
    private static partial Regex Dotted();
}
