using Gateway.Commands;
using Gateway.Config;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Commands;

public class StartupSummaryTests
{
    [Fact]
    public void The_summary_contains_the_configuration_the_sites_and_the_addresses()
    {
        var library = TestSites.Library("http://legacy:8000");
        var observed = library with
        {
            Id = "annex",
            Hosts = ["annex.example.org", "www.annex.example.org"],
            Backend = null,
            Backends =
            [
                new BackendConfig { Addresses = ["http://a:80", "http://b:80"] },
                new BackendConfig { Path = "/api", Addresses = ["http://api:80"] },
            ],
            Mode = SiteMode.Observe,
            ObserveUntil = TestSites.Today,
            Categories = [],
            Cookies = [library.Cookies[0]],
        };

        Assert.Equal(
            $"""
            Consent gateway {Usage.Version}
              Config     /etc/gateway.json
              Site       library: localhost
                backend  http://legacy:8000
                table    6 cookies in 4 categories
                mode     enforce: cookies that are not in the table are refused and logged
              Site       annex: annex.example.org, www.annex.example.org
                backend  http://a:80, http://b:80
                backend  http://api:80 below /api
                table    2 cookies in 1 category; all exempt, nothing is asked
                mode     observe until 2026-11-23: nothing is removed or asked; cookies that are not in the table are logged
              Listening  http://[::]:8080
              Operator   http://127.0.0.1:8081 (health)

            """,
            Print(new GatewayConfig { Sites = [library, observed] }, TestSites.Today));
    }

    [Theory]
    [InlineData(false, "observe until 2026-11-23: nothing is removed or asked; cookies that are not in the table are logged\n")]
    [InlineData(true, "off until 2026-11-23: everything is forwarded unchanged\n")]
    public void A_site_is_enforced_after_its_last_day_of_observe_or_off(bool isOff, string expected)
    {
        var mode = isOff ? SiteMode.Off : SiteMode.Observe;
        var config = new GatewayConfig { Sites = [TestSites.Library("http://x") with { Mode = mode, ObserveUntil = TestSites.Today }] };
        Assert.Contains(expected, Print(config, TestSites.Today), StringComparison.Ordinal);
        Assert.Contains("enforce:", Print(config, TestSites.Today.AddDays(1)), StringComparison.Ordinal);
        Assert.Equal(!isOff, config.Compile(TestSites.Changed, TestSites.Today).Sites[0].IsObserved);
        Assert.Equal(isOff, config.Compile(TestSites.Changed, TestSites.Today).Sites[0].IsOff);
        Assert.True(config.Compile(TestSites.Changed, TestSites.Today).On(TestSites.Today.AddDays(1)).Sites[0].IsEnforced);
    }

    private static string Print(GatewayConfig config, DateOnly today)
    {
        var text = new StringWriter { NewLine = "\n" };
        StartupSummary.Print(text, "/etc/gateway.json", config, ["http://[::]:8080", "http://127.0.0.1:8081"], today);
        return text.ToString();
    }
}
