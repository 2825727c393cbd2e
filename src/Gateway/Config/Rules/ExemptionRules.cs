using System.Text.Json;
using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Rules for entries that need no consent: their category, reason and attestation.</summary>
internal static class ExemptionRules
{
    private static readonly Duration MostRetention = new(25, DurationUnit.Month);

    /// <summary>The attestations that entries name.</summary>
    public static void CheckAttestations(SiteConfig site, DateOnly today, Diagnostics diagnostics)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < site.Attestations.Count; i++)
        {
            var (attestation, at) = (site.Attestations[i], diagnostics.At("attestations", i));
            CheckAttestation(attestation, today, at);
            if (attestation.Id is not { } id)
                at.At("id").Error("V10", null, "is missing: entries name an attestation by its id.", "Add an id such as \"matomo\".");
            else if (!seen.Add(id))
                at.At("id").Error("V10", id, "is already the id of another attestation.", "Change the id.");
            else if (!site.Cookies.Any(entry => entry.Exemption?.Attestation?.Id == id))
                at.At("id").Warn("unused", id, "is not named by any entry.", "Remove the attestation, or name it in an exemption.");
        }
    }

    public static void Check(CookieEntry entry, SiteConfig site, DateOnly today, Diagnostics diagnostics)
    {
        CheckCategory(entry, diagnostics);
        if (entry.Exemption is not { } exemption)
            return;

        if (entry.SaleOrShare)
        {
            diagnostics.At("saleOrShare").Error("V2", "true", "is not allowed with an exemption: data that is sold or shared requires consent.",
                "Require consent, or set it to false if the data is neither sold nor shared.");
        }

        if (entry.IsAudience)
            CheckAudience(entry, diagnostics);

        var attested = diagnostics.At("exemption").At("attestation");
        if (entry.IsAudience && exemption.Attestation is null)
        {
            attested.Error("V10", null, "is missing: the exemption of audience measurement depends on conditions.",
                "Attest each condition, or require consent.");
        }
        else if (entry.IsAudience && exemption.Attestation!.IsReference)
        {
            attested.Error("V10", exemption.Attestation.Id, "is not the id of an attestation of this site.",
                Nearest.Of(exemption.Attestation.Id!, site.Attestations.Select(one => one.Id).OfType<string>()) is { } nearest
                    ? $"Did you mean \"{nearest}\"?"
                    : "Add it under \"attestations\".");
        }
        else if (entry.IsAudience && site.Attestations.Contains(exemption.Attestation))
        {
            return;
        }
        else if (entry.IsAudience)
        {
            CheckAttestation(exemption.Attestation!, today, attested);
        }
        else if (exemption.Attestation is not null)
        {
            attested.Warn("unused", null, "has no effect: it applies to the reason \"audience\" only.", "Remove the key.");
        }
    }

    private static void CheckCategory(CookieEntry entry, Diagnostics diagnostics)
    {
        var builtIn = entry.Category is Category.Necessary or Category.Audience;
        if (entry.Exemption is not { } exemption)
        {
            if (builtIn)
            {
                var reasons = entry.Category == Category.Audience
                    ? "audience"
                    : "choice, authentication, security, basket, interface, loadBalancing or freeAccess";
                diagnostics.At("exemption").Error("V2", null, $"is missing: the category \"{entry.Category}\" requires an exemption.",
                    $"Specify its reason: {reasons}. If none applies, choose a different category.");
            }

            return;
        }

        var expected = entry.IsAudience ? Category.Audience : Category.Necessary;
        if (entry.Category.Length > 0 && entry.Category != expected)
        {
            var reason = JsonNamingPolicy.CamelCase.ConvertName(exemption.Reason.ToString());
            diagnostics.At("exemption").At("reason").Error("V2", reason, $"does not match the category \"{entry.Category}\".",
                $"Use the category \"{expected}\", or remove the exemption.");
        }
    }

    private static void CheckAudience(CookieEntry entry, Diagnostics diagnostics)
    {
        if (entry.Duration.Length > Duration.ThirteenMonths.Length)
        {
            diagnostics.At("duration").Error("V5", entry.Duration.ToString(),
                "is longer than 13 months, the limit for exempt audience measurement.",
                "Use \"13 months\" or less, or require consent.");
        }

        if (entry.Party == Party.Third)
        {
            diagnostics.At("party").Error("V7", "third", "is not allowed for exempt audience measurement: only the publisher may measure.",
                "Let the site itself set the cookie, or require consent.");
        }

        if (entry.Kind == EntryKind.Host)
        {
            diagnostics.At("kind").Warn("V7", "host",
                "is exempt only if its operator measures for this site alone, as its processor: otherwise a third party receives the data.",
                "Verify the contract, or require consent.");
        }
    }

    private static void CheckAttestation(AudienceAttestation attestation, DateOnly today, Diagnostics diagnostics)
    {
        foreach (var (name, isTrue) in Conditions(attestation).Where(condition => !condition.IsTrue))
        {
            diagnostics.At(name).Error("V10", null, "is false, but must be true for the exemption.",
                "Change the measurement so that the condition is met, or require consent.");
        }

        if (attestation.DataRetention.Length > MostRetention.Length)
        {
            diagnostics.At("dataRetention").Error("V5", attestation.DataRetention.ToString(), "is longer than 25 months, the limit for exempt audience measurement.",
                "Use a shorter retention period, or require consent.");
        }

        if (attestation.AttestedOn is not { } day)
            return;
        if (day > today)
        {
            diagnostics.At("attestedOn").Error("V10", $"{day:yyyy-MM-dd}", "is in the future.",
                "Enter the day of the attestation.");
        }
        else if (day < today.AddMonths(-12))
        {
            diagnostics.At("attestedOn").Warn("W6", $"{day:yyyy-MM-dd}", "is more than 12 months ago.",
                "Review each condition and enter the current day.");
        }
    }

    private static IEnumerable<(string Name, bool IsTrue)> Conditions(AudienceAttestation attestation) =>
    [
        ("soleAudienceMeasurement", attestation.SoleAudienceMeasurement),
        ("publisherOnly", attestation.PublisherOnly),
        ("anonymousOutputOnly", attestation.AnonymousOutputOnly),
        ("noCrossMatching", attestation.NoCrossMatching),
        ("noThirdPartyTransfer", attestation.NoThirdPartyTransfer),
        ("noCrossSite", attestation.NoCrossSite),
        ("noProviderReuse", attestation.NoProviderReuse),
    ];
}
