using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>What one visitor has decided, compared with what the site asks now.</summary>
internal sealed class ConsentState
{
    private readonly IReadOnlyDictionary<string, string> _versions;
    private readonly IReadOnlyDictionary<string, GivenAnswer> _answers;

    /// <param name="versions">See <see cref="ConsentRules.Versions"/>.</param>
    /// <param name="day">See <see cref="Day"/>.</param>
    /// <param name="answers">By category id.</param>
    /// <param name="objected">See <see cref="Objected"/>.</param>
    /// <param name="firstDays">See <see cref="FirstDays"/>.</param>
    public ConsentState(
        IReadOnlyDictionary<string, string> versions,
        int? day,
        IReadOnlyDictionary<string, GivenAnswer> answers,
        bool objected,
        IReadOnlyDictionary<string, int> firstDays)
    {
        _versions = versions;
        _answers = answers;
        Day = day;
        Objected = objected;
        FirstDays = firstDays;
        KnowsAll = answers.All(answer => versions.TryGetValue(answer.Key, out var version) && version == answer.Value.Version);
        Grants = day is null
            ? Grants.ExemptOnly
            : new Grants(
                versions.Keys.Where(category => AnswerFor(category) == Answer.Granted).ToHashSet(StringComparer.Ordinal),
                audience: !objected,
                firstDays);
    }

    /// <summary>Day number of the decision (see <see cref="UtcDays.ToDayNumber"/>); null if the visitor has not decided.</summary>
    public int? Day { get; }

    /// <summary>Whether the visitor objected to exempt audience measurement (GDPR 21).</summary>
    public bool Objected { get; }

    /// <summary>Day numbers on which exempt audience cookies were first set, by entry number.</summary>
    public IReadOnlyDictionary<string, int> FirstDays { get; }

    /// <summary>The answers as they were given, including those to other versions.</summary>
    public IReadOnlyDictionary<string, GivenAnswer> Answers => _answers;

    /// <summary>
    /// Whether all answers are to the current versions. Others can come from a replica with a newer table: such answers grant nothing, but
    /// the gateway does not delete cookies because of them.
    /// </summary>
    public bool KnowsAll { get; }

    /// <summary>What may be stored and read for this visitor.</summary>
    public Grants Grants { get; }

    /// <summary>Whether a category has no answer yet, so that the banner is shown.</summary>
    public bool MustAsk => _versions.Keys.Any(category => AnswerFor(category) == Answer.NotAsked);

    public Answer AnswerFor(string category) =>
        !_answers.TryGetValue(category, out var given) || !_versions.TryGetValue(category, out var version) || version != given.Version
            ? Answer.NotAsked
            : given.Granted ? Answer.Granted : Answer.Refused;
}
