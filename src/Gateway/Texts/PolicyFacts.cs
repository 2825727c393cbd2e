using Gateway.Cookies;

namespace Gateway.Texts;

/// <summary>The facts about the cookie table that decide which statements the policy contains.</summary>
internal sealed class PolicyFacts(SiteNotice notice)
{
    /// <summary>The ids of categories that the policy describes as audience measurement. Other categories are described by their own texts.</summary>
    private static readonly HashSet<string> Statistical = ["statistics", "analytics", "audience", "measurement"];

    private readonly IReadOnlyList<CookieEntry> _entries = notice.Entries;

    public bool Any => _entries.Count > 0;

    public bool Necessary => _entries.Any(entry => !entry.NeedsConsent && !entry.IsAudience);

    /// <summary>Whether there is exempt audience measurement.</summary>
    public bool Audience => _entries.Any(entry => entry.IsAudience);

    /// <summary>Whether there are statistics that need consent.</summary>
    public bool Statistics => _entries.Any(entry => entry.NeedsConsent && Statistical.Contains(entry.Category));

    public bool Analytics => Audience || Statistics;

    public bool Asked => _entries.Any(entry => entry.NeedsConsent);

    public bool First => _entries.Any(entry => entry is { Party: Party.First, Kind: EntryKind.Cookie });

    /// <summary>Whether there are first-party cookies that need consent.</summary>
    public bool FirstAsked => _entries.Any(entry => entry is { Party: Party.First, Kind: EntryKind.Cookie, NeedsConsent: true });

    public bool Third => _entries.Any(entry => entry is { Party: Party.Third, Kind: EntryKind.Cookie });

    public bool Storage => _entries.Any(entry => entry.Kind is EntryKind.LocalStorage or EntryKind.SessionStorage);

    /// <summary>Whether there are databases, caches or service workers.</summary>
    public bool Databases => _entries.Any(entry => entry.Kind is EntryKind.IndexedDB or EntryKind.CacheStorage or EntryKind.ServiceWorker);

    public bool Hosts => _entries.Any(entry => entry.Kind == EntryKind.Host);

    /// <summary>Whether nothing is held back only in part: without it, no page may state that what is not granted is not used.</summary>
    public bool HoldsAllBack => !notice.LoadsThirdParties && notice.Excluded.Count == 0;

    /// <summary>Whether no one but the browser of a visitor learns the choice from the gateway.</summary>
    public bool TellsNobody => !notice.Signals.GoogleConsentMode.IsOn && notice.Signals.ScriptApi is null && notice.ExistingBanner is null;

    /// <summary>Whether there are entries whose data is sold or shared.</summary>
    public bool Sale => _entries.Any(entry => entry.SaleOrShare);

    /// <summary>Whether there are entries whose data is sold or shared even if the browser asks not to.</summary>
    public bool SellsAnyway => _entries.Any(entry => entry.SaleOrShare && !HoldsBack(entry));

    /// <summary>
    /// Whether the gateway keeps an entry out of the browser. It never sees the requests to third parties: it can only keep pages from making them.
    /// </summary>
    public bool HoldsBack(CookieEntry entry) => !notice.LoadsThirdParties || (entry.Kind != EntryKind.Host && entry.Party == Party.First);

    /// <summary>Whether visitors can currently make a choice on the site.</summary>
    public bool Choice => notice.Rules.HasChoice && notice.IsEnforced;

    /// <summary>The date of the policy.</summary>
    public DateOnly Date => notice.Policy.Reviewed ?? notice.Changed;

    /// <summary>The providers in the order of the table, with their entries.</summary>
    public IReadOnlyList<IGrouping<string, CookieEntry>> Providers =>
        [.. _entries.GroupBy(entry => entry.Provider, StringComparer.Ordinal)];

    /// <summary>The number of providers with entries that need consent.</summary>
    public int AskedProviders =>
        _entries.Where(entry => entry.NeedsConsent).Select(entry => entry.Provider).Distinct(StringComparer.Ordinal).Count();
}
