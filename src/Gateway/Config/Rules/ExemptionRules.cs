using System.Text.Json;
using Gateway.Cookies;

namespace Gateway.Config.Rules;

/// <summary>Entries that need no consent: that category, reason and proof fit each other.</summary>
internal static class ExemptionRules
{
    private static readonly Duration MostRetention = new(25, DurationUnit.Month);

    public static void Check(CookieEntry entry, DateOnly today, Diagnostics found)
    {
        CheckCategory(entry, found);
        if (entry.Exemption is not { } exemption)
            return;

        if (entry.SaleOrShare)
        {
            found.At("saleOrShare").Error("V2", "true", "is never exempt: what is sold or shared serves somebody else.",
                "Ask for consent, or write false if it is not true.");
        }

        if (entry.IsAudience)
            CheckAudience(entry, found);

        var attestation = found.At("exemption").At("attestation");
        if (entry.IsAudience && exemption.Attestation is null)
        {
            attestation.Error("V10", null, "is missing: audience measurement is exempt under conditions only.",
                "State each condition, or ask for consent.");
        }
        else if (entry.IsAudience)
        {
            CheckAttestation(exemption.Attestation!, today, attestation);
        }
        else if (exemption.Attestation is not null)
        {
            attestation.Warn("unused", null, "has no effect: only audience measurement is attested.", "Remove it.");
        }
    }

    private static void CheckCategory(CookieEntry entry, Diagnostics found)
    {
        var builtIn = entry.Category is Category.Necessary or Category.Audience;
        if (entry.Exemption is not { } exemption)
        {
            if (builtIn)
            {
                var reasons = entry.Category == Category.Audience
                    ? "audience"
                    : "choice, authentication, security, basket, interface, loadBalancing or freeAccess";
                found.At("exemption").Error("V2", null, $"is missing: the category \"{entry.Category}\" needs no consent.",
                    $"Give its reason: {reasons}. If none is true, choose another category.");
            }

            return;
        }

        var wanted = entry.IsAudience ? Category.Audience : Category.Necessary;
        if (entry.Category.Length > 0 && entry.Category != wanted)
        {
            var reason = JsonNamingPolicy.CamelCase.ConvertName(exemption.Reason.ToString());
            found.At("exemption").At("reason").Error("V2", reason, $"does not go with the category \"{entry.Category}\".",
                $"Write the category \"{wanted}\", or remove the exemption.");
        }
    }

    private static void CheckAudience(CookieEntry entry, Diagnostics found)
    {
        if (entry.Duration.Length > Duration.ThirteenMonths.Length)
        {
            found.At("duration").Error("V5", entry.Duration.ToString(),
                "is longer than the 13 months of exempt audience measurement.",
                "Write \"13 months\" or less, or ask for consent.");
        }

        if (entry.Party == Party.Third)
        {
            found.At("party").Error("V7", "third", "is not possible for exempt audience measurement: it is the publisher's own.",
                "Let the site keep it, or ask for consent.");
        }

        if (entry.Kind == EntryKind.Host)
        {
            found.At("kind").Error("V7", "host",
                "is not possible for exempt audience measurement: a third party would receive the data.", "Ask for consent.");
        }
    }

    private static void CheckAttestation(AudienceAttestation stated, DateOnly today, Diagnostics found)
    {
        foreach (var (name, isTrue) in Conditions(stated).Where(condition => !condition.IsTrue))
        {
            found.At(name).Error("V10", null, "is false, but audience measurement is exempt only where it is true.",
                "Change the measurement until it is true, or ask for consent.");
        }

        if (stated.DataRetention.Length > MostRetention.Length)
        {
            found.At("dataRetention").Error("V5", stated.DataRetention.ToString(), "is longer than 25 months.",
                "Keep the data for less, or ask for consent.");
        }

        if (stated.AttestedOn is not { } day)
            return;
        if (day > today)
        {
            found.At("attestedOn").Error("V10", $"{day:yyyy-MM-dd}", "lies in the future.",
                "Write the day on which it was stated.");
        }
        else if (day < today.AddMonths(-12))
        {
            found.At("attestedOn").Warn("W6", $"{day:yyyy-MM-dd}", "is more than 12 months ago.",
                "Check each condition again and write the day here.");
        }
    }

    private static IEnumerable<(string Name, bool IsTrue)> Conditions(AudienceAttestation stated) =>
    [
        ("soleAudienceMeasurement", stated.SoleAudienceMeasurement),
        ("publisherOnly", stated.PublisherOnly),
        ("anonymousOutputOnly", stated.AnonymousOutputOnly),
        ("noCrossMatching", stated.NoCrossMatching),
        ("noThirdPartyTransfer", stated.NoThirdPartyTransfer),
        ("noCrossSite", stated.NoCrossSite),
        ("noProviderReuse", stated.NoProviderReuse),
    ];
}
