using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>The button that a visitor pressed.</summary>
internal enum Choice
{
    Accept,
    Refuse,

    /// <summary>Grants exactly the categories that are ticked.</summary>
    Save,
}

/// <summary>Turns a choice into a new consent state.</summary>
internal static class ConsentDecision
{
    /// <param name="granted">The categories ticked, for <see cref="Choice.Save"/>; all others are refused.</param>
    /// <param name="objected">Whether the visitor objects to exempt audience measurement, for <see cref="Choice.Save"/>.</param>
    /// <returns>
    /// A state with an answer for every category. Accepting all withdraws an objection. Refusing all does not change it, because the banner
    /// does not ask about exempt audience measurement.
    /// </returns>
    public static ConsentState Decide(
        ConsentRules rules, ConsentState before, Choice choice, IReadOnlySet<string> granted, bool objected, DateTimeOffset now)
    {
        var answers = rules.Versions.ToDictionary(
            version => version.Key,
            version => new GivenAnswer(version.Value, choice == Choice.Accept || (choice == Choice.Save && granted.Contains(version.Key))),
            StringComparer.Ordinal);
        var objects = choice switch
        {
            Choice.Accept => false,
            Choice.Refuse => before.Objected,
            _ => objected,
        };

        var firstDays = before.FirstDays.Where(first => rules.AudienceNumbers.Contains(first.Key)).ToDictionary(StringComparer.Ordinal);
        return new ConsentState(rules.Versions, now.ToDayNumber(), answers, objects && rules.HasAudience, firstDays);
    }
}
