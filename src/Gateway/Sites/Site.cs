using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Csp;
using Gateway.Pages;
using Gateway.Script;
using Gateway.Texts;

namespace Gateway.Sites;

/// <summary>A compiled site: everything that a request needs. It is immutable.</summary>
internal sealed class Site
{
    private const string PassSuffix = "_preview", TestSuffix = "_test";

    private readonly Dictionary<EntryKind, CookieTable> _scriptTables;
    private readonly Lazy<BannerScript> _script;
    private readonly Dictionary<string, Lazy<string>> _policies;
    private readonly Lazy<byte[]> _policyJson;

    /// <param name="config">A configuration without errors.</param>
    /// <param name="changed">The day of the last change of the configuration; the date of the policy without <c>policy.reviewed</c>.</param>
    public Site(SiteConfig config, DateOnly changed, DateOnly today, Showing showing)
        : this(config, config.ConsentCookie.Name, changed, today, showing)
    {
        if (!IsEnforced)
            Test = new Site(AsTest(config), config.ConsentCookie.Name, changed, today, Showing.Test);
    }

    // "cookie" is the name of the consent cookie that holds real choices; the names of the other cookies derive from it.
    private Site(SiteConfig config, string cookie, DateOnly changed, DateOnly today, Showing showing)
    {
        Config = config;
        Mode = config.ModeOn(today);
        Table = new CookieTable(config.Cookies);
        _scriptTables = ScriptKinds.ToDictionary(kind => kind, kind => kind == EntryKind.Cookie ? Table : new CookieTable(config.Cookies, kind));
        ThirdParties = new ThirdParties(config, Mode);
        TrackerPaths = config.Cookies.Any(entry => entry.Kind == EntryKind.Path) ? new CookieTable(config.Cookies, EntryKind.Path) : null;
        Rules = new ConsentRules(config.Cookies, config.ConsentCookie);
        Honours = IsEnforced ? config.Cookies.Aggregate(BrowserSignals.None, (all, entry) => all | entry.HeldBackBy) : BrowserSignals.None;
        PassCookie = cookie + PassSuffix;
        GatewayCookie = new GatewayCookie(config.ConsentCookie.Name, ConsentCookie.Marker, ByMarker: !IsEnforced || !Rules.HasChoice, showing switch
        {
            Showing.Test => [cookie, PassCookie],
            _ when !IsEnforced => [cookie + TestSuffix, PassCookie],
            _ => [],
        });
        Backends = [.. Backend.Of(config).OrderByDescending(backend => backend.Config.Path.Length)];
        Excluded = new PathPatterns(config.Exclude);
        PublicUrl = config.PublicUrl is null ? null : new Uri(config.PublicUrl);
        Notice = new SiteNotice
        {
            Prefix = config.Prefix,
            Hosts = config.Hosts,
            Languages = config.Languages,
            Texts = config.Texts,
            PageLanguages = new PageLanguages(config.PageLanguage),
            Quiet = new PathPatterns(config.Quiet),
            Excluded = config.Exclude,
            Controller = config.Controller,
            Policy = config.Policy,
            Changed = changed,
            Banner = config.Banner,
            ExistingBanner = IsEnforced ? config.ExistingBanner : null,
            Signals = config.Signals,
            Asked = config.AskedCategories(),
            Entries = ConsentCookieEntry.AddTo(config, Rules),
            Rules = Rules,
            IsEnforced = IsEnforced,
            LoadsThirdParties = ThirdParties.Mode != ThirdPartyMode.Enforce,
            ThirdPartyPolicy = ThirdParties.Mode == ThirdPartyMode.Off ? null : ThirdPartyPolicy.Start,
            OwnPolicy = ThirdParties.Mode == ThirdPartyMode.Enforce ? ThirdParties.Fixed : null,
            Showing = showing,
        };
        Styles = PageShell.StylesOf(Notice);
        FrameStyles = FramePage.StylesOf(Notice);
        FrameScript = FramePage.ScriptOf(Notice);
        GpcStatement = Gateway.Pages.GpcStatement.Of(Notice);
        _policies = config.Languages.ToDictionary(
            language => language, language => new Lazy<string>(() => PolicyPage.Render(Notice, language)), StringComparer.Ordinal);
        _policyJson = new Lazy<byte[]>(() => PolicyPage.Json(Notice, config.Languages));
        _script = new Lazy<BannerScript>(() => BannerScript.Render(Notice));
    }

