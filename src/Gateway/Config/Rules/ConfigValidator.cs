using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Applies the rules to a document. It changes nothing, and reads neither the clock nor the disk.</summary>
internal static class ConfigValidator
{
    /// <summary>The problems within one document, with their paths but without their positions.</summary>
    /// <param name="config">The document. Values that violate the schema may be empty.</param>
    /// <param name="today">The day by which dates are validated.</param>
    /// <param name="surroundings">What the rules know about the machine.</param>
    public static IReadOnlyList<Diagnostic> Validate(GatewayConfig config, DateOnly today, Surroundings surroundings)
    {
        var diagnostics = new Diagnostics();
        ProcessRules.Check(config, surroundings, diagnostics);
        for (var i = 0; i < config.Sites.Count; i++)
            Validate(config.Sites[i], today, surroundings, diagnostics.At("sites", i));
        return diagnostics.Items;
    }

    /// <summary>The conflicts between the sites of all files. Each problem names its file.</summary>
    public static IEnumerable<Diagnostic> ValidateTogether(IReadOnlyList<SiteSource> sites, IReadOnlyList<string> listen) =>
        AcrossSites.Check(sites, listen);

    private static void Validate(SiteConfig site, DateOnly today, Surroundings surroundings, Diagnostics diagnostics)
    {
        SiteRules.Check(site, today, diagnostics);
        LanguageRules.Check(site, diagnostics);
        OperatorTextRules.Check(site, diagnostics);
        BackendRules.Check(site, surroundings, diagnostics);
        CategoryRules.Check(site, diagnostics);
        ProviderRules.Check(site, diagnostics);
        ExemptionRules.CheckAttestations(site, today, diagnostics);
        BannerRules.Check(site, diagnostics.At("banner"));
        ConsentCookieRules.Check(site, diagnostics);
        SignalRules.Check(site, diagnostics.At("signals"));
        for (var i = 0; i < site.Cookies.Count; i++)
        {
            var at = diagnostics.At("cookies", i);
            EntryRules.Check(site.Cookies[i], site, at);
            NameRules.Check(site.Cookies[i], at);
            TrackerRules.Check(site.Cookies[i], site, at);
            ExemptionRules.Check(site.Cookies[i], site, today, at);
        }

        OverlapRules.Check(site.Cookies, diagnostics);
        ThirdPartyRules.Check(site, diagnostics);
        if (site.ExistingBanner is { } banner)
            ExistingBannerRules.Check(banner, site, diagnostics.At("existingBanner"));
    }
}
