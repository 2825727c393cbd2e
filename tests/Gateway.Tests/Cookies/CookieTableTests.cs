using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Cookies;

public class CookieTableTests
{
    private static readonly CookieTable Site = new(
    [
        Table.Asked("exact", "_ga_exact"),
        Table.Asked("short", "_ga*"),
        Table.Asked("long", "_ga_e*"),
        Table.Asked("tail", "*_session"),
        Table.Asked("both", "wp-*-time"),
        Table.Asked("storage", "theme") with { Kind = EntryKind.LocalStorage },
    ]);

    public static TheoryData<string> Precedence => [.. CaseFile.Read("name-patterns")];

    [Theory]
    [InlineData("_ga_exact", "exact")]
    [InlineData("_ga_exacter", "long")]
    [InlineData("_ga", "short")]
    [InlineData("_gat", "short")]
    [InlineData("_GA", null)]
    [InlineData("x_session", "tail")]
    [InlineData("_ga_x_session", "tail")]
    [InlineData("_session", "tail")]
    [InlineData("wp-settings-time", "both")]
    [InlineData("wp-time", null)]
    [InlineData("theme", null)]
    [InlineData("", null)]
    public void A_name_belongs_to_its_exact_row_or_else_to_the_longest_pattern(string name, string? category) =>
        Assert.Equal(category, Site.Find(name)?.Entry.Category);

    /// <summary>Headers have bytes, which are read as Latin-1. A site writes a name as Latin-1 or as UTF-8.</summary>
    [Theory]
    [InlineData("caf\u00E9", "caf\u00E9")]
    [InlineData("caf\u00E9", "caf\u00C3\u00A9")]
    [InlineData("\u00E9*", "\u00C3\u00A9_1")]
    [InlineData("*_\u00FC", "a_\u00FC")]
    [InlineData("\u043A", "\u00D0\u00BA")]
    [InlineData("\U0001F36A", "\u00F0\u009F\u008D\u00AA")]
    public void A_name_that_is_not_ASCII_is_found_in_Latin1_and_in_UTF8(string declared, string sent)
    {
        var table = new CookieTable([Table.Asked("s", declared)]);
        Assert.NotNull(table.Find(sent));
        Assert.Null(table.Find("cafe"));
        Assert.Null(table.Find("caf\u00C3"));
    }

    [Fact]
    public void A_storage_key_that_is_not_ASCII_has_one_spelling()
    {
        var table = new CookieTable([Table.Asked("s", "caf\u00E9") with { Kind = EntryKind.LocalStorage }], EntryKind.LocalStorage);
        Assert.NotNull(table.Find("caf\u00E9"));
        Assert.Null(table.Find("caf\u00C3\u00A9"));
    }

    [Theory, MemberData(nameof(Precedence))]
    public void Of_several_patterns_the_one_with_the_longest_fixed_part_then_the_longest_prefix_applies(string line)
    {
        var (names, name, expected) = CaseFile.Columns(line) is [var a, var b, var c] ? (a, b, c) : throw new FormatException(line);
        var table = new CookieTable([.. names.Split(", ").Select(listed => Table.Asked("statistics", listed))]);
        Assert.Equal(expected == "-" ? null : expected, table.Find(name)?.Entry.Names[0]);
    }

    [Fact]
    public void The_number_of_an_entry_does_not_depend_on_the_order_of_the_table()
    {
        var moved = new CookieTable([.. Site.Entries.Reverse()]);
        Assert.Equal(Site.Find("_ga")!.Number, moved.Find("_ga")!.Number);
        Assert.NotEqual(Site.Find("_ga")!.Number, Site.Find("x_session")!.Number);
    }

    [Theory]
    [InlineData("sessionid", "sessionid")]
    [InlineData("_ga_5FG2H1K3L9", "_ga_*")]
    [InlineData("wordpress_logged_in_9a3c1f8e2b7d6054", "wordpress_logged_in_*")]
    [InlineData("_pk_id.1.1fff", "_pk_id.*")]
    [InlineData("_pk_id.5.8cfa", "_pk_id.*")]
    [InlineData("mp_8f14e45fceea467a9575_mixpanel", "mp_*_mixpanel")]
    [InlineData("1a_name_2b_end", "*b_end")]
    [InlineData("__wpEditorTestSessionStorage", "__wpEditorTestSessionStorage")]
    [InlineData("visitorpreferencesandsettings", "visitorpreferencesandsettings")]
    [InlineData("x_kqjwhTgbNmLpoiRtxZcvBnQwe", "x_*")]
    [InlineData("a-very-long-name-of-a-cookie-that-does-not-end-before-the-limit-of-names", "a-very-long-name-of-a-cookie-that-does-not-end-before-the-limit*")]
    [InlineData("utm2", "utm*")]
    [InlineData("user@example.org", "*")]
    [InlineData("mail_jane%40example.org", "*")]
    [InlineData("8f14e45f-ceea-467a-9575-bd1b0e3e5e6a", "*")]
    [InlineData("caf\u00E9\u0001x", "caf*x")]
    [InlineData("", "(nameless)")]
    public void A_name_is_stored_as_a_pattern(string name, string expected) => Assert.Equal(expected, NameRedaction.Of(name));

    [Theory]
    [InlineData("_pk_id.1.1fff")]
    [InlineData("caf\u00E9\u0001x")]
    [InlineData("a-very-long-name-of-a-cookie-that-does-not-end-before-the-limit-of-names")]
    [InlineData("__wpEditorTestSessionStorage")]
    public void The_stored_pattern_can_be_pasted_and_matches_its_name(string name)
    {
        Assert.True(NamePattern.IsUsable(NameRedaction.Of(name)));
        Assert.True(new NamePattern(NameRedaction.Of(name)).Matches(name));
    }

    [Theory]
    [InlineData("session", "session", 0)]
    [InlineData("13 months", "13 months", 395)]
    [InlineData("6 months", "6 months", 182)]
    [InlineData("1 year", "1 year", 365)]
    [InlineData("until deleted", "until deleted", 36_500)]
    [InlineData("2 week", "2 weeks", 14)]
    public void A_duration_is_a_number_and_a_unit(string text, string printed, int days)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(printed, duration.ToString());
        Assert.Equal(days, duration.Length.TotalDays);
    }

    [Theory]
    [InlineData("")]
    [InlineData("14")]
    [InlineData("0 days")]
    [InlineData("-1 days")]
    [InlineData("14  days")]
    [InlineData("14 fortnights")]
    [InlineData("1 sessions")]
    [InlineData("1 untildeleted")]
    [InlineData("1.5 days")]
    public void A_text_without_number_and_unit_is_not_a_duration(string text) => Assert.False(Duration.TryParse(text, out _));
}
