using Gateway.Config.Reading;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Config.Reading;

/// <summary>Lifetimes as lawyers publish them.</summary>
public sealed class PublishedDurationTests
{
    private const string Longest = "the longest of its durations";

    private const string Renewed = "from the moment at which the site sets the name";

    [Theory]
    [InlineData("13 months", "13 months", null)]
    [InlineData("1 Year", "1 year", null)]
    [InlineData("2 YEARS", "2 years", null)]
    [InlineData("24h", "24 hours", null)]
    [InlineData("30-day", "30 days", null)]
    [InlineData("1 year 1 month", "13 months", null)]
    [InlineData("1 year, 1 month and 4 days", "399 days", null)]
    [InlineData("1 hour 30 minutes", "90 minutes", null)]
    [InlineData("Up to 2 years", "2 years", null)]
    [InlineData("Maximum 13 months.", "13 months", null)]
    [InlineData("Session", "session", null)]
    [InlineData("Session cookie", "session", null)]
    [InlineData("Until the browser is closed", "session", null)]
    [InlineData("Persistent", "until deleted", null)]
    [InlineData("1-2 years", "2 years", Longest)]
    [InlineData("1 – 2 years", "2 years", Longest)]
    [InlineData("between 1 and 2 years", "2 years", Longest)]
    [InlineData("1 to 13 months", "13 months", Longest)]
    [InlineData("1 year or 13 months", "13 months", Longest)]
    [InlineData("30 minutes / 2 hours", "2 hours", Longest)]
    [InlineData("14 days, or until the browser is closed", "14 days", Longest)]
    [InlineData("Session or 1 year", "1 year", Longest)]
    [InlineData("13 months after the last visit", "13 months", Renewed)]
    [InlineData("2 years from the first visit", "2 years", null)]
    [InlineData("13 mois après la dernière visite", "13 months", Renewed)]
    [InlineData("1 an", "1 year", null)]
    [InlineData("2 semaines", "2 weeks", null)]
    [InlineData("jusqu’à la fermeture du navigateur", "session", null)]
    public void A_published_duration_is_read_as_the_longest_that_can_be_enforced(string text, string expected, string? loss)
    {
        Assert.True(PublishedDuration.TryRead(text, out var duration, out var said));
        Assert.Equal(expected, duration.ToString());
        Assert.Equal(loss is null, said is null);
        Assert.Contains(loss ?? "", said ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("variable")]
    [InlineData("see the policy of the provider")]
    [InlineData("1 fortnight")]
    [InlineData("12")]
    [InlineData("0 days")]
    [InlineData("99999999999 days")]
    [InlineData("1 year unless you log in")]
    public void A_text_with_an_unknown_word_is_not_a_duration(string text) => Assert.False(PublishedDuration.TryRead(text, out _, out _));

    [Fact]
    public void What_cannot_be_enforced_is_a_note_and_the_table_has_the_enforced_duration()
    {
        var loaded = World.Read($"{{ \"sites\": [ {World.SiteJson("site", "www.example.org", "", World.Asked("a", "statistics", duration: "14 days, or until the browser is closed"))} ] }}");

        Assert.Equal("14 days", loaded.Config.Sites[0].Cookies[0].Duration.ToString());
        var note = Assert.Single(loaded.Diagnostics, problem => problem.Path == "sites[0].cookies[0].duration");
        Assert.EndsWith(
            "note: sites[0].cookies[0].duration: \"14 days, or until the browser is closed\" is enforced and published as \"14 days\", the longest of its durations: the shorter ones cannot be enforced.",
            note.ToString());
    }
}
