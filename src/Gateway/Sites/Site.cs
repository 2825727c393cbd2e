using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Pages;
using Gateway.Script;
using Gateway.Texts;

namespace Gateway.Sites;

/// <summary>One site, checked and compiled: all that a request to it needs, and nothing that changes.</summary>
internal sealed class Site
{
    private const string PassSuffix = "_preview", TestSuffix = "_test";

    private readonly CookieTable _local;
    private readonly CookieTable _session;
    private readonly Lazy<BannerScript> _script;
    private readonly Dictionary<string, Lazy<string>> _policies;
    private readonly Lazy<byte[]> _policyJson;

    /// <param name="changed">Day on which its configuration last changed; the policy's date where the operator gives none.</param>
    public Site(SiteConfig config, DateOnly changed, DateOnly today, Showing showing)
        : this(config, config.ConsentCookie.Name, changed, today, showing)
    {
        if (Observes)
            Test = new Site(AsTest(config), config.ConsentCookie.Name, changed, today, Showing.Test);
    }

    // Known by the name of the consent cookie that holds real choices.
    private Site(SiteConfig config, string cookie, DateOnly changed, DateOnly today, Showing showing)
    {
        Config = config;
        Mode = config.ModeOn(today);
        Table = new CookieTable(config.Cookies);
        _local = new CookieTable(config.Cookies, EntryKind.LocalStorage);
        _session = new CookieTable(config.Cookies, EntryKind.SessionStorage);
        Rules = new ConsentRules(config.Cookies, config.ConsentCookie);
        Honours = Observes ? BrowserSignals.None : config.Cookies.Aggregate(BrowserSignals.None, (all, entry) => all | entry.HeldBackBy);
        PassCookie = cookie + PassSuffix;
        Own = new GatewayCookie(config.ConsentCookie.Name, ConsentCookie.Marker, ByMarker: Observes || !Rules.HasChoice, showing switch
        {
            Showing.Test => [cookie, PassCookie],
            _ when Observes => [cookie + TestSuffix, PassCookie],
            _ => [],
        });
        Backends = [.. Backend.Of(config).OrderByDescending(backend => backend.Config.Path.Length)];
        PublicUrl = config.PublicUrl is null ? null : new Uri(config.PublicUrl);
        Notice = new SiteNotice
        {
            Prefix = config.Prefix,
            Hosts = config.Hosts,
            Languages = config.Languages,
            Texts = config.Texts,
            PageLanguages = new PageLanguages(config.PageLanguage),
            Controller = config.Controller,
            Policy = config.Policy,
            Changed = changed,
            Banner = config.Banner,
            ExistingBanner = Observes ? null : config.ExistingBanner,
            Signals = config.Signals,
            Asked = config.AskedCategories(),
            Entries = ConsentCookieEntry.AddTo(config, Rules),
            Rules = Rules,
            Observes = Observes,
            Showing = showing,
        };
        Styles = PageStyles.For(Notice);
        GpcStatement = Gateway.Pages.GpcStatement.Of(Notice);
        _policies = config.Languages.ToDictionary(
            language => language, language => new Lazy<string>(() => PolicyPage.Render(Notice, language)), StringComparer.Ordinal);
        _policyJson = new Lazy<byte[]>(() => PolicyPage.Json(Notice, config.Languages));
        _script = new Lazy<BannerScript>(() => BannerScript.Render(Notice));
    }

    public SiteConfig Config { get; }

    public CookieTable Table { get; }

    /// <summary>The table of what scripts of pages write.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Hosts are not written.</exception>
    public CookieTable TableOf(EntryKind kind) => kind switch
    {
        EntryKind.Cookie => Table,
        EntryKind.LocalStorage => _local,
        EntryKind.SessionStorage => _session,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public ConsentRules Rules { get; }

    /// <summary>The browsers' signals that hold back some entry of the table.</summary>
    public BrowserSignals Honours { get; }

    public GatewayCookie Own { get; }

    public SiteNotice Notice { get; }

    /// <summary>Longest path first.</summary>
    public Backend[] Backends { get; }

    public Uri? PublicUrl { get; }

    /// <summary>The mode of today; after its last day a site is enforced by itself.</summary>
    public SiteMode Mode { get; }

    /// <summary>Whether nothing is removed or asked today: the site is observed, or the gateway is off.</summary>
    public bool Observes => Mode != SiteMode.Enforce;

    /// <summary>Whether nothing at all is done today: no line is written into pages, and nothing is written down.</summary>
    public bool IsOff => Mode == SiteMode.Off;

    /// <summary>
    /// The site as a browser with a <see cref="PreviewPass"/> sees it, enforced, its choices in a cookie of their own; null where all see it
    /// so, and in itself.
    /// </summary>
    public Site? Test { get; }

    /// <summary>Name of the cookie that holds the pass.</summary>
    public string PassCookie { get; }

    public BannerScript Script => _script.Value;

    /// <summary>The policy page, the same for every visitor.</summary>
    /// <param name="language">One of the site's.</param>
    public string PolicyIn(string language) => _policies[language].Value;

    /// <summary>The policy as data.</summary>
    public byte[] PolicyJson => _policyJson.Value;

    /// <summary>What the site says of Global Privacy Control, as data; null where it says nothing.</summary>
    public byte[]? GpcStatement { get; }

    /// <summary>The style sheet of the gateway's own pages.</summary>
    public HashedFile Styles { get; }

    /// <summary>The backend of a path: the longest of the configured paths that it lies under, on segment boundaries.</summary>
    public Backend BackendOf(string path)
    {
        foreach (var backend in Backends)
        {
            var at = backend.Config.Path;
            if (at == "/" || (path.StartsWith(at, StringComparison.Ordinal) && (at[^1] == '/' || path.Length == at.Length || path[at.Length] == '/')))
                return backend;
        }

        return Backends[^1];
    }

    private static SiteConfig AsTest(SiteConfig config) => config with
    {
        Mode = SiteMode.Enforce,
        ObserveUntil = null,
        ConsentCookie = config.ConsentCookie with { Name = config.ConsentCookie.Name + TestSuffix },
    };
}
