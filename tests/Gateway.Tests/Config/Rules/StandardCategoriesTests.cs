using Gateway.Config;
using Gateway.Config.Changes;
using Gateway.Sites;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;
using static Gateway.Tests.Support.World;

namespace Gateway.Tests.Config.Rules;

/// <summary>Categories with built-in texts.</summary>
public sealed class StandardCategoriesTests
{
    [Fact]
    public void Standard_categories_that_only_entries_use_are_asked_after_the_listed_ones_in_the_standard_order()
    {
        var site = Site(cookies: Asked("a", "advertising") + Asked("v", "video") + Asked("m", "maps") + Asked("p", "preferences"));

        Assert.Equal(["video", "preferences", "maps", "advertising"], Compiled(site).Notice.Asked.Select(category => category.Id));
        Assert.Equal(["Title", "Preferences", "Maps", "Advertising"], TableGroup.Of(Compiled(site).Notice, "en").Skip(1).Select(group => group.Title));
    }

    [Fact]
    public void A_listed_category_without_entries_is_not_asked() =>
        Assert.Empty(Compiled(World.Read(SiteWith("""{ "id": "maps" }""")).Config).Notice.Asked);

    [Fact]
    public void A_standard_category_needs_only_an_id()
    {
        var loaded = World.Read(SiteWith("""{ "id": "maps" }, { "id": "social", "title": { "en": "Our networks" } }""", Asked("m", "maps") + Asked("s", "social")));

        Assert.Empty(loaded.Diagnostics);
        Assert.Equal(
            [("Maps", Translations.For("en")["category.maps.text"]), ("Our networks", Translations.For("en")["category.social.text"])],
            TableGroup.Of(Compiled(loaded.Config).Notice, "en").Skip(1).Select(group => (group.Title, group.Text)));
    }

    [Fact]
    public void Replacing_the_texts_of_a_category_asks_nobody_again() => Assert.Equal(
        ["Nothing changes for visitors."],
        ConfigChanges.Sentences(
            World.Read(SiteWith("""{ "id": "maps", "title": { "en": "Plans" }, "description": { "en": "Shows them." } }""", Asked("m", "maps"))).Config,
            World.Read(SiteWith("", Asked("m", "maps")).Replace("\"cookies\"", "\"texts\": { \"en\": { \"category.maps.title\": \"Charts\" } }, \"cookies\"", StringComparison.Ordinal)).Config,
            new DateOnly(2026, 11, 23)));

    private static string SiteWith(string categories, string cookies = "") =>
        $"{{ \"sites\": [ {SiteJson("s", "a.example", "", cookies).Replace("\"categories\": [  ]", $"\"categories\": [ {categories} ]", StringComparison.Ordinal)} ] }}";

    private static Site Compiled(GatewayConfig config) => config.Compile(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 23)).Sites[0];
}
