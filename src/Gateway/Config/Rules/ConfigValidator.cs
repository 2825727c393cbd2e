using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Holds a document against the rules of law and of sense. Changes nothing, reads no clock and no file.</summary>
internal static class ConfigValidator
{
    /// <summary>Problems within one document; the paths in them are of that document, the places are not known here.</summary>
    /// <param name="config">As read; what was broken in shape may be empty in it.</param>
    /// <param name="today">Day by which dates are judged.</param>
    /// <param name="fileExists">Whether a file named in the document can be read.</param>
    public static IReadOnlyList<Diagnostic> Validate(GatewayConfig config, DateOnly today, Func<string, bool> fileExists)
    {
        var found = new Diagnostics();
        ProcessRules.Check(config, fileExists, found);
        for (var i = 0; i < config.Sites.Count; i++)
            Validate(config.Sites[i], today, found.At("sites", i));
        return found.Problems;
    }

    /// <summary>Problems between sites, whichever files they stand in; each names its file.</summary>
    public static IEnumerable<Diagnostic> ValidateTogether(IReadOnlyList<SiteSource> sites, IReadOnlyList<string> listen) =>
        AcrossSites.Check(sites, listen);

    private static void Validate(SiteConfig site, DateOnly today, Diagnostics found)
    {
        SiteRules.Check(site, today, found);
        LanguageRules.Check(site, found);
        OperatorTextRules.Check(site, found);
        BackendRules.Check(site, found);
        CategoryRules.Check(site, found);
        BannerRules.Check(site, found.At("banner"));
        ConsentCookieRules.Check(site, found);
        SignalRules.Check(site, found.At("signals"));
        for (var i = 0; i < site.Cookies.Count; i++)
        {
            var at = found.At("cookies", i);
            EntryRules.Check(site.Cookies[i], site, at);
            NameRules.Check(site.Cookies[i], at);
            TrackerRules.Check(site.Cookies[i], site, at);
            ExemptionRules.Check(site.Cookies[i], today, at);
        }

        OverlapRules.Check(site.Cookies, found);
        if (site.ExistingBanner is { } banner)
            ExistingBannerRules.Check(banner, site, found.At("existingBanner"));
    }
}
