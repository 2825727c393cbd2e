using System.Globalization;
using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Cookies;

/// <summary>Lines that browsers accept or legacy servers send, read by RFC 6265bis 5.6 and 5.7.</summary>
public class SetCookieLineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory, Row("I2", "I3")]
    [InlineData("a=b", "a", "b")]
    [InlineData("a=b; Path=/", "a", "b")]
    [InlineData("a=b;;;path=/;", "a", "b")]
    [InlineData("  a  =  b  ;Path=/", "a", "b")]
    [InlineData("\ta\t=\tb\t", "a", "b")]
    [InlineData("a=b=c==", "a", "b=c==")]
    [InlineData("a=", "a", "")]
    [InlineData("a=\"q v\"", "a", "\"q v\"")]
    [InlineData("a={\"k\":1,\"x\":2}", "a", "{\"k\":1,\"x\":2}")]
    [InlineData("a=1, b=2", "a", "1, b=2")]
    [InlineData("a[b]=c", "a[b]", "c")]
    [InlineData("a b=c", "a b", "c")]
    [InlineData("{GUID-1}=v", "{GUID-1}", "v")]
    [InlineData("a=caf\u00E9", "a", "caf\u00E9")]
    [InlineData("nameless", "", "nameless")]
    [InlineData("=novalue", "", "novalue")]
    [InlineData("nameless; Path=/", "", "nameless")]
    [InlineData("a;b=c", "", "a")]
    public void Name_and_value_are_read_as_browsers_store_them(string line, string name, string value)
    {
        Assert.True(SetCookieLine.TryRead(line, out var read));
        Assert.Equal(name, read.Name.ToString());
        Assert.Equal(value, read.Value.ToString());
    }

    [Theory, Row("I20")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("=")]
    [InlineData("; Path=/")]
    public void A_line_without_name_and_value_is_not_readable(string line) => Assert.False(SetCookieLine.TryRead(line, out _));

    [Fact, Row("I6")]
    public void A_line_with_a_control_character_is_not_readable_but_a_tab_is_a_space()
    {
        for (var c = '\0'; c < ' '; c++)
            Assert.Equal(c == '\t', SetCookieLine.TryRead($"a=b{c}; Path=/", out _));
        Assert.False(SetCookieLine.TryRead("a=b\u007F", out _));
        Assert.True(SetCookieLine.TryRead("a=b\u0080", out _));
    }

    [Theory, Row("I13", "I14")]
    [InlineData("a=b", null)]
    [InlineData("a=b; Max-Age=60", 60d)]
    [InlineData("a=b; mAX-aGE = 60 ", 60d)]
    [InlineData("a=b; Max-Age=60; Max-Age=120", 120d)]
    [InlineData("a=b; Max-Age=120; Max-Age=60", 60d)]
    [InlineData("a=b; Max-Age=60; Max-Age=1.5", 60d)]
    [InlineData("a=b; Max-Age=60; Max-Age=junk; Expires=Mon, 23 Nov 2026 12:02:00 GMT", 120d)]
    [InlineData("a=b; Max-Age=60; Max-Age=", 60d)]
    [InlineData("a=b; Max-Age=60; Max-Age", 60d)]
    [InlineData("a=b; Max-Age=+60", 60d)]
    [InlineData("a=b; Max-Age=+-60", null)]
    [InlineData("a=b; Max-Age=0x", null)]
    [InlineData("a=b; Max-Age=\"60\"", null)]
    [InlineData("a=b; Expires=0", null)]
    [InlineData("a=b; Expires=-1", null)]
    [InlineData("a=b; Expires=Mon, 23 Nov 2026 12:01:00 GMT", 60d)]
    [InlineData("a=b; Expires=Mon, 23-Nov-26 12:01:00 GMT", 60d)]
    [InlineData("a=b; Expires=Mon Nov 23 12:01:00 2026", 60d)]
    [InlineData("a=b; Expires=\"Mon, 23 Nov 2026 12:01:00 GMT\"", 60d)]
    [InlineData("a=b; Expires=Mon, 23 Nov 2026 12:01:00 GMT; Max-Age=120", 120d)]
    [InlineData("a=b; Max-Age=120; Expires=Mon, 23 Nov 2026 12:01:00 GMT", 120d)]
    [InlineData("a=b; Expires=Mon, 23 Nov 2026 12:01:00 GMT; Expires=junk", 60d)]
    [InlineData("a=b; Expires=Mon, 23 Nov 2026 12:01:00 GMT; Max-Age=junk", 60d)]
    public void The_last_valid_attribute_decides_the_lifetime(string line, double? seconds)
    {
        Assert.True(SetCookieLine.TryRead(line, out var read));
        Assert.Equal(seconds, (read.ExpiryAt(Now).Time - Now)?.TotalSeconds);
    }

    [Theory, Row("I12")]
    [InlineData("Max-Age=0")]
    [InlineData("Max-Age=000")]
    [InlineData("Max-Age=-1")]
    [InlineData("Max-Age=-99999999999999999999")]
    [InlineData("Expires=Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("Expires=Thu, 01-Jan-70 00:00:00 GMT")]
    [InlineData("Expires=Mon, 23 Nov 2026 11:59:59 GMT")]
    [InlineData("Max-Age=60; Max-Age=0")]
    [InlineData("Expires=Mon, 23 Nov 2027 11:59:59 GMT; Max-Age=0")]
    public void Lines_that_every_browser_deletes_by_are_deletions(string attributes)
    {
        Assert.True(SetCookieLine.TryRead($"a=b; {attributes}", out var read));
        Assert.True(read.ExpiryAt(Now).Time <= Now);
    }

    [Theory, Row("I12", "I13", "I15")]
    [InlineData("Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=31536000")]
    [InlineData("Max-Age=0; Max-Age=60")]
    [InlineData("Max-Age=0; Max-Age=junk; Expires=Mon, 23 Nov 2099 12:00:00 GMT")]
    [InlineData("Max-Age=0; Max-Age=junk")]
    [InlineData("Max-Age=99999999999999")]
    [InlineData("Max-Age=0x")]
    public void Lines_that_at_least_one_browser_stores_are_not_deletions(string attributes)
    {
        Assert.True(SetCookieLine.TryRead($"a=b; {attributes}", out var read));
        Assert.False(read.ExpiryAt(Now).Time <= Now);
    }

    [Fact]
    public void An_attribute_longer_than_1024_characters_is_ignored()
    {
        Assert.True(SetCookieLine.TryRead($"a=b; Max-Age={new string('0', 1025)}", out var read));
        Assert.Null(read.ExpiryAt(Now).Time);
    }

    [Theory, Row("I13")]
    [InlineData("Wed, 09 Jun 2021 10:18:14 GMT", "2021-06-09T10:18:14Z")]
    [InlineData("wed, 09 june 2021 10:18:14", "2021-06-09T10:18:14Z")]
    [InlineData("9 Jun 21 1:2:3", "2021-06-09T01:02:03Z")]
    [InlineData("10:18:14 09 jun 2021", "2021-06-09T10:18:14Z")]
    [InlineData("Jun 09 10:18:14 2021", "2021-06-09T10:18:14Z")]
    [InlineData("01 Jan 69 00:00:00", "2069-01-01T00:00:00Z")]
    [InlineData("01 Jan 70 00:00:00", "1970-01-01T00:00:00Z")]
    [InlineData("01 Jan 99 00:00:00x", "1999-01-01T00:00:00Z")]
    [InlineData("31 Feb 2021 00:00:00", "2021-03-03T00:00:00Z")]
    [InlineData("01 Jan 2021 24:00:00", "2021-01-02T00:00:00Z")]
    [InlineData("01 Jan 2021 00:60:00", "2021-01-01T01:00:00Z")]
    [InlineData("01 Jan 2021", "2021-01-01T00:00:00Z")]
    [InlineData("01 Jan 1600 00:00:00", "1600-01-01T00:00:00Z")]
    [InlineData("01 Jan 202111 00:00:00", null)]
    [InlineData("", null)]
    public void Dates_are_read_as_leniently_as_the_most_lenient_browser_does(string text, string? expected)
    {
        var isDate = CookieDate.TryParse(text, out var date, out _);
        Assert.Equal(expected, isDate ? date.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture) : null);
    }
}
