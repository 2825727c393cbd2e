using System.Net;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Django;

/// <summary>A cookie table that lists the statistics cookies that Django sets on every page: refused, granted, withdrawn.</summary>
[Collection(DjangoSite.Collection)]
public class StatisticsTests(DjangoSite django)
{
    [Fact]
    public async Task Statistics_cookies_are_refused_until_granted_and_deleted_after_withdrawal()
    {
        await using var gateway = await StartAsync();
        using var visitor = new DjangoVisitor(gateway.Url);
        await django.LogAsync();

        await visitor.OpenAsync("/");
        Assert.Equal("csrftoken", visitor.Jar);

        await ChooseAsync(visitor, "refuse");
        await visitor.OpenAsync("/");
        Assert.Equal("cookies_preferences csrftoken", visitor.Jar);

        await ChooseAsync(visitor, "accept");
        await visitor.OpenAsync("/");
        Assert.Equal("cookies_preferences csrftoken visits_stats visits_stats_id", visitor.Jar);
        Assert.True(visitor.Cookie("visits_stats_id")!.HttpOnly);
        await visitor.OpenAsync("/news/");

        await ChooseAsync(visitor, "refuse");
        Assert.Equal("cookies_preferences csrftoken", visitor.Jar);
        await visitor.OpenAsync("/news/");
        Assert.Equal("cookies_preferences csrftoken", visitor.Jar);

        Assert.Equal(
            [
                new("GET", "/", ""),
                new("GET", "/", "csrftoken"),
                new("GET", "/", "csrftoken"),
                new("GET", "/news/", "csrftoken visits_stats visits_stats_id"),
                new("GET", "/news/", "csrftoken"),
            ],
            await django.LogAsync());
    }

    [Fact, Requirement(41)]
    public async Task A_granted_cookie_lives_no_longer_than_declared()
    {
        await using var gateway = await StartAsync();
        using var visitor = new DjangoVisitor(gateway.Url);
        await ChooseAsync(visitor, "accept");
        var response = await visitor.OpenAsync("/news/");

        // Django sets one year; the table declares six months, which are 182 days.
        var line = Assert.Single(response.SetCookies(), line => line.StartsWith("visits_stats_id=", StringComparison.Ordinal));
        Assert.Equal("visits_stats_id=7; expires=Mon, 24 May 2027 12:00:00 GMT; HttpOnly; Max-Age=15724800; Path=/", line);
    }

    [Fact]
    public async Task A_page_with_an_ETag_is_answered_with_304_while_its_bytes_and_the_script_version_are_the_same()
    {
        await using var gateway = await StartAsync();
        using var visitor = new DjangoVisitor(gateway.Url);
        var first = await visitor.OpenAsync("/news/");
        var tag = first.Headers.ETag!;
        Assert.True(tag.IsWeak);

        var again = await RevalidateAsync(gateway, tag.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(tag, again.Headers.ETag);
        Assert.Empty(again.SetCookies());

        // Django's own ETag, from before the gateway: that page does not have the script element.
        var original = $"\"{tag.Tag.Trim('"').Split(';')[0]}\"";
        Assert.Equal(HttpStatusCode.OK, (await RevalidateAsync(gateway, original)).StatusCode);
    }

    private static Task<HttpResponseMessage> RevalidateAsync(TestGateway gateway, string tag) =>
        gateway.GetAsync("/news/", [.. Requests.Navigation, ("If-None-Match", tag)]);

    private static async Task ChooseAsync(DjangoVisitor visitor, string choice)
    {
        var response = await visitor.PostAsync("/_choices/choice", ("choice", choice), ("return", "/"));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/", response.Headers.Location?.ToString());
    }

    private async Task<TestGateway> StartAsync() =>
        await TestGateway.StartAsync([ShippedSites.ReferenceWithStatistics(await django.UrlAsync())]);
}
