using Gateway.Consent;
using Gateway.Cookies;

namespace Gateway.Texts;

/// <summary>The information of a site for its visitors. Banner, settings page and policy page are created from it.</summary>
internal sealed record SiteNotice
{
    /// <summary>The path prefix of the gateway's pages, without a trailing slash.</summary>
    public required string Prefix { get; init; }

    /// <summary>The host names of the site, as configured.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>The language codes of the site. The first is the default.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Texts that replace those of the gateway, by language and key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Texts { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    public PageLanguages PageLanguages { get; init; } = PageLanguages.None;

    /// <summary>The pages that show neither the banner nor the control.</summary>
    public PathPatterns Quiet { get; init; } = PathPatterns.None;

    /// <summary>The pages into which nothing is written: what their scripts store is not held back.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    public required Controller Controller { get; init; }

    public required PolicyOptions Policy { get; init; }

    /// <summary>The day of the last change of the configuration; the date of the policy without <see cref="PolicyOptions.Reviewed"/>.</summary>
    public required DateOnly Changed { get; init; }

    public required BannerOptions Banner { get; init; }

    /// <summary>The consent banner of the site itself, if it is replaced.</summary>
    public ExistingBanner? ExistingBanner { get; init; }

    public required SignalOptions Signals { get; init; }

    /// <summary>The categories with entries that need consent, in the order of the banner.</summary>
    public required IReadOnlyList<Category> Asked { get; init; }

    /// <summary>The cookie table, including the entry of the consent cookie if the gateway sets it.</summary>
    public required IReadOnlyList<CookieEntry> Entries { get; init; }

    public required ConsentRules Rules { get; init; }

    /// <summary>The policy of pages that allows no third party; null where third parties are not held back.</summary>
    public string? OwnPolicy { get; init; }

    /// <summary>Whether the gateway asks for consent and accepts choices; false in the modes observe and off.</summary>
    public required bool IsEnforced { get; init; }

    /// <summary>Whether pages load content from third parties without consent: the gateway does not block it.</summary>
    public bool LoadsThirdParties { get; init; }

    /// <summary>The start of the policy of pages for third parties, which blocks or only reports; null if they have none.</summary>
    public string? ThirdPartyPolicy { get; init; }

    public Showing Showing { get; init; }

    /// <summary>The texts of the site in one of its languages.</summary>
    public Translations In(string language) => Translations.For(language, Texts);
}
