using Gateway.Cookies;

namespace Gateway.Texts;

/// <summary>What the table bears out: the policy says nothing of the rest.</summary>
internal sealed class PolicyFacts(SiteNotice notice)
{
    /// <summary>Ids of asked categories that measure an audience; what others are for, their own titles and sentences say.</summary>
    private static readonly HashSet<string> Measuring = ["statistics", "analytics", "audience", "measurement"];

    private readonly IReadOnlyList<CookieEntry> _entries = notice.Entries;

    public bool Any => _entries.Count > 0;

    public bool Necessary => _entries.Any(entry => !entry.NeedsConsent && !entry.IsAudience);

    /// <summary>Exempt audience measurement.</summary>
    public bool Audience => _entries.Any(entry => entry.IsAudience);

    /// <summary>Statistics for which consent is asked.</summary>
    public bool Statistics => _entries.Any(entry => entry.NeedsConsent && Measuring.Contains(entry.Category));

    public bool Analytics => Audience || Statistics;

    public bool Asked => _entries.Any(entry => entry.NeedsConsent);

    public bool First => _entries.Any(entry => entry is { Party: Party.First, Kind: EntryKind.Cookie });

    /// <summary>First-party cookies for which consent is asked.</summary>
    public bool FirstAsked => _entries.Any(entry => entry is { Party: Party.First, Kind: EntryKind.Cookie, NeedsConsent: true });

    public bool Third => _entries.Any(entry => entry is { Party: Party.Third, Kind: EntryKind.Cookie });

    public bool Storage => _entries.Any(entry => entry.Kind is EntryKind.LocalStorage or EntryKind.SessionStorage);

    public bool Hosts => _entries.Any(entry => entry.Kind == EntryKind.Host);

    /// <summary>Entries whose data are sold or shared.</summary>
    public bool Sale => _entries.Any(entry => entry.SaleOrShare);

    /// <summary>Whether visitors can decide anything on the site as it stands.</summary>
    public bool Choice => notice.Rules.HasChoice && !notice.Observes;

    /// <summary>Day of the policy.</summary>
    public DateOnly Date => notice.Policy.Reviewed ?? notice.Changed;

    /// <summary>All providers in the table's order, each with its entries.</summary>
    public IReadOnlyList<IGrouping<string, CookieEntry>> Providers =>
        [.. _entries.GroupBy(entry => entry.Provider, StringComparer.Ordinal)];

    /// <summary>How many providers the visitor's consent concerns.</summary>
    public int AskedProviders =>
        _entries.Where(entry => entry.NeedsConsent).Select(entry => entry.Provider).Distinct(StringComparer.Ordinal).Count();
}
