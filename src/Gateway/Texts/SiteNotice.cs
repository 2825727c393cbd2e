using Gateway.Consent;
using Gateway.Cookies;

namespace Gateway.Texts;

/// <summary>All that one site tells its visitors: the one source of banner, settings page and policy page.</summary>
internal sealed record SiteNotice
{
    /// <summary>Path prefix of the gateway's own pages, without a slash at its end.</summary>
    public required string Prefix { get; init; }

    /// <summary>Host names of the site, as configured.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Language codes; the first is spoken where the page's is none of them.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>The site's own words in the place of ours, by language and key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Texts { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    public PageLanguages PageLanguages { get; init; } = PageLanguages.None;

    public required Controller Controller { get; init; }

    public required PolicyOptions Policy { get; init; }

    /// <summary>The policy's date where <see cref="PolicyOptions.Reviewed"/> says nothing: when the configuration last changed.</summary>
    public required DateOnly Changed { get; init; }

    public required BannerOptions Banner { get; init; }

    /// <summary>The consent banner that the site has of its own, where that gives way to ours.</summary>
    public ExistingBanner? ExistingBanner { get; init; }

    public required SignalOptions Signals { get; init; }

    /// <summary>Categories that need consent, in the order in which they are asked (those without entries left out).</summary>
    public required IReadOnlyList<Category> Asked { get; init; }

    /// <summary>The whole table, the consent cookie's own row included where the gateway ever sets it.</summary>
    public required IReadOnlyList<CookieEntry> Entries { get; init; }

    public required ConsentRules Rules { get; init; }

    /// <summary>Whether the site is only observed: then nothing is asked and no choice is taken.</summary>
    public required bool Observes { get; init; }

    public Showing Showing { get; init; }

    /// <summary>The words in which this site speaks one of its languages.</summary>
    public Translations In(string language) => Translations.For(language, Texts);
}
