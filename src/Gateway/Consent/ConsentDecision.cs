using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>The button that a visitor pressed.</summary>
internal enum Choice
{
    Accept,
    Refuse,

    /// <summary>Grants exactly the categories that are ticked.</summary>
    Save,

    /// <summary>Grants the named categories and changes no other answer: the button in place of content that is held back.</summary>
    Allow,
}

/// <summary>Turns a choice into a new consent state.</summary>
internal static class ConsentDecision
{
    /// <param name="granted">
    /// The categories ticked, for <see cref="Choice.Save"/>, which refuses all others, and for <see cref="Choice.Allow"/>, which leaves all
    /// others as they are.
    /// </param>
    /// <param name="objected">Whether the visitor objects to exempt audience measurement, for <see cref="Choice.Save"/>.</param>
    /// <returns>
    /// A state with an answer for every category, except after <see cref="Choice.Allow"/>. Accepting all withdraws an objection. Refusing all does not change it, because the banner
    /// does not ask about exempt audience measurement.
    /// </returns>
    public static ConsentState Decide(
        ConsentRules rules, ConsentState before, Choice choice, IReadOnlySet<string> granted, bool objected, DateTimeOffset now)
    {
        var answers = rules.Versions
            .Where(version => choice != Choice.Allow || granted.Contains(version.Key) || before.AnswerFor(version.Key) != Answer.NotAsked)
            .ToDictionary(version => version.Key, version => new GivenAnswer(version.Value, IsGranted(version.Key)), StringComparer.Ordinal);
        var objects = choice switch
        {
            Choice.Accept => false,
            Choice.Save => objected,
            _ => before.Objected,
        };

        // An answer never lasts longer because another category was allowed later.
        var day = choice == Choice.Allow && before.Day is { } decided ? decided : now.ToDayNumber();

        var firstDays = before.FirstDays.Where(first => rules.AudienceNumbers.Contains(first.Key)).ToDictionary(StringComparer.Ordinal);
        return new ConsentState(rules.Versions, day, answers, objects && rules.HasAudience, firstDays);

        bool IsGranted(string category) => choice switch
        {
            Choice.Accept => true,
            Choice.Refuse => false,
            Choice.Save => granted.Contains(category),
            _ => granted.Contains(category) || before.AnswerFor(category) == Answer.Granted,
        };
    }
}
