using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>What a visitor pressed.</summary>
internal enum Choice
{
    Accept,
    Refuse,

    /// <summary>Exactly what was ticked.</summary>
    Save,
}

/// <summary>Turns a choice into a new consent.</summary>
internal static class ConsentDecision
{
    /// <param name="granted">With <see cref="Choice.Save"/>: categories ticked; those not ticked are refused.</param>
    /// <param name="objected">With <see cref="Choice.Save"/>: whether the visitor objects to exempt audience measurement.</param>
    /// <returns>
    /// Every category that is asked has an answer. Refusing all leaves an objection as it was, for exempt audience measurement was
    /// not part of the question; accepting all takes it back.
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
        return new ConsentState(rules, DayNumber.Of(now), answers, objects && rules.HasAudience, firstDays);
    }
}
