using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>What one site asks its visitors, and for how long an answer holds.</summary>
internal sealed class ConsentRules
{
    /// <summary>Values of the consent cookie that are kept read.</summary>
    private const int MostRead = 1024;

    private readonly Dictionary<string, string> _versions;
    private readonly ConcurrentDictionary<string, ConsentState> _read = new(StringComparer.Ordinal);

    public ConsentRules(IReadOnlyList<CookieEntry> entries, ConsentCookieOptions cookie)
    {
        Cookie = cookie;
        _versions = entries
            .Where(entry => entry.NeedsConsent)
            .GroupBy(entry => entry.Category, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, PolicyVersion.Of, StringComparer.Ordinal);
        Undecided = ConsentState.None(this);
        AudienceNumbers = entries.Where(entry => entry.IsAudience).Select(EntryNumber.Of).ToHashSet(StringComparer.Ordinal);
    }

    public ConsentCookieOptions Cookie { get; }

    /// <summary>The state of a visitor who decided nothing yet.</summary>
    public ConsentState Undecided { get; }

    /// <summary>Current version of each category that needs consent, by its id.</summary>
    public IReadOnlyDictionary<string, string> Versions => _versions;

    /// <summary>Whether exempt audience measurement takes place, to which a visitor may object.</summary>
    public bool HasAudience => AudienceNumbers.Count > 0;

    /// <summary>Numbers of the exempt audience entries: the first days of these, and no others, are kept.</summary>
    public IReadOnlySet<string> AudienceNumbers { get; }

    /// <summary>Whether there is anything to consent to: without it no banner is shown.</summary>
    public bool Asks => _versions.Count > 0;

    /// <summary>Whether a visitor can decide anything: without it no consent cookie is ever set.</summary>
    public bool HasChoice => Asks || HasAudience;

    /// <summary>What a value was read as before: equal choices have equal bytes, so few are new.</summary>
    internal bool TryRecall(ReadOnlySpan<char> value, [NotNullWhen(true)] out ConsentState? state) =>
        _read.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value, out state);

    /// <summary>Keeps it; whoever invents values costs the others no more than being read again.</summary>
    internal void Remember(string value, ConsentState state)
    {
        if (_read.Count >= MostRead)
            _read.Clear();
        _read[value] = state;
    }
}
