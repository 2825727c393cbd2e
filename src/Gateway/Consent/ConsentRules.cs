using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>What a site asks its visitors, and how long their answers are valid.</summary>
internal sealed class ConsentRules
{
    private static int _last;

    private readonly Dictionary<string, string> _versions;

    public ConsentRules(IReadOnlyList<CookieEntry> entries, ConsentCookieOptions cookie)
    {
        Cookie = cookie;
        _versions = entries
            .Where(entry => entry.NeedsConsent)
            .GroupBy(entry => entry.Category, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, PolicyVersion.Of, StringComparer.Ordinal);
        Undecided = new ConsentState(_versions, day: null, new Dictionary<string, GivenAnswer>(), objected: false, new Dictionary<string, int>());
        AudienceNumbers = entries.Where(entry => entry.IsAudience).Select(entry => entry.Number).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A number that no other rules of this process have.</summary>
    public int Number { get; } = Interlocked.Increment(ref _last);

    public ConsentCookieOptions Cookie { get; }

    /// <summary>The state of a visitor who has not decided yet.</summary>
    public ConsentState Undecided { get; }

    /// <summary>Current version of each category that needs consent, by category id. See <see cref="PolicyVersion"/>.</summary>
    public IReadOnlyDictionary<string, string> Versions => _versions;

    /// <summary>Whether the site has exempt audience measurement, to which a visitor may object.</summary>
    public bool HasAudience => AudienceNumbers.Count > 0;

    /// <summary>Numbers of the exempt audience entries (see <see cref="CookieEntry.Number"/>), whose first days the consent cookie stores.</summary>
    public IReadOnlySet<string> AudienceNumbers { get; }

    /// <summary>Whether any category needs consent; if none does, no banner is shown.</summary>
    public bool Asks => _versions.Count > 0;

    /// <summary>Whether visitors can decide anything; if not, the gateway never sets a consent cookie.</summary>
    public bool HasChoice => Asks || HasAudience;
}
