using System.Text.RegularExpressions;
using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Pages;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Pages;

/// <summary>Each sentence of the public pages appears exactly where it is true.</summary>
public sealed partial class TrueSentencesTests
{
    private static readonly CookieEntry SoldHost = Notices.VideoHost with { Names = ["ads.example"], SaleOrShare = true };

    private static readonly CookieEntry SoldCookie = Notices.Ga with { Names = ["sold"], SaleOrShare = true };

    private static readonly SiteNotice[] Tables =
    [
        Notices.Of([]), Notices.Reference, Notices.Full, Notices.Of([Notices.Audience]), Notices.Of([Notices.VideoHost]), Notices.Of([Notices.VideoCookie]),
        Notices.Of([Notices.GaKey]), Notices.Of([SoldHost]), Notices.Of([SoldCookie]), Notices.Of([Notices.VideoCookie with { SaleOrShare = true }]),
        Notices.Of([.. Notices.Necessary, Notices.Audience, Notices.Ga], new() { Domain = "example.org" }),
        Notices.Of([Notices.Ga with { Kind = EntryKind.Path, Names = ["/matomo/*"], SaleOrShare = true }]),
        Notices.Of([Notices.Audience with { Kind = EntryKind.Host, Names = ["stats.example"] }]),
    ];

    private static readonly Func<SiteNotice, SiteNotice>[] Settings =
    [
        site => site,
        site => site with { LoadsThirdParties = true },
        site => site with { Excluded = ["/legacy/*"] },
        site => site with { Signals = new() { GoogleConsentMode = new() { AdStorage = "statistics" } } },
        site => site with { Signals = new() { ScriptApi = "consent" } },
        site => site with { ExistingBanner = new() },
        site => site with { Showing = Showing.Test },
        site => site with { IsEnforced = false, LoadsThirdParties = true, Excluded = ["/legacy/*"] },
    ];

    private static readonly Dictionary<string, Func<Shown, bool>> Policy = new()
    {
        ["policy.intro.both"] = page => page.Has(IsNecessary) && page.Has(IsAnalytics),
        ["policy.intro.functions"] = page => page.Has(IsNecessary) && !page.Has(IsAnalytics),
        ["policy.intro.analytics"] = page => !page.Has(IsNecessary) && page.Has(IsAnalytics),
        ["policy.intro.consent"] = page => page.Has(NeedsConsent),
        ["policy.intro.none"] = page => !page.Has(_ => true) && page.HoldsAllBack,
        ["policy.limit.hosts"] = page => page.Site.LoadsThirdParties,
        ["policy.limit.pages"] = page => page.Site.Excluded.Count > 0,
        ["policy.what.cookie"] = page => page.Has(_ => true),
        ["policy.what.uses"] = page => page.Has(_ => true) && !page.Has(NeedsConsent) && !page.Has(IsAnalytics),
        ["policy.what.usesAll"] = page => page.Has(NeedsConsent) || page.Has(IsAnalytics),
        ["policy.what.storage"] = page => page.Has(entry => entry.Kind is EntryKind.LocalStorage or EntryKind.SessionStorage),
        ["policy.what.host"] = page => page.Has(IsHost),
        ["policy.types.necessary"] = page => page.Has(IsNecessary),
        ["policy.types.audience"] = page => page.Has(entry => entry.IsAudience) && !page.Has(IsStatistics),
        ["policy.types.statistics"] = page => !page.Has(entry => entry.IsAudience) && page.Has(IsStatistics),
        ["policy.types.mixed"] = page => page.Has(entry => entry.IsAudience) && page.Has(IsStatistics),
        ["policy.types.first"] = page => page.Has(IsFirst) && !page.Has(entry => IsFirst(entry) && NeedsConsent(entry)),
        ["policy.types.firstMore"] = page => page.Has(entry => IsFirst(entry) && NeedsConsent(entry)),
        ["policy.types.third"] = page => page.Has(entry => entry is { Kind: EntryKind.Cookie, Party: Party.Third }),
        ["policy.table.pattern"] = page => page.Has(entry => entry.Names.Any(name => name.Contains('*'))),
        ["policy.table.sale"] = page => page.Has(entry => entry.SaleOrShare && (!page.Site.LoadsThirdParties || IsOwn(entry))),
        ["policy.table.saleAlways"] = page => page.Has(entry => entry.SaleOrShare && page.Site.LoadsThirdParties && !IsOwn(entry)),
        ["policy.audience.object"] = page => page.Has(entry => entry.IsAudience) && page.Site.IsEnforced,
        ["policy.choice.withdraw"] = page => page.Has(NeedsConsent) && page.Site.IsEnforced,
        ["policy.choice.kept"] = page => page.HasChoice,
        ["policy.choice.cookie"] = page => page.HasChoice && !page.Has(entry => entry.IsAudience),
        ["policy.choice.cookieAudience"] = page => page.HasChoice && page.Has(entry => entry.IsAudience),
        ["policy.choice.noRecord"] = page =>
            page.HasChoice && page.Site.ExistingBanner is null && page.Site.Signals is { ScriptApi: null, GoogleConsentMode.IsOn: false },
        ["policy.choice.scope"] = page => page.HasChoice && page.Site.Rules.Cookie.Domain is not null,
        ["policy.rights.portability"] = page => page.Has(NeedsConsent),
        ["policy.rights.object"] = page => page.Has(entry => !NeedsConsent(entry)),
        ["policy.rights.ask"] = _ => true,
        ["policy.rights.complain"] = _ => true,
    };

