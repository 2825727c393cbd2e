using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Consent;

public class ConsentDecisionTests
{
    private static readonly DateTimeOffset Now = TestSites.Noon;

    private static readonly CookieEntry Measurement = Table.Audience("13 months", "_pk_id*");

    private static readonly ConsentRules Rules =
        new([Table.Necessary("sid"), Table.Asked("statistics", "_ga"), Table.Asked("video", "YSC"), Measurement], new ConsentCookieOptions());

    private static readonly ConsentRules WithoutMeasurement =
        new([Table.Asked("statistics", "_ga"), Table.Asked("video", "YSC")], new ConsentCookieOptions());

    [Theory]
    [InlineData("Accept", "", "Granted", "Granted")]
    [InlineData("Accept", "video", "Granted", "Granted")]
    [InlineData("Refuse", "", "Refused", "Refused")]
    [InlineData("Refuse", "video", "Refused", "Refused")]
    [InlineData("Save", "", "Refused", "Refused")]
    [InlineData("Save", "video", "Refused", "Granted")]
    [InlineData("Save", "statistics", "Granted", "Refused")]
    [InlineData("Save", "statistics video", "Granted", "Granted")]
    public void Every_category_has_an_answer_and_only_saving_looks_at_the_ticks(string choice, string ticked, string statistics, string video)
    {
        var state = Decide(choice, ticked);
        Assert.Equal((statistics, video), ($"{state.AnswerFor("statistics")}", $"{state.AnswerFor("video")}"));
        Assert.False(state.MustAsk);
    }

    [Theory]
    [InlineData("", "video", "NotAsked", "Granted")]
    [InlineData("Refuse", "video", "Refused", "Granted")]
    [InlineData("Accept", "video", "Granted", "Granted")]
    [InlineData("Refuse", "statistics video", "Granted", "Granted")]
    public void Allowing_a_category_leaves_every_other_answer_as_it_is(string before, string allowed, string statistics, string video)
    {
        var earlier = before.Length == 0 ? Rules.Undecided : Decide(before, "");
        var state = ConsentDecision.Decide(Rules, earlier, Choice.Allow, allowed.Split(' ').ToHashSet(), objected: false, Now);

        Assert.Equal((statistics, video), ($"{state.AnswerFor("statistics")}", $"{state.AnswerFor("video")}"));
        Assert.Equal(Now.ToDayNumber(), state.Day);
    }

    [Fact]
    public void Allowing_a_category_prolongs_no_earlier_answer_and_keeps_an_objection()
    {
        var objected = ConsentDecision.Decide(Rules, Rules.Undecided, Choice.Save, new HashSet<string>(), objected: true, Now);
        var state = ConsentDecision.Decide(Rules, objected, Choice.Allow, new HashSet<string> { "video" }, objected: false, Now.AddDays(100));

        Assert.Equal(Now.ToDayNumber(), state.Day);
        Assert.True(state.Objected);
    }

    [Fact]
    public void An_answer_to_an_older_version_does_not_become_an_answer_to_the_current_one()
    {
        var before = new ConsentState(Rules.Versions, 20_000, new Dictionary<string, GivenAnswer> { ["statistics"] = new("older1", true) }, false, new Dictionary<string, int>());
        var state = ConsentDecision.Decide(Rules, before, Choice.Allow, new HashSet<string> { "video" }, false, Now);

        Assert.Equal(["video"], state.Answers.Keys);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("necessary")]
    [InlineData("audience")]
    public void A_category_that_the_site_does_not_ask_for_gets_no_answer(string ticked)
    {
        var state = Decide("Save", ticked);
        Assert.Equal(["statistics", "video"], state.Answers.Keys.Order());
        Assert.All(state.Answers.Values, answer => Assert.False(answer.Granted));
    }

    [Fact]
    public void An_answer_is_to_the_current_version_and_replaces_an_older_one()
    {
        var before = new ConsentState(Rules.Versions, 20_000, new Dictionary<string, GivenAnswer> { ["statistics"] = new("older1", true) }, false, new Dictionary<string, int>());
        var state = ConsentDecision.Decide(Rules, before, Choice.Refuse, new HashSet<string>(), false, Now);
        Assert.Equal(new GivenAnswer(Rules.Versions["statistics"], false), state.Answers["statistics"]);
    }

    [Theory]
    [InlineData("Accept", false, false, false)]
    [InlineData("Accept", true, true, false)]
    [InlineData("Refuse", false, true, false)]
    [InlineData("Refuse", true, false, true)]
    [InlineData("Save", true, false, false)]
    [InlineData("Save", false, true, true)]
    public void An_objection_is_taken_back_by_accepting_kept_by_refusing_and_saved_as_ticked(string choice, bool objectedBefore, bool ticked, bool objects)
    {
        var before = Decide("Save", "", objectedBefore);
        Assert.Equal(objectedBefore, before.Objected);
        var state = ConsentDecision.Decide(Rules, before, Enum.Parse<Choice>(choice), new HashSet<string>(), ticked, Now);
        Assert.Equal((objects, !objects), (state.Objected, state.Grants.Allows(Measurement)));
    }

    [Theory]
    [InlineData("Save")]
    [InlineData("Refuse")]
    public void There_is_no_objection_where_no_audience_is_measured(string choice)
    {
        var objecting = Decide("Save", "", objected: true);
        Assert.False(ConsentDecision.Decide(WithoutMeasurement, objecting, Enum.Parse<Choice>(choice), new HashSet<string>(), true, Now).Objected);
    }

    [Fact]
    public void The_day_is_that_of_the_decision_in_UTC()
    {
        var lateInParis = new DateTimeOffset(2026, 11, 24, 0, 30, 0, TimeSpan.FromHours(1));
        Assert.Equal(20_780, ConsentDecision.Decide(Rules, Rules.Undecided, Choice.Accept, new HashSet<string>(), false, lateInParis).Day);
        Assert.Equal(20_781, ConsentDecision.Decide(Rules, Rules.Undecided, Choice.Accept, new HashSet<string>(), false, lateInParis.AddMinutes(30)).Day);
    }

    [Theory]
    [InlineData("Accept")]
    [InlineData("Refuse")]
    [InlineData("Save")]
    public void First_days_are_kept_for_the_entries_that_the_table_still_has(string choice)
    {
        var number = Measurement.Number;
        var before = new ConsentState(Rules.Versions, 20_000, new Dictionary<string, GivenAnswer>(), false, new Dictionary<string, int> { [number] = 19_990, ["gone"] = 19_980 });
        var state = ConsentDecision.Decide(Rules, before, Enum.Parse<Choice>(choice), new HashSet<string>(), false, Now);
        Assert.Equal([KeyValuePair.Create(number, 19_990)], state.FirstDays.ToArray());
    }

    private static ConsentState Decide(string choice, string ticked = "", bool objected = false) =>
        ConsentDecision.Decide(Rules, Rules.Undecided, Enum.Parse<Choice>(choice), ticked.Split(' ').ToHashSet(), objected, Now);
}
