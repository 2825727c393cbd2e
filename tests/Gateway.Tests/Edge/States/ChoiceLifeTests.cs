using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.States;

/// <summary>A choice is valid for 182 days, whether it grants or refuses, and visits do not prolong it (CNIL 2020-092 § 39).</summary>
public class ChoiceLifeTests
{
    [Theory, Requirement(24)]
    [InlineData(0, true)]
    [InlineData(181, true)]
    [InlineData(182, true)]
    [InlineData(183, false)]
    public async Task A_grant_is_valid_on_day_181_and_not_on_day_183(int days, bool counts)
    {
        await using var backend = RawBackend.Start(Careless.Answer);
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var granted = await Flow.ChooseAsync(gateway, Flow.Accept);
        gateway.Time.Advance(TimeSpan.FromDays(days));
        var response = await gateway.GetAsync("/?200&image", [.. Requests.Image, ("Cookie", $"{Careless.Cookies}; {granted}")]);
        Assert.Equal(counts ? Careless.WithAll : Careless.Exempt, response.SetCookies());
        Assert.Equal(counts ? Careless.All : Careless.Necessary, backend.Received.Last()["Cookie"]);
    }

    [Fact, Requirement(25)]
    public async Task The_consent_cookie_lives_182_days_and_visits_do_not_prolong_it()
    {
        await using var backend = RawBackend.Start(Careless.Answer);
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
        Assert.Equal(Careless.Exempt, (await visitor.NavigateAsync("/?200&css")).SetCookies().Take(Careless.Exempt.Length));
    }

    /// <summary>Granting one purpose does not grant another (row 8 of the legal requirements).</summary>
    [Fact]
    public async Task No_category_lets_a_cookie_of_another_one_pass()
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