    private static readonly Dictionary<string, Func<Shown, bool>> Choices = new()
    {
        ["status.saved"] = page => page.IsSaved,
        ["signal.test"] = page => page.Site.Showing == Showing.Test,
        ["signal.gpc"] = page => page.Signals != BrowserSignals.None && !page.Has(entry => entry.SaleOrShare && page.Site.LoadsThirdParties && !IsOwn(entry)),
        ["policy.limit.hosts"] = page => page.Site is { IsEnforced: true, LoadsThirdParties: true },
        ["policy.limit.pages"] = page => page.Site is { IsEnforced: true, Excluded.Count: > 0 },
        ["settings.observes"] = page => !page.Site.IsEnforced,
        ["settings.none"] = page => page.Site.IsEnforced && !page.HasChoice,
        ["settings.intro"] = page => page.HasChoice,
        ["settings.asks"] = page => page.HasChoice && page.Has(NeedsConsent),
        ["settings.undecided"] = page => page.HasChoice && page.Has(NeedsConsent) && page.State.Day is null,
        ["settings.untilThen"] = page => page.HasChoice && page.Has(NeedsConsent) && page.State.Day is null && page.HoldsAllBack,
        ["settings.decided"] = page => page.HasChoice && page.State.Day is not null,
        ["banner.scope"] = page => page.HasChoice && page.Site.Rules.Cookie.Domain is not null,
    };

    [Fact]
    public void Each_sentence_of_the_policy_is_shown_exactly_where_it_is_true()
    {
        foreach (var site in Sites())
            AssertSentences(new Shown(site, site.Rules.Undecided), Policy, marked => PolicyPage.Render(marked, "en"));
    }

    [Fact]
    public void Each_sentence_of_the_settings_page_is_shown_exactly_where_it_is_true()
    {
        foreach (var site in Sites())
        {
            var decided = Notices.State(site, false, [.. site.Rules.Versions.Keys.Select(category => (category, true))]);
            foreach (var page in new[]
            {
                new Shown(site, site.Rules.Undecided), new Shown(site, decided, IsSaved: true),
                new Shown(site, site.Rules.Undecided, BrowserSignals.GlobalPrivacyControl),
            })
            {
                AssertSentences(page, Choices, marked => SettingsPage.Render(marked, page.State, "en", null, page.IsSaved, page.Signals));
            }
        }
    }

