using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Holds an entry against what is publicly known of its names and its provider.</summary>
internal static class TrackerRules
{
    public static void Check(CookieEntry entry, SiteConfig site, Diagnostics found)
    {
        for (var i = 0; i < entry.Names.Count; i++)
            CheckName(entry.Names[i], entry, site, found.At("names", i));

        if (entry.IsAudience && KnownTrackers.ReusesData(entry.Provider))
        {
            found.At("provider").Error("V4", entry.Provider, "measures for itself or for many clients: this is not exempt audience measurement.",
                "Remove the exemption and put the entry into a category that visitors are asked about.");
        }
    }

    private static void CheckName(string name, CookieEntry entry, SiteConfig site, Diagnostics found)
    {
        if (!NamePattern.IsUsable(name))
            return;

        if (!entry.NeedsConsent)
        {
            CheckExempt(name, entry, found);
        }
        else if (KnownTrackers.IsAdvertising(name))
        {
            found.Warn("W7", name, "is advertising that Google and the IAB's members serve only with a certified consent platform.",
                "This gateway is none: expect limited advertisements.");
        }

        if (KnownTrackers.IsConsentTool(name) && !ExistingBannerRules.Answers(site, entry.Kind, name))
        {
            found.Warn("W13", name, "is the cookie of another consent banner: visitors would be asked twice.",
                "Remove that banner from the site, or hide and answer it under \"existingBanner\".");
        }
    }

    private static void CheckExempt(string name, CookieEntry entry, Diagnostics found)
    {
        if (KnownTrackers.OwnerOf(name) is { } owner)
        {
            var (code, claim) = entry.IsAudience ? ("V4", "exempt audience measurement") : ("V3", "necessary");
            found.Error(code, name, $"is known as a cookie of {owner}, which is not {claim}.",
                "Remove the exemption and put the entry into a category that visitors are asked about.");
        }
        else if (!entry.IsAudience && KnownTrackers.IsMatomo(name))
        {
            found.Error("V3", name, "is known as a cookie of Matomo, which is not necessary.",
                "Give the exemption the reason \"audience\" with its attestation, or ask for consent.");
        }
    }
}
