using Gateway.Consent;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Consent;

/// <summary>Each condition under which a consent cookie is read, alone: the last value that is accepted and the first that is not.</summary>
public class ConsentCookieConditionsTests
{
    private const int Today = 20_780;
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(Today).AddHours(12);

    private static readonly ConsentRules Rules = new(
        [Table.Asked("statistics", "_ga"), Table.Asked("video", "YSC"), Table.Audience("13 months", "_pk_id*")], new ConsentCookieOptions { Days = 10 });

    private static readonly string Statistics = Rules.Versions["statistics"];
    private static readonly string Video = Rules.Versions["video"];

    public static TheoryData<string, bool> Values => new()
    {
        // The day of the decision.
        { "g1.20780", true },
        { "g1.020780", true },
        { "g1.0020780", false },
        { "g1.20781", true },
        { "g1.20782", false },
        { "g1.20770", true },
        { "g1.20769", false },
        { "g1. 20780", false },
        { "g1.+20780", false },

        // The marker.
        { "g1.20780~video.v.1", true },
        { "G1.20780", false },
        { "20780", false },

        // The first day of an exempt audience cookie: another moment than that of the decision.
        { "g1.20780~@a.20781", true },
        { "g1.20780~@a.20782", false },
        { "g1.20780~@a.0", true },
        { "g1.20780~@a.", false },
        { "g1.20780~@.20780", false },
        { "g1.20780~@12345678.20780", true },
        { "g1.20780~@123456789.20780", false },
        { "g1.20780~@a20780", false },
        { "g1.20780~@a.20780~@b.20780", true },
        { "g1.20780~@a.20780~@a.20780", false },

        // An answer.
        { "g1.20780~a.b.1", true },
        { "g1.20780~a.b.0", true },
        { "g1.20780~a.b.2", false },
        { "g1.20780~a.b.", false },
        { "g1.20780~a.b.10", false },
        { "g1.20780~a..1", false },
        { "g1.20780~.b.1", false },
        { "g1.20780~ab.1", false },
        { "g1.20780~a.b.c.1", true },
        { $"g1.20780~{new string('a', 32)}.b.1", true },
        { $"g1.20780~{new string('a', 33)}.b.1", false },
        { $"g1.20780~a.{new string('b', 15)}.1", true },
        { $"g1.20780~a.{new string('b', 16)}.1", false },
        { "g1.20780~a.b.1~b.b.1", true },
        { "g1.20780~a.b.1~a.b.1", false },
        { "g1.20780~a.b.1~a.c.1", false },

        // An objection to exempt audience measurement.
        { "g1.20780~audience.-.0", true },
        { "g1.20780~audience.-.0~audience.-.0", true },

        // How many, and how long.
        { "g1.20780" + Answers(64), true },
        { "g1.20780" + Answers(65), false },
        { "g1.20780" + FirstDays(64), true },
        { "g1.20780" + FirstDays(65), false },
        { "g1.20780" + Answers(32) + FirstDays(32), true },
        { "g1.20780" + Answers(32) + FirstDays(33), false },
        { "g1.20780" + Answers(63) + "~audience.-.0", true },
        { OfLength(2048), true },
        { OfLength(2049), false },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_read_whole_or_not_at_all(string value, bool isRead)
    {
        var reading = ConsentCookie.Read($"cookies_preferences={value}", Rules, Now);
        Assert.Equal(isRead, reading.State.Day is not null);
        Assert.Equal(!isRead, reading.HasForeign);
        Assert.False(reading.HasNewer);
        if (!isRead)
            Assert.Same(Rules.Undecided, reading.State);
    }

    [Theory]
    [InlineData("g2.whatever", true)]
    [InlineData("g2x", true)]
    [InlineData("g9", false)]
    [InlineData("gx.1", false)]
    [InlineData("h2.1", false)]
    [InlineData("", false)]
    public void A_value_of_a_later_version_is_counted_apart_from_one_that_is_not_ours(string value, bool isNewer)
    {
        var reading = ConsentCookie.Read($"cookies_preferences={value}", Rules, Now);
        Assert.Equal((isNewer, !isNewer), (reading.HasNewer, reading.HasForeign));
        Assert.Null(reading.State.Day);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Cookies_Preferences=g1.20780")]
    [InlineData("cookies_preferences2=g1.20780")]
    [InlineData("a=cookies_preferences=g1.20780")]
    public void A_request_without_the_cookie_has_no_consent(string? header)
    {
        var reading = ConsentCookie.Read(header, Rules, Now);
        Assert.Same(Rules.Undecided, reading.State);
        Assert.False(reading.HasForeign || reading.HasNewer);
    }

    [Fact]
    public void Each_cookie_of_the_name_is_read()
    {
        var reading = ConsentCookie.Read($"cookies_preferences=junk; a=b; cookies_preferences=g2.1; cookies_preferences=g1.{Today}~video.{Video}.1", Rules, Now);
        Assert.True(reading.HasForeign);
        Assert.True(reading.HasNewer);
        Assert.Equal(Answer.Granted, reading.State.AnswerFor("video"));
    }

    [Fact]
    public void A_value_that_was_read_before_expires_all_the_same()
    {
        var header = $"cookies_preferences=g1.{Today}~video.{Video}.1";
        Assert.Equal(Today, ConsentCookie.Read(header, Rules, Now).State.Day);
        Assert.Equal(Today, ConsentCookie.Read(header, Rules, Now.AddDays(10)).State.Day);
        Assert.Null(ConsentCookie.Read(header, Rules, Now.AddDays(11)).State.Day);
    }

    [Theory]
    [InlineData("1", "1", nameof(Answer.Granted))]
    [InlineData("1", "0", nameof(Answer.Refused))]
    [InlineData("0", "1", nameof(Answer.Refused))]
    [InlineData("0", "0", nameof(Answer.Refused))]
    [InlineData("1", null, nameof(Answer.Refused))]
    [InlineData(null, "1", nameof(Answer.Refused))]
    [InlineData(null, null, nameof(Answer.NotAsked))]
    public void Of_two_cookies_only_what_both_grant_is_granted(string? first, string? second, string expected)
    {
        Assert.Equal(expected, Read(Part(first), Part(second)).AnswerFor("statistics").ToString());

        static string Part(string? granted) => granted is null ? "" : $"~statistics.{Statistics}.{granted}";
    }

    [Fact]
    public void Of_two_cookies_an_answer_to_an_older_version_does_not_count_as_a_grant()
    {
        Assert.Equal(Answer.Refused, Read("~statistics.old.1", $"~statistics.{Statistics}.1").AnswerFor("statistics"));
        Assert.Equal(Answer.Refused, Read($"~statistics.{Statistics}.1", "~statistics.old.1").AnswerFor("statistics"));
        Assert.Equal(Answer.NotAsked, Read("~statistics.old.1", "~statistics.old.1").AnswerFor("statistics"));
    }

    [Fact]
    public void Of_two_cookies_an_objection_in_either_counts()
    {
        Assert.True(Read("~audience.-.0", "").Objected);
        Assert.True(Read("", "~audience.-.0").Objected);
        Assert.False(Read("", "").Objected);
    }

    [Fact]
    public void Of_two_cookies_the_older_days_count()
    {
        var state = ConsentCookie.Read(
            $"cookies_preferences=g1.{Today - 1}~@a.5~@b.9; cookies_preferences=g1.{Today - 4}~@a.7~@b.3~@c.4", Rules, Now).State;
        Assert.Equal(Today - 4, state.Day);
        Assert.Equal([("a", 5), ("b", 3), ("c", 4)], state.FirstDays.Select(first => (first.Key, first.Value)).Order());
    }

    [Fact]
    public void Equal_consents_are_written_in_equal_bytes_whatever_their_order()
    {
        var answers = new Dictionary<string, GivenAnswer> { ["video"] = new("v", true), ["maps"] = new("m", false) };
        var state = new ConsentState(Rules.Versions, Today, answers, objected: true, new Dictionary<string, int> { ["z"] = 2, ["a"] = 1 });
        Assert.Equal($"g1.{Today}~maps.m.0~video.v.1~audience.-.0~@a.1~@z.2", ConsentCookie.Write(state));
        Assert.Throws<ArgumentException>(() => ConsentCookie.Write(Rules.Undecided));
    }

    private static ConsentState Read(string first, string second) =>
        ConsentCookie.Read($"cookies_preferences=g1.{Today}{first}; cookies_preferences=g1.{Today}{second}", Rules, Now).State;

    private static string Answers(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"~a{i}.b.1"));

    private static string FirstDays(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"~@{i}.1"));

    // 63 answers of the longest kind are longer than any cookie; the last one fills up.
    private static string OfLength(int length)
    {
        var value = "g1.20780";
        for (var i = 0; length - value.Length > 60; i++)
            value += $"~{new string('a', 28)}{i:00}.{new string('b', 15)}.1";
        var left = length - value.Length - "~.b.1".Length;
        return value + (left <= 32 ? $"~{new string('c', left)}.b.1" : $"~{new string('c', 32)}.{new string('b', left - 31)}.1");
    }
}