    [Fact]
    public void Each_sentence_is_true_of_one_site_and_false_of_another()
    {
        var pages = Sites().SelectMany(site => new[]
        {
            new Shown(site, site.Rules.Undecided, BrowserSignals.GlobalPrivacyControl),
            new Shown(site, Notices.State(site), IsSaved: true),
        }).ToList();
        string[] always = ["policy.rights.ask", "policy.rights.complain"];

        Assert.All(Policy.Concat(Choices), sentence => Assert.Contains(pages, page => sentence.Value(page)));
        Assert.All(Policy.Concat(Choices).Where(sentence => !always.Contains(sentence.Key)), sentence => Assert.Contains(pages, page => !sentence.Value(page)));
    }

    [Fact]
    public void No_statement_on_Global_Privacy_Control_is_published_where_sold_data_cannot_be_held_back()
    {
        Assert.NotNull(GpcStatement.Of(Notices.Of([SoldHost])));
        Assert.Null(GpcStatement.Of(Notices.Of([SoldHost]) with { LoadsThirdParties = true }));
        Assert.NotNull(GpcStatement.Of(Notices.Of([SoldCookie]) with { LoadsThirdParties = true }));
    }

    [Fact]
    public void What_is_not_held_back_is_said_in_words_that_visitors_understand()
    {
        var page = PolicyPage.Render(Notices.Full with { LoadsThirdParties = true, Excluded = ["/legacy/*"] }, "en");

        Assert.Contains("Pages of this site can load content from other websites, whatever you choose here.", page);
        Assert.Contains("scripts can store and read data on your device, whatever you choose here: <code>/legacy/*</code>.", page);
    }

    private static IEnumerable<SiteNotice> Sites() => Tables.SelectMany(table => Settings.Select(change => change(table)));

    // Each text is replaced by its key, so that the page shows which texts it uses.
    private static void AssertSentences(Shown page, Dictionary<string, Func<Shown, bool>> sentences, Func<SiteNotice, string> render)
    {
        var english = Translations.For("en");
        var marked = english.Keys.ToDictionary(key => key, key => $"⟦{key}⟧{string.Concat(Translations.Placeholders(english[key])!)}");
        var site = page.Site with { Texts = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["en"] = marked } };
        var shown = render(site);
        var keys = Key().Matches(shown).Select(match => match.Groups[1].Value).Where(key => IsSentence(key, english[key])).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(sentences.Where(sentence => sentence.Value(page)).Select(sentence => sentence.Key).Order(StringComparer.Ordinal), keys);
    }

    // The descriptions of categories and the attested conditions belong to one entry each; counts have a test of their own.
    private static bool IsSentence(string key, string text) => text[^1] == '.'
        && !key.StartsWith("category.", StringComparison.Ordinal) && !key.StartsWith("policy.providers.", StringComparison.Ordinal)
        && key is not ("policy.version" or "policy.audience.reuse" or "policy.audience.retention");

    private static bool NeedsConsent(CookieEntry entry) => entry.Exemption is null;

    private static bool IsNecessary(CookieEntry entry) => entry.Exemption is not null && !entry.IsAudience;

    private static bool IsStatistics(CookieEntry entry) => NeedsConsent(entry) && entry.Category == "statistics";

    private static bool IsAnalytics(CookieEntry entry) => entry.IsAudience || IsStatistics(entry);

    private static bool IsHost(CookieEntry entry) => entry.Kind == EntryKind.Host;

    private static bool IsFirst(CookieEntry entry) => entry is { Kind: EntryKind.Cookie, Party: Party.First };

    private static bool IsOwn(CookieEntry entry) => entry.Kind != EntryKind.Host && entry.Party == Party.First;

    [GeneratedRegex("⟦([^⟧]+)⟧")]
    private static partial Regex Key();

    private sealed record Shown(SiteNotice Site, ConsentState State, BrowserSignals Signals = BrowserSignals.None, bool IsSaved = false)
    {
        public bool HoldsAllBack => Site is { LoadsThirdParties: false, Excluded.Count: 0 };

        public bool HasChoice => Site.IsEnforced && Has(entry => NeedsConsent(entry) || entry.IsAudience);

        public bool Has(Func<CookieEntry, bool> entry) => Site.Entries.Any(entry);
    }
}
