using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>The terms of exempt audience measurement: the attested conditions, when and by whom (the controller, unless the person agrees to be named), and the right to object.</summary>
internal static class AudienceTerms
{
    public static HtmlContent Render(TableGroup group, SiteNotice notice, Translations translations, string language)
    {
        var settings = PageShell.Link($"{notice.Prefix}/?lang={language}", translations["choice.manage"]);
        return HtmlContent.Each(group.Entries, entry => Entry(entry, notice.Controller.Name, translations))
            + HtmlContent.Of($"<p>{translations.Format("policy.audience.object", settings)}</p>\n").If(notice.IsEnforced);
    }

    private static HtmlContent Entry(CookieEntry entry, string controller, Translations translations)
    {
        if (entry.Exemption?.Attestation is not { } attestation)
            return HtmlContent.Empty;

        var names = PageShell.Names(entry.Names, translations);
        var by = HtmlContent.Text(attestation.PublishAttestedBy ? attestation.AttestedBy : controller);
        var intro = attestation.AttestedOn is { } day
            ? translations.Format("policy.audience.intro", names, by, HtmlContent.Text(translations.Of(day)))
            : translations.Format("policy.audience.introUndated", names, by);
        return HtmlContent.Of($"""
            <p>{intro}</p>
            <ul>
            {HtmlContent.Each(Conditions(attestation), key => HtmlContent.Of($"<li>{translations[$"policy.audience.{key}"]}</li>\n"))}</ul>
            <p>{translations.Format("policy.audience.retention", translations.Of(attestation.DataRetention))}</p>

            """);
    }

    // Only attested conditions are stated.
    private static IEnumerable<string> Conditions(AudienceAttestation attestation) =>
        from condition in new (bool Holds, string Key)[]
        {
            (attestation.SoleAudienceMeasurement, "sole"),
            (attestation.PublisherOnly, "publisher"),
            (attestation.AnonymousOutputOnly, "anonymous"),
            (attestation.NoCrossMatching, "crossMatching"),
            (attestation.NoThirdPartyTransfer, "transfer"),
            (attestation.NoCrossSite, "crossSite"),
            (attestation.NoProviderReuse, "reuse"),
        }
        where condition.Holds
        select condition.Key;
}
