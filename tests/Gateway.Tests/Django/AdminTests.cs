using System.Net;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Django;

/// <summary>The reference policy in front of Django. Its four cookies pass and no others, and there is no banner.</summary>
[Collection(DjangoSite.Collection)]
public class AdminTests(DjangoSite django)
{
    [Fact]
    public async Task The_first_visit_sets_csrftoken_and_neither_statistics_cookies_nor_a_consent_cookie()
    {
        await using var gateway = await StartAsync();
        using var visitor = new DjangoVisitor(gateway.Url);
        await django.LogAsync();

        var response = await visitor.OpenAsync("/");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("csrftoken", visitor.Jar);
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">\n<head><script src=\"/_choices/", visitor.Html, StringComparison.Ordinal);
        Assert.Contains("<h1>Home</h1>", visitor.Html, StringComparison.Ordinal);
        Assert.Empty(response.Content.Headers.ContentEncoding);

        await visitor.OpenAsync("/news/");
        Assert.Equal([new("GET", "/", ""), new("GET", "/news/", "csrftoken")], await django.LogAsync());
    }

    [Fact]
    public async Task Login_and_logout_of_the_administration_work_from_the_first_request()
    {
        await using var gateway = await StartAsync();
        using var visitor = new DjangoVisitor(gateway.Url);
        await django.LogAsync();

        var door = await visitor.OpenAsync("/admin/");
        Assert.Equal(HttpStatusCode.Redirect, door.StatusCode);
        await visitor.OpenAsync(door.Headers.Location!.ToString());
        var login = await visitor.PostAsync("/admin/login/?next=/admin/", ("username", DjangoSite.User), ("password", DjangoSite.Password));
        Assert.Equal("/admin/", login.Headers.Location?.ToString());
        Assert.Equal("csrftoken sessionid", visitor.Jar);
        Assert.True(visitor.Cookie("sessionid")!.HttpOnly);

        await visitor.OpenAsync("/admin/");
        Assert.Contains("Welcome,\n                <strong>admin</strong>", visitor.Html, StringComparison.Ordinal);
        await visitor.OpenAsync("/admin/logout/");
        Assert.Contains("Log in again", visitor.Html, StringComparison.Ordinal);
        Assert.Equal("csrftoken", visitor.Jar);
        await visitor.OpenAsync("/admin/");

        Assert.Equal(
            [
                new("GET", "/admin/", ""),
                new("GET", "/admin/login/", ""),
                new("POST", "/admin/login/", "csrftoken"),
                new("GET", "/admin/", "csrftoken sessionid"),
                new("GET", "/admin/logout/", "csrftoken sessionid"),
                new("GET", "/admin/", "csrftoken"),
            ],
            await django.LogAsync());
    }

    [Fact]
    public async Task Django_refuses_a_form_without_its_CSRF_token()
    {
        await using var gateway = await StartAsync();
        using var visitor = new DjangoVisitor(gateway.Url);
        var refused = await visitor.PostAsync("/admin/login/", ("username", DjangoSite.User), ("password", DjangoSite.Password));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("CSRF verification failed", visitor.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chosen_language_persists_and_its_cookie_passes_byte_for_byte()
    {
        await using var gateway = await StartAsync();
        using var visitor = new DjangoVisitor(gateway.Url);
        await visitor.OpenAsync("/");
        await django.LogAsync();

        var chosen = await visitor.PostAsync("/i18n/setlang/", ("next", "/"), ("language", "fr"));
        Assert.Equal("/", chosen.Headers.Location?.ToString());
        Assert.Contains("django_language=fr; Path=/", chosen.SetCookies());
        await visitor.OpenAsync("/");
        Assert.Contains("<html lang=\"fr\">", visitor.Html, StringComparison.Ordinal);
        // Django 3.2 also stores the language in the session.
        Assert.Equal("csrftoken django_language sessionid", visitor.Jar);
        Assert.Equal(
            [new("POST", "/i18n/setlang/", "csrftoken"), new("GET", "/", "csrftoken django_language sessionid")],
            await django.LogAsync());
    }

    [Fact]
    public async Task A_statistics_cookie_from_before_the_gateway_does_not_reach_Django_and_is_deleted()
    {
        await using var gateway = await StartAsync();
        await django.LogAsync();
        var response = await gateway.NavigateAsync("/", "visits_stats=1; sessionid=unknown; visits_stats_id=7", host: "127.0.0.1");
        Assert.Equal([new("GET", "/", "sessionid")], await django.LogAsync());
        Assert.Equal(
            [
                "visits_stats" + LegacyCookies.Expired, "visits_stats_id" + LegacyCookies.Expired,
                "visits_stats" + LegacyCookies.ExpiredPart, "visits_stats_id" + LegacyCookies.ExpiredPart,
            ],
            response.SetCookies().Where(line => line.StartsWith("visits", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_old_policy_address_shows_the_generated_policy()
    {
        await using var gateway = await StartAsync();
        using var visitor = new DjangoVisitor(gateway.Url);
        await django.LogAsync();
        var response = await visitor.OpenAsync("/terms/cookies-policy/");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        foreach (var name in new[] { "sessionid", "django_language", "csrftoken", "cookies_preferences" })
            Assert.Contains(name, visitor.Html, StringComparison.Ordinal);
        Assert.Empty(await django.LogAsync());
    }

    private async Task<TestGateway> StartAsync() => await TestGateway.StartAsync([ShippedSites.Reference(await django.UrlAsync())]);
}
