using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Rules for names and providers of known trackers.</summary>
internal static class TrackerRules
{
    public static void Check(CookieEntry entry, SiteConfig site, Diagnostics diagnostics)
    {
        for (var i = 0; i < entry.Names.Count; i++)
            CheckName(entry.Names[i], entry, site, diagnostics.At("names", i));

        if (entry.IsAudience && KnownTrackers.ReusesData(entry.Provider))
        {
            diagnostics.At("provider").Error("V4", entry.Provider, "reuses the data for itself or across clients, which is not exempt audience measurement.",
                "Remove the exemption and use a category that needs consent.");
        }
    }

    private static void CheckName(string name, CookieEntry entry, SiteConfig site, Diagnostics diagnostics)
    {
        if (!NamePattern.IsUsable(name))
            return;

        if (!entry.NeedsConsent)
        {
            CheckExempt(name, entry, diagnostics);
        }
        else if (KnownTrackers.IsAdvertising(name))
        {
            diagnostics.Warn("W7", name, "is used for advertising that Google and IAB members serve only with a certified consent platform.",
                "This gateway is not certified: expect limited ads.");
        }

        if (KnownTrackers.IsConsentTool(name) && !ExistingBannerRules.Answers(site, entry.Kind, name))
        {
            diagnostics.Warn("W13", name, "is the cookie of another consent banner: visitors would be asked twice.",
                "Remove that banner from the site, or configure \"existingBanner\".");
        }
    }

    private static void CheckExempt(string name, CookieEntry entry, Diagnostics diagnostics)
    {
        if (KnownTrackers.OwnerOf(name) is { } owner)
        {
            var (code, claim) = entry.IsAudience ? ("V4", "exempt audience measurement") : ("V3", "necessary");
            diagnostics.Error(code, name, $"is a known cookie of {owner}, which is not {claim}.",
                "Remove the exemption and use a category that needs consent.");
        }
        else if (!entry.IsAudience && KnownTrackers.IsMatomo(name))
        {
            diagnostics.Error("V3", name, "is a known cookie of Matomo, which is not necessary.",
                "Use the exemption reason \"audience\" with an attestation, or require consent.");
        }
    }
}
