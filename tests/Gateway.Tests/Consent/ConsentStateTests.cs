using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Consent;

public class ConsentStateTests
{
    private static readonly CookieEntry Statistics = Table.Asked("statistics", "_ga"), Video = Table.Asked("video", "YSC");

    private static readonly CookieEntry Necessary = Table.Necessary("sid"), Measurement = Table.Audience("13 months", "_pk_id*");

    private static readonly ConsentRules Rules = new([Necessary, Statistics, Video, Measurement], new ConsentCookieOptions());

    private static readonly string Current = Rules.Versions["statistics"];

    [Fact]
    public void A_visitor_who_decided_nothing_is_asked_and_gets_what_is_exempt()
    {
        var state = Rules.Undecided;
        Assert.Null(state.Day);
        Assert.True(state.MustAsk);
        Assert.True(state.KnowsAll);
        Assert.False(state.Objected);
        Assert.Equal((Answer.NotAsked, Answer.NotAsked), (state.AnswerFor("statistics"), state.AnswerFor("video")));
        Assert.Equal([Necessary, Measurement], Allowed(state));
    }

    [Fact]
    public void What_is_granted_is_allowed_and_what_is_refused_is_not()
    {
        var state = State(("statistics", Current, true), ("video", Rules.Versions["video"], false));
        Assert.Equal((Answer.Granted, Answer.Refused), (state.AnswerFor("statistics"), state.AnswerFor("video")));
        Assert.Equal([Necessary, Statistics, Measurement], Allowed(state));
        Assert.False(state.MustAsk);
    }

    [Fact]
    public void One_category_without_an_answer_is_enough_to_ask()
    {
        var state = State(("statistics", Current, true));
        Assert.True(state.MustAsk);
        Assert.Equal(Answer.NotAsked, state.AnswerFor("video"));
        Assert.DoesNotContain(Video, Allowed(state));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_to_another_version_counts_as_none(bool isGranted)
    {
        var state = State(("statistics", "other1", isGranted), ("video", Rules.Versions["video"], true));
        Assert.Equal(Answer.NotAsked, state.AnswerFor("statistics"));
        Assert.True(state.MustAsk);
        Assert.False(state.KnowsAll);
        Assert.Equal([Necessary, Video, Measurement], Allowed(state));
        Assert.Equal(new GivenAnswer("other1", isGranted), state.Answers["statistics"]);
    }

    [Fact]
    public void An_answer_for_a_category_that_the_site_does_not_ask_for_grants_nothing()
    {
        var state = State(("statistics", Current, true), ("video", Rules.Versions["video"], true), ("maps", "abcdef", true));
        Assert.Equal(Answer.NotAsked, state.AnswerFor("maps"));
        Assert.False(state.KnowsAll);
        Assert.False(state.MustAsk);
        Assert.False(state.Grants.Allows(Table.Asked("maps", "map")));
    }

    [Fact]
    public void An_answer_for_necessary_or_audience_entries_changes_nothing()
    {
        var state = State(("necessary", "abcdef", false), ("audience", "abcdef", false));
        Assert.Equal([Necessary, Measurement], Allowed(state));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_objection_stops_audience_measurement_and_nothing_else(bool objected)
    {
        var state = new ConsentState(Rules.Versions, 20_000, new Dictionary<string, GivenAnswer> { ["statistics"] = new(Current, true) }, objected, new Dictionary<string, int>());
        Assert.Equal(objected, state.Objected);
        Assert.Equal(objected ? [Necessary, Statistics] : [Necessary, Statistics, Measurement], Allowed(state));
    }

    [Fact]
    public void The_first_day_of_an_audience_cookie_goes_with_the_grants()
    {
        var number = Measurement.Number;
        var state = new ConsentState(Rules.Versions, 20_000, new Dictionary<string, GivenAnswer>(), false, new Dictionary<string, int> { [number] = 19_990 });
        Assert.Equal(19_990, state.Grants.FirstDay(number));
        Assert.Null(state.Grants.FirstDay("another"));
    }

    private static ConsentState State(params (string Category, string Version, bool Granted)[] answers) => new(
        Rules.Versions, 20_000, answers.ToDictionary(answer => answer.Category, answer => new GivenAnswer(answer.Version, answer.Granted)), false, new Dictionary<string, int>());

    private static IEnumerable<CookieEntry> Allowed(ConsentState state) =>
        new[] { Necessary, Statistics, Video, Measurement }.Where(entry => state.Grants.Allows(entry));
}
