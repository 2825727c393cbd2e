using Xunit;

namespace Gateway.Tests.Cookies;

/// <summary>
/// The filter and the script follow <c>cases/expiries.txt</c>. Where the browsers differ, a cookie that one of them deletes is deleted in all, and
/// none is stored for longer than the table allows. <see cref="ExpiriesInBrowserTests"/> shows the same in the browsers.
/// </summary>
public sealed class ExpiriesTests
{
    private static readonly DateTimeOffset Now = Support.TestSites.Noon;

    public static TheoryData<string> Cases => [.. ExpiryCase.All.Select(one => one.ToString())];

    [Theory, MemberData(nameof(Cases))]
    public void The_filter_and_the_script_delete_a_refused_cookie_if_a_browser_would(string line)
    {
        var one = ExpiryCase.Parse(line);

        Assert.Equal(one.IsDeletedSomewhere, one.Filtered("refused", Now) is not null);
        Assert.Equal(one.IsDeletedSomewhere, one.Scripted("refused", Now)?.StartsWith("refused=;Max-Age=0", StringComparison.Ordinal) ?? false);
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_script_deletes_an_allowed_cookie_if_a_browser_would_and_stores_it_as_both_do(string line)
    {
        var one = ExpiryCase.Parse(line);

        var written = one.Scripted("allowed", Now)!;

        Assert.Equal(one.IsDeletedSomewhere, written.Contains(";Max-Age=0", StringComparison.Ordinal));
        if (one.IsUndisputed("session"))
            Assert.DoesNotContain(";Max-Age=", written, StringComparison.Ordinal);
        if (one.IsUndisputed("10 days"))
            Assert.Contains(";Max-Age=864000", written, StringComparison.Ordinal);
        if (one.IsUndisputed("400 days"))
            Assert.Contains($";Max-Age={ExpiryCase.AllowedDays * 86_400}", written, StringComparison.Ordinal);
    }

    // A browser that follows the RFC would use the valid one of several attributes.
    [Theory, MemberData(nameof(Cases))]
    public void The_filter_edits_a_line_of_an_allowed_cookie_only_if_a_browser_might_store_it_for_too_long(string line)
    {
        var one = ExpiryCase.Parse(line);

        if (one.IsUndisputed("10 days") || (one.IsUndisputed("session") && one.Attributes.Split("Expires=").Length < 3))
            Assert.Equal(one.Line("allowed", Now), one.Filtered("allowed", Now));
        else if (one.IsUndisputed("400 days"))
            Assert.NotEqual(one.Line("allowed", Now), one.Filtered("allowed", Now));
    }

    [Theory]
    [InlineData("Expires=Mon, 01 Jan 0001 00:00:00 GMT", "refused=; Expires=Mon, 01 Jan 0001 00:00:00 GMT; Max-Age=0")]
    [InlineData("Max-Age=+0", "refused=; Max-Age=+0; Max-Age=0")]
    [InlineData("Max-Age=-0.5; Path=/", "refused=; Max-Age=-0.5; Path=/; Max-Age=0")]
    [InlineData("Expires=Thu, 01-Jan-1970 00:00:00 GMT", "refused=; Expires=Thu, 01-Jan-1970 00:00:00 GMT")]
    public void A_deletion_that_browsers_read_differently_gets_an_attribute_that_all_read_as_one(string attributes, string expected) =>
        Assert.Equal(expected, new ExpiryCase(attributes, "", "").Filtered("refused", Now));

    [Theory]
    [InlineData("Expires=Thu Jan 01 2100 01:00:00 GMT+0100 (CET)", "allowed=new; Expires=Fri, 11 Jun 2027 12:00:00 GMT")]
    [InlineData("Max-Age=+99999999", "allowed=new; Max-Age=17280000")]
    [InlineData("Max-Age=+60", "allowed=new; Max-Age=60")]
    [InlineData("Expires=01 Jan 0069 00:00:00 GMT", "allowed=new; Expires=01 Jan 0069 00:00:00 GMT; Max-Age=0")]
    public void A_lifetime_that_browsers_read_differently_is_written_so_that_all_read_the_same(string attributes, string expected) =>
        Assert.Equal(expected, new ExpiryCase(attributes, "", "").Filtered("allowed", Now));
}
