using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Config.Reading;

/// <summary>Providers, attestations and categories are described once and named by entries.</summary>
public sealed class ReferencesTests
{
    private const string Providers = """
        "providers": [{ "name": "Stats Ltd", "privacyPolicy": "https://stats.example/privacy", "country": "US", "transferBasis": { "en": "Adequacy" } }],
        """;

    private const string Attestation = """
        "soleAudienceMeasurement": true, "publisherOnly": true, "anonymousOutputOnly": true, "noCrossMatching": true, "noThirdPartyTransfer": true,
        "noCrossSite": true, "noProviderReuse": true, "attestedBy": "Jane Doe", "attestedOn": "2026-11-01", "dataRetention": "25 months"
        """;

    [Fact]
    public void An_entry_takes_from_its_provider_what_it_does_not_say_itself()
    {
        var site = World.Site(Providers, Row("a") + Row("b", "\"privacyPolicy\": \"https://other.example/\", \"country\": \"FR\",")).Sites[0];

        Assert.Equal(("https://stats.example/privacy", "US", "Adequacy"), (site.Cookies[0].PrivacyPolicy, site.Cookies[0].Country, site.Cookies[0].TransferBasis["en"]));
        Assert.Equal(("https://other.example/", "FR"), (site.Cookies[1].PrivacyPolicy, site.Cookies[1].Country));
    }

    [Fact]
    public void An_exemption_names_an_attestation_by_its_id()
    {
        var site = World.Site($"\"attestations\": [{{ \"id\": \"matomo\", {Attestation} }}],", Measured("_pk_id*", "\"matomo\"") + Measured("_pk_ses*", "\"matomo\"")).Sites[0];

        Assert.All(site.Cookies, entry => Assert.Equal("Jane Doe", entry.Exemption!.Attestation!.AttestedBy));
    }

    [Fact]
    public void The_id_of_a_category_is_enough() => Assert.Equal(
        ["maps", "video"],
        World.Site().Sites[0].Categories.Select(category => category.Id).Concat(
            World.Read($"{{ \"sites\": [ {World.SiteJson("s", "h.example").Replace("\"categories\": [  ]", "\"categories\": [\"maps\", { \"id\": \"video\" }]", StringComparison.Ordinal)} ] }}")
                .Config.Sites[0].Categories.Select(category => category.Id)));

    [Fact]
    public void A_port_of_a_host_is_dropped() => Assert.Equal(["www.example.org"], World.Site(host: "www.example.org:8443").Sites[0].Hosts);

    private static string Row(string name, string more = "") => World.Asked(name, "maps", "Stats Ltd", more: more)
        .Replace("\"privacyPolicy\": \"https://owner.example/privacy\",", "", StringComparison.Ordinal);

    private static string Measured(string name, string attestation) => World.Necessary(name)
        .Replace("\"necessary\"", "\"audience\"", StringComparison.Ordinal)
        .Replace("{ \"reason\": \"security\" }", $"{{ \"reason\": \"audience\", \"attestation\": {attestation} }}", StringComparison.Ordinal);
}
