using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>What one visitor has decided, held against what the site asks today.</summary>
internal sealed class ConsentState
{
    private readonly ConsentRules _rules;
    private readonly IReadOnlyDictionary<string, GivenAnswer> _answers;

    public ConsentState(
        ConsentRules rules,
        int? day,
        IReadOnlyDictionary<string, GivenAnswer> answers,
        bool objected,
        IReadOnlyDictionary<string, int> firstDays)
    {
        _rules = rules;
        _answers = answers;
        Day = day;
        Objected = objected;
        FirstDays = firstDays;
        KnowsAll = answers.All(answer => rules.Versions.TryGetValue(answer.Key, out var version) && version == answer.Value.Version);
        Grants = day is null
            ? Grants.ExemptOnly
            : new Grants(
                rules.Versions.Keys.Where(category => AnswerFor(category) == Answer.Granted).ToHashSet(StringComparer.Ordinal),
                audience: !objected,
                firstDays);
    }

    /// <summary>Day number (since 1970, UTC) of the decision; null when nothing readable was decided.</summary>
    public int? Day { get; }

    /// <summary>Whether the visitor objected to exempt audience measurement (GDPR 21).</summary>
    public bool Objected { get; }

    /// <summary>First day of exempt audience cookies by entry number.</summary>
    public IReadOnlyDictionary<string, int> FirstDays { get; }

    /// <summary>The answers as they were given, whatever their version.</summary>
    public IReadOnlyDictionary<string, GivenAnswer> Answers => _answers;

    /// <summary>
    /// Whether every answer is to a version known here. A replica with a newer table may have written the others: they grant
    /// nothing, but on their account nothing is expired either.
    /// </summary>
    public bool KnowsAll { get; }

    /// <summary>What may pass for this visitor.</summary>
    public Grants Grants { get; }

    /// <summary>Whether a category is still to be asked: then the banner shows.</summary>
    public bool MustAsk => _rules.Versions.Keys.Any(category => AnswerFor(category) == Answer.NotAsked);

    public Answer AnswerFor(string category) =>
        !_answers.TryGetValue(category, out var given) || !_rules.Versions.TryGetValue(category, out var version) || version != given.Version
            ? Answer.NotAsked
            : given.Granted ? Answer.Granted : Answer.Refused;

    /// <summary>A visitor who decided nothing yet.</summary>
    public static ConsentState None(ConsentRules rules) =>
        new(rules, day: null, new Dictionary<string, GivenAnswer>(), objected: false, new Dictionary<string, int>());
}
