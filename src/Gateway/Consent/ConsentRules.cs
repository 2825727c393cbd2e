using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>What one site asks its visitors, and for how long an answer holds.</summary>
internal sealed class ConsentRules
{
    private readonly Dictionary<string, string> _versions;

    public ConsentRules(IReadOnlyList<CookieEntry> entries, ConsentCookieOptions cookie)
    {
        Cookie = cookie;
        _versions = entries
            .Where(entry => entry.NeedsConsent)
            .GroupBy(entry => entry.Category, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, PolicyVersion.Of, StringComparer.Ordinal);
        AudienceNumbers = entries.Where(entry => entry.IsAudience).Select(EntryNumber.Of).ToHashSet(StringComparer.Ordinal);
    }

    public ConsentCookieOptions Cookie { get; }

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
}
