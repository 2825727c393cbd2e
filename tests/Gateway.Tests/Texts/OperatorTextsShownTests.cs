using System.Text.Json;
using AngleSharp.Html.Parser;
using Gateway.Pages;
using Gateway.Script;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Texts;

/// <summary>Texts of the operator that replace built-in texts.</summary>
public sealed class OperatorTextsShownTests
{
    private static readonly SiteNotice Notice = Notices.Full with
    {
        Texts = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["fr"] = new Dictionary<string, string>
            {
                ["choice.refuse"] = "Refuser tout",
                ["banner.title"] = "Café & cookies",
                ["settings.state"] = "En ce moment : {0}",
                ["duration.month.other"] = "{0} mois pleins",
                ["policy.title"] = "Nos \"cookies\" & vous",
                ["category.audience.title"] = "Fréquentation",
                ["language.name"] = "En français",
            },
        },
    };

    [Fact]
    public void The_banner_shows_the_texts_of_the_operator()
    {
        var modules = ScriptModules.Of(new ScriptFeatures(Notice));
        using var data = JsonDocument.Parse(ScriptData.Write(new ScriptFeatures(Notice), modules.Texts, modules.Dialogs));
        var texts = data.RootElement.GetProperty(BuiltScript.NameOf("texts"));

        Assert.Equal(("Refuser tout", "Café & cookies"), (texts.GetProperty("fr").GetProperty(BuiltScript.NameOf("refuse")).GetString(), texts.GetProperty("fr").GetProperty(BuiltScript.NameOf("title")).GetString()));
        Assert.Contains("Refuser tout", texts.GetProperty("fr").GetProperty(BuiltScript.NameOf("effect")).GetString());
        Assert.Equal("Refuse all", texts.GetProperty("en").GetProperty(BuiltScript.NameOf("refuse")).GetString());
    }

    [Fact]
    public void The_settings_page_shows_the_texts_of_the_operator()
    {
        var page = Parse(SettingsPage.Render(Notice, Notice.Rules.Undecided, "fr", null));

        Assert.Equal("Refuser tout", page.QuerySelector("button[value=refuse]")!.TextContent);
        Assert.Equal("En ce moment : Toujours actif", page.QuerySelector(".state")!.TextContent);
        Assert.Equal(["English", "En français"], page.QuerySelectorAll("nav li").Select(item => item.TextContent));
        Assert.Equal("Refuse all", Parse(SettingsPage.Render(Notice, Notice.Rules.Undecided, "en", null)).QuerySelector("button[value=refuse]")!.TextContent);
    }

    [Fact]
    public void The_policy_shows_the_texts_of_the_operator_encoded()
    {
        var page = Parse(PolicyPage.Render(Notice, "fr"));

        Assert.Equal("Nos \"cookies\" & vous", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("13 mois pleins", page.Body!.TextContent);
        Assert.Contains("Fréquentation", page.QuerySelectorAll("h3").Select(heading => heading.TextContent));
        Assert.NotEqual(PolicyPage.Version(Notices.Full), PolicyPage.Version(Notice));
    }

    private static AngleSharp.Html.Dom.IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
