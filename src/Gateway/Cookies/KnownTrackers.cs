namespace Gateway.Cookies;

/// <summary>Well-known trackers: the configuration may not declare them exempt.</summary>
internal static class KnownTrackers
{
    /// <summary>Neither necessary nor exempt audience measurement (CNIL: the provider reuses the data or combines several clients).</summary>
    private static readonly (string Pattern, string Owner)[] Trackers =
    [
        ("_ga*", "Google Analytics"), ("_gid", "Google Analytics"), ("_gat*", "Google Analytics"), ("_gcl_*", "Google Ads"),
        ("__gads", "Google Ads"), ("__gpi*", "Google Ads"), ("_fbp", "Meta"), ("_fbc", "Meta"), ("_hj*", "Hotjar"),
        ("_uet*", "Microsoft Advertising"), ("_clck", "Microsoft Clarity"), ("_clsk", "Microsoft Clarity"), ("li_*", "LinkedIn"),
        ("hubspotutk", "HubSpot"), ("__hs*", "HubSpot"), ("AMCV_*", "Adobe"), ("s_vi", "Adobe"), ("_tt_*", "TikTok"), ("_ttp", "TikTok"),
        ("_pin_*", "Pinterest"), .. OnTheirOwnDomains,
    ];

    /// <summary>Trackers that only their own domains set. On the host of a site, these short names can be anything else.</summary>
    private static (string Pattern, string Owner)[] OnTheirOwnDomains =>
        [("IDE", "Google Ads"), ("NID", "Google"), ("fr", "Meta"), ("bcookie", "LinkedIn")];

    private static readonly NamePattern[] OnSites = [.. Trackers.Except(OnTheirOwnDomains).Select(tracker => new NamePattern(tracker.Pattern))];

    /// <summary>Cookies of Matomo: exempt audience measurement if attested, otherwise with consent, but never necessary.</summary>
    private static readonly string[] Matomo = ["_pk_id*", "_pk_ses*", "_pk_ref*"];

    /// <summary>Words in the names of providers that combine the data of several clients or reuse them.</summary>
    private static readonly HashSet<string> ReusingProviders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Google", "Adobe", "Meta", "Facebook", "Microsoft", "Hotjar", "LinkedIn", "HubSpot", "TikTok", "Pinterest", "Criteo",
        "Yandex", "Twitter",
    };

    private static readonly string[] GoogleAds =
        ["_gcl_*", "__gads", "__gpi*", "IDE", "*.doubleclick.net", "*.googlesyndication.com", "*.googleadservices.com", "*.adnxs.com"];

    private static readonly string[] ConsentTools =
    [
        "tarteaucitron", "OptanonConsent", "OptanonAlertBoxClosed", "didomi_token", "euconsent-v2", "axeptio_*", "CookieConsent",
        "cc_cookie", "klaro", "orejime", "eu-consent", "cookielawinfo-*", "cmplz_*", "borlabs-cookie", "usprivacy",
    ];

    /// <summary>The provider whose tracker has this name or pattern; null if none is known.</summary>
    public static string? OwnerOf(string name) => Trackers.FirstOrDefault(tracker => Is(name, tracker.Pattern)).Owner;

    /// <summary>Whether a cookie of this name on the host of a site is a tracker, whether the site is known to set it or not.</summary>
    public static bool Sets(ReadOnlySpan<char> name)
    {
        foreach (var pattern in OnSites)
        {
            if (pattern.Matches(name))
                return true;
        }

        return false;
    }

    public static bool IsMatomo(string name) => Matomo.Any(pattern => Is(name, pattern));

    public static bool ReusesData(string provider) =>
        Array.Exists(provider.Split([' ', ',', '.', '(', ')', '/', '-']), ReusingProviders.Contains);

    /// <summary>Whether the name belongs to an advertising service that requires a certified consent platform (TCF).</summary>
    public static bool IsAdvertising(string name) =>
        GoogleAds.Any(pattern => Is(name, pattern)) || GoogleAds.Contains("*." + name);

    /// <summary>Whether the name is a cookie of another consent tool.</summary>
    public static bool IsConsentTool(string name) => ConsentTools.Any(pattern => Is(name, pattern));

    /// <summary>Whether one pattern covers the other. An overlap is not enough: <c>*_session</c> overlaps <c>_ga*</c> but is not a tracker.</summary>
    private static bool Is(string name, string pattern) => NamePattern.Covers(pattern, name) || NamePattern.Covers(name, pattern);
}
