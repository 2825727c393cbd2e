using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Consent;

public class ConsentCookieTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly int Today = Now.ToDayNumber();

    private static readonly ConsentRules Rules = new(
        [Table.Necessary("sid"), Table.Asked("statistics", "_ga"), Table.Asked("video", "YSC"), Table.Audience("13 months", "_pk_id*")],
        new ConsentCookieOptions());

    private static readonly string Statistics = Rules.Versions["statistics"];
    private static readonly string Video = Rules.Versions["video"];

    [Fact, Requirement(31)]
    public void Two_visitors_who_refuse_on_the_same_day_have_the_same_bytes()
    {
        var one = ConsentCookie.Write(Decide(Choice.Refuse));
        Assert.Equal($"g1.{Today}~statistics.{Statistics}.0~video.{Video}.0", one);
        Assert.Equal(one, ConsentCookie.Write(Decide(Choice.Save)));
        Assert.True(one.Length < 100);
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        var state = Read(ConsentCookie.Write(Decide(Choice.Save, granted: "video", objected: true)));
        Assert.Equal(Today, state.Day);
        Assert.Equal(Answer.Refused, state.AnswerFor("statistics"));
        Assert.Equal(Answer.Granted, state.AnswerFor("video"));
        Assert.True(state.Objected);
        Assert.False(state.MustAsk);
    }

    [Theory]
    [InlineData("")]
    [InlineData("true")]
    [InlineData("{\"analytics\":1}")]
    [InlineData("g1")]
    [InlineData("g1.")]
    [InlineData("g1.x")]
    [InlineData("g1.20780~")]
    [InlineData("g1.20780~statistics")]
    [InlineData("g1.20780~statistics.abc")]
    [InlineData("g1.20780~statistics.abc.2")]
    [InlineData("g1.20780~statistics.abc.1~statistics.abc.0")]
    [InlineData("g1.20780~@abc.x")]
    [InlineData("g1.-20780")]
    [InlineData("g1.99999999")]
    public void An_unreadable_consent_cookie_counts_as_not_asked_and_is_to_be_deleted(string value)
    {
        var reading = ConsentCookie.Read($"cookies_preferences={value}", Rules, Now);
        Assert.Null(reading.State.Day);
        Assert.True(reading.State.MustAsk);
        Assert.True(reading.HasForeign);
    }

    [Theory]
    [InlineData("g2.whatever")]
    [InlineData("g0.20780")]
    public void A_value_of_another_version_of_the_gateway_counts_for_nothing_but_is_not_deleted(string value)
    {
        var reading = ConsentCookie.Read($"cookies_preferences={value}", Rules, Now);
        Assert.Equal((false, true), (reading.HasForeign, reading.HasNewer));
        Assert.Same(Rules.Undecided, reading.State);
    }

    [Theory]
    [InlineData("g1.20780")]
    [InlineData("g")]
    [InlineData("gx.20780")]
    [InlineData("true")]
    public void Any_other_value_is_of_no_other_version(string value) =>
        Assert.False(ConsentCookie.Read($"cookies_preferences={value}", Rules, Now).HasNewer);

    [Theory]
    [InlineData(0, true)]
    [InlineData(181, true)]
    [InlineData(182, true)]
    [InlineData(183, false)]
    [InlineData(-1, true)]
    [InlineData(-2, false)]
    public void A_choice_holds_for_its_days_and_does_not_come_from_the_future(int age, bool counts)
    {
        var reading = ConsentCookie.Read($"cookies_preferences=g1.{Today - age}~statistics.{Statistics}.1~video.{Video}.0", Rules, Now);
        Assert.Equal(counts, reading.State.AnswerFor("statistics") == Answer.Granted);
        Assert.Equal(!counts, reading.HasForeign);
    }

    [Fact]
    public void A_category_that_changed_is_not_yet_asked_the_others_keep_their_answer()
    {
        var state = Read($"g1.{Today}~statistics.oldold.1~video.{Video}.1");
        Assert.Equal(Answer.NotAsked, state.AnswerFor("statistics"));
        Assert.Equal(Answer.Granted, state.AnswerFor("video"));
        Assert.True(state.MustAsk);
        Assert.False(state.KnowsAll);
        Assert.False(state.Grants.Allows(Table.Asked("statistics", "_ga")));
    }

    [Fact]
    public void A_value_that_was_read_before_is_not_read_again_but_still_expires()
    {
        using var known = new KnownStates(new FakeTimeProvider(Now));
        var header = $"cookies_preferences=g1.{Today}~statistics.{Statistics}.1";
        var state = ConsentCookie.Read(header, Rules, Now, known).State;
        Assert.Same(state, ConsentCookie.Read(header, Rules, Now, known).State);
        Assert.True(ConsentCookie.Read(header, Rules, Now.AddDays(183), known).HasForeign);
    }

    [Fact]
    public void Among_several_readable_ones_the_most_restrictive_wins()
    {
        var state = ConsentCookie.Read(
            $"cookies_preferences=g1.{Today}~statistics.{Statistics}.1~video.{Video}.1; cookies_preferences=g1.{Today - 3}~statistics.{Statistics}.1~video.{Video}.0~audience.-.0",
            Rules, Now).State;
        Assert.Equal(Answer.Granted, state.AnswerFor("statistics"));
        Assert.Equal(Answer.Refused, state.AnswerFor("video"));
        Assert.True(state.Objected);
        Assert.Equal(Today - 3, state.Day);
    }

    [Fact]
    public void A_readable_one_beside_an_unreadable_one_counts() =>
        Assert.Equal(Today, ConsentCookie.Read($"cookies_preferences=junk; cookies_preferences=g1.{Today}~video.{Video}.1", Rules, Now).State.Day);

    [Fact]
    public void First_days_of_audience_cookies_are_kept_and_read()
    {
        var number = Table.Audience("13 months", "_pk_id*").Number;
        var state = Read($"g1.{Today}~video.{Video}.1~@{number}.{Today - 7}");
        Assert.Equal(Today - 7, state.Grants.FirstDay(number));
        Assert.Equal($"g1.{Today}~video.{Video}.1~@{number}.{Today - 7}", ConsentCookie.Write(state));
    }

    /// <remarks>Damaged up to three times; with no damage it grants, so that a reader that reads nothing is noticed.</remarks>
    [Fact]
    public void A_damaged_value_never_throws_and_grants_no_more_than_it_says()
    {
        var random = new Random(7);
        const string alphabet = "g1.~@-0129aZ_=%\u00E9 \"";
        var (granting, unreadable) = (0, 0);
        for (var round = 0; round < 20_000; round++)
        {
            var value = $"g1.{Today}~statistics.{Statistics}.1~video.{Video}.0~@abc.{Today - 7}".ToList();
            for (var damage = random.Next(4); damage > 0; damage--)
            {
                var at = random.Next(value.Count);
                if (random.Next(2) == 0)
                    value.RemoveAt(at);
                else
                    value[at] = alphabet[random.Next(alphabet.Length)];
            }

            var text = string.Concat(value);
            var state = Read(text);
            var grants = state.AnswerFor("statistics") == Answer.Granted;
            Assert.False(grants && !text.Contains($"~statistics.{Statistics}.1", StringComparison.Ordinal), text);
            Assert.False(state.AnswerFor("video") == Answer.Granted && !text.Contains($"~video.{Video}.1", StringComparison.Ordinal), text);
            granting += grants ? 1 : 0;
            unreadable += state.Day is null ? 1 : 0;
        }

        Assert.InRange(granting, 4_000, 19_000);
        Assert.InRange(unreadable, 1_000, 15_000);
    }

    private static ConsentState Decide(Choice choice, string? granted = null, bool objected = false) =>
        ConsentDecision.Decide(Rules, Rules.Undecided, choice, granted is null ? new HashSet<string>() : new HashSet<string> { granted }, objected, Now);

    private static ConsentState Read(string value) => ConsentCookie.Read($"x=1; cookies_preferences={value}", Rules, Now).State;
}
