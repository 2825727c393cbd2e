using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.States;

/// <summary>A choice is valid for 182 days from its day, whether it grants or refuses. Visits do not prolong it (CNIL 2020-092 § 39).</summary>
public class ChoiceLifeTests
{
    [Theory, Requirement(24)]
    [InlineData(0, true)]
    [InlineData(181, true)]
    [InlineData(182, true)]
    [InlineData(183, false)]
    public async Task A_grant_is_valid_for_182_days(int days, bool counts)
    {
        await using var backend = RawBackend.Start(LegacyCookies.Answer);
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var granted = await Flow.ChooseAsync(gateway, Flow.Accept);
        gateway.Time.Advance(TimeSpan.FromDays(days));
        var response = await gateway.GetAsync("/?200&image", [.. Requests.Image, ("Cookie", $"{LegacyCookies.Cookies}; {granted}")]);
        Assert.Equal(counts ? LegacyCookies.WithAll : LegacyCookies.Exempt, response.SetCookies());
        Assert.Equal(counts ? LegacyCookies.All : LegacyCookies.Necessary, backend.Received.Last()["Cookie"]);
    }

    [Fact, Requirement(25)]
    public async Task The_consent_cookie_lives_for_182_days_and_no_visit_prolongs_it()
    {
        await using var backend = RawBackend.Start(LegacyCookies.Answer);
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync(Flow.Accept);
        for (var day = 1; day <= 181; day++)
        {
            gateway.Time.Advance(TimeSpan.FromDays(1));
            var response = await visitor.NavigateAsync("/?200&html");
            Assert.DoesNotContain(response.SetCookies(), line => line.StartsWith("cookies_preferences=", StringComparison.Ordinal));
        }

        Assert.Contains("cookies_preferences", visitor.Jar.Names);
        gateway.Time.Advance(TimeSpan.FromDays(1));
        Assert.DoesNotContain("cookies_preferences", visitor.Jar.Names);
        Assert.Equal(LegacyCookies.Exempt, (await visitor.NavigateAsync("/?200&css")).SetCookies().Take(LegacyCookies.Exempt.Length));
    }

    /// <summary>Consent is specific (GDPR 4(11)): consent to one purpose does not let cookies of another purpose pass.</summary>
    [Fact]
    public async Task Consent_to_some_categories_lets_only_their_own_cookies_pass()
    {
        string[] categories = ["statistics", "advertising", "video", "chat"];
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                foreach (var category in categories)
                    context.Response.Headers.Append("Set-Cookie", $"of_{category}=1; Path=/");
                return Task.CompletedTask;
            },
            site => site with
            {
                Categories = [.. categories.Select(TestSites.Category)],
                Cookies = [.. categories.Select(category => TestSites.Entry(Table.Asked(category, "of_" + category)))],
            });
        var brought = string.Join("; ", categories.Select(category => $"of_{category}=1"));
        for (var set = 0; set < 1 << categories.Length; set++)
        {
            var granted = categories.Where((_, index) => (set & (1 << index)) != 0).ToArray();
            var consent = await Flow.ChooseAsync(gateway, Flow.Save(granted));
            var response = await gateway.GetAsync("/", [.. Requests.ByScript, ("Cookie", $"{brought}; {consent}")]);
            Assert.Equal(granted.Select(category => $"of_{category}=1; Path=/"), response.SetCookies());
            Assert.Equal(granted.Select(category => $"of_{category}=1"), gateway.Received[^1].Cookie?.Split("; ") ?? []);
        }
    }
}