    /// <summary>The kinds of entries that scripts of a page can create.</summary>
    public static IReadOnlyList<EntryKind> ScriptKinds { get; } =
        [EntryKind.Cookie, EntryKind.LocalStorage, EntryKind.SessionStorage, EntryKind.IndexedDB, EntryKind.CacheStorage, EntryKind.ServiceWorker];

    public SiteConfig Config { get; }

    public CookieTable Table { get; }

    /// <summary>The table of one of the <see cref="ScriptKinds"/>.</summary>
    public CookieTable TableOf(EntryKind kind) => _scriptTables[kind];

    /// <summary>The third-party hosts of the table.</summary>
    public ThirdParties ThirdParties { get; }

    /// <summary>The paths at which the site serves trackers itself; null if the table lists none.</summary>
    public CookieTable? TrackerPaths { get; }

    public ConsentRules Rules { get; }

    /// <summary>The browser signals that block at least one entry of the table.</summary>
    public BrowserSignals Honours { get; }

    public GatewayCookie GatewayCookie { get; }

    public SiteNotice Notice { get; }

    /// <summary>The backends, the longest path first.</summary>
    public Backend[] Backends { get; }

    /// <summary>The pages into which nothing is written. Their cookies are filtered.</summary>
    public PathPatterns Excluded { get; }

    public Uri? PublicUrl { get; }

    /// <summary>The mode of the current day. After the last day of observe or off, it is enforce.</summary>
    public SiteMode Mode { get; }

    /// <summary>Whether the gateway removes what is not granted and asks for consent; false in the modes observe and off.</summary>
    public bool IsEnforced => Mode == SiteMode.Enforce;

    /// <summary>Whether the gateway removes nothing and logs what it would have removed.</summary>
    public bool IsObserved => Mode == SiteMode.Observe;

    /// <summary>Whether the gateway only forwards: it changes no page, removes nothing and logs nothing.</summary>
    public bool IsOff => Mode == SiteMode.Off;

    /// <summary>
    /// The enforced site for browsers with a <see cref="PreviewPass"/>, with a separate cookie for their choices; null if the site is enforced
    /// for everyone, and in the test site itself.
    /// </summary>
    public Site? Test { get; }

    /// <summary>The name of the cookie that holds the pass.</summary>
    public string PassCookie { get; }

    public BannerScript Script => _script.Value;

    /// <summary>The policy page, which is the same for all visitors.</summary>
    /// <param name="language">A language of the site.</param>
    public string PolicyIn(string language) => _policies[language].Value;

    /// <summary>The policy as JSON.</summary>
    public byte[] PolicyJson => _policyJson.Value;

    /// <summary>The Global Privacy Control statement of the site, as JSON; null if it has none.</summary>
    public byte[]? GpcStatement { get; }

    /// <summary>The style sheet of the gateway's pages.</summary>
    public HashedFile Styles { get; }

    /// <summary>The style sheet of the documents in place of frames.</summary>
    public HashedFile FrameStyles { get; }

    /// <summary>The script of the documents in place of frames.</summary>
    public HashedFile FrameScript { get; }

    /// <summary>The backend with the longest path that is a prefix of the given path. Only whole segments match.</summary>
    public Backend BackendOf(string path)
    {
        foreach (var backend in Backends)
        {
            var prefix = backend.Config.Path;
            if (prefix == "/" || (path.StartsWith(prefix, StringComparison.Ordinal) && (prefix[^1] == '/' || path.Length == prefix.Length || path[prefix.Length] == '/')))
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
