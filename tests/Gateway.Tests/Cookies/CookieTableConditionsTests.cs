using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Cookies;

/// <summary>Which row a name has where several could have it, and how long it may live there: each condition alone.</summary>
public class CookieTableConditionsTests
{
    [Theory]
    [InlineData("ab*", "*yz", "ab-yz", "ab*")]
    [InlineData("ab*", "a*z", "ab-z", "ab*")]
    [InlineData("a*yz", "ab*z", "ab-yz", "ab*z")]
    [InlineData("*xyz", "a*yz", "a-xyz", "a*yz")]
    [InlineData("*xyz", "ab*", "ab-xyz", "*xyz")]
    [InlineData("ab*", "abc", "abc", "abc")]
    [InlineData("*c", "abc", "abc", "abc")]
    [InlineData("a*", "a*z", "a-z", "a*z")]
    [InlineData("a*yz", "a*z", "a-yz", "a*yz")]
    public void A_name_has_the_same_row_whatever_the_order_of_the_table(string first, string second, string name, string row)
    {
        var entries = new[] { Table.Asked("statistics", first), Table.Asked("video", second) };
        Assert.Equal([row], new CookieTable(entries).Find(name)!.Entry.Names);
        Assert.Equal([row], new CookieTable([.. entries.Reverse()]).Find(name)!.Entry.Names);
    }

    [Theory]
    [InlineData("aba", "ab*ba", false)]
    [InlineData("abba", "ab*ba", true)]
    [InlineData("ab-ba", "ab*ba", true)]
    [InlineData("xab-ba", "ab*ba", false)]
    [InlineData("ab-bax", "ab*ba", false)]
    [InlineData("AB-ba", "ab*ba", false)]
    [InlineData("ab-BA", "ab*ba", false)]
    [InlineData("ab", "ab*", true)]
    [InlineData("ba", "*ba", true)]
    [InlineData("a", "ab*", false)]
    public void A_star_stands_for_any_text_between_the_two_ends(string name, string pattern, bool matches) =>
        Assert.Equal(matches, new CookieTable([Table.Asked("statistics", pattern)]).Find(name) is not null);

    [Fact]
    public void A_table_of_one_kind_does_not_know_names_of_another()
    {
        CookieEntry[] entries = [Table.Asked("statistics", "a") with { Kind = EntryKind.LocalStorage }, Table.Asked("video", "b")];
        var keys = new CookieTable(entries, EntryKind.LocalStorage);
        Assert.Equal("statistics", keys.Find("a")!.Entry.Category);
        Assert.Null(keys.Find("b"));
        Assert.Null(new CookieTable(entries).Find("a"));
        Assert.Equal(2, keys.Entries.Count);
    }
}
