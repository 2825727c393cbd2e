using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>What exempt audience measurement rests on: the conditions attested, by whom and when, and the right to object.</summary>
internal static class AudienceTerms
{
    public static Markup Render(TableGroup group, SiteNotice notice, Translations phrases, string language)
    {
        var settings = PageShell.Link($"{notice.Prefix}/?lang={language}", phrases["choice.manage"]);
        return Markup.Each(group.Entries, entry => Entry(entry, phrases))
            + Markup.Of($"<p>{phrases.Format("policy.audience.object", settings)}</p>\n").If(!notice.Observes);
    }

    private static Markup Entry(CookieEntry entry, Translations phrases)
    {
        if (entry.Exemption?.Attestation is not { } attestation)
            return Markup.Empty;

        var names = PolicyTables.Names(entry, phrases);
        var by = Markup.Text(attestation.AttestedBy);
        var intro = attestation.AttestedOn is { } day
            ? phrases.Format("policy.audience.intro", names, by, Markup.Text(phrases.Of(day)))
            : phrases.Format("policy.audience.introUndated", names, by);
        return Markup.Of($"""
            <p>{intro}</p>
            <ul>
            {Markup.Each(Conditions(attestation), key => Markup.Of($"<li>{phrases[$"policy.audience.{key}"]}</li>\n"))}</ul>
            <p>{phrases.Format("policy.audience.retention", phrases.Of(attestation.DataRetention))}</p>

            """);
    }

    // Only what was attested is said.
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
