using System.Net;
using System.Text;
using Gateway.Cookies;
using Gateway.Edge.Endpoints;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>Reports of names that the guard blocked: bounded, checked against the table, and logged as patterns.</summary>
public sealed class GuardReportEndpointTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync(
        _ => throw new InvalidOperationException("Nothing below the prefix is the backend's."),
        site => site with { Cookies = [.. site.Cookies, TestSites.Entry(Table.Asked("statistics", "stats-*")) with { Kind = EntryKind.LocalStorage }] });

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task A_reported_name_is_counted_and_logged_once_as_a_pattern()
    {
        using var counted = new CountedPages(_gateway, "gateway.script_refusals");
        const string Names = """[["cookie","tracker"],["cookie","id_0123456789abcdef"],["localStorage","ada@example.org"],["sessionStorage","stats-1"],["cookie",""]]""";
        var response = await PostAsync(Names);
        response.Answers(HttpStatusCode.NoContent);
        Assert.Equal("no-store", response.Line("Cache-Control"));
        Assert.Empty(response.SetCookies());
        (await PostAsync(Names)).Answers(HttpStatusCode.NoContent);

        Assert.Equal(
            [
                "Site library: blocked a script from writing cookie tracker: it is not in the cookie table.",
                "Site library: blocked a script from writing cookie id_*: it is not in the cookie table.",
                "Site library: blocked a script from writing localStorage key *: it is not in the cookie table.",
                "Site library: blocked a script from writing sessionStorage key stats-*: it is not in the cookie table.",
                "Site library: blocked a script from writing cookie (nameless): it is not in the cookie table.",
            ],
            Logged());
        string[] kinds = ["Cookie", "Cookie", "LocalStorage", "SessionStorage", "Cookie"];
        Assert.Equal([.. kinds, .. kinds], counted.Results);
    }

    [Fact]
    public async Task Listed_names_are_counted_but_not_logged_and_granted_ones_are_ignored()
    {
        using var counted = new CountedPages(_gateway, "gateway.script_refusals");
        (await PostAsync("""[["cookie","_ga"],["localStorage","stats-1"],["cookie","sessionid"],["cookie","_pk_id.1"]]""")).Answers(HttpStatusCode.NoContent);
        Assert.Empty(Logged());
        Assert.Equal(["Cookie", "LocalStorage"], counted.Results);
    }

    [Fact]
    public async Task On_an_observed_site_listed_names_are_logged_as_well()
    {
        await _gateway.SwapAsync(site => site with { Mode = SiteMode.Observe, ObserveUntil = TestSites.Today });
        (await PostAsync("""[["cookie","_ga"],["localStorage","stats-1"],["cookie","sessionid"],["cookie","tracker"]]""")).Answers(HttpStatusCode.NoContent);
        Assert.Equal(
            [
                "Site library (observe): would block a script from writing cookie _ga: its category was not granted.",
                "Site library (observe): would block a script from writing localStorage key stats-*: its category was not granted.",
                "Site library (observe): would block a script from writing cookie tracker: it is not in the cookie table.",
            ],
            Logged());
    }

    [Fact]
    public async Task A_failure_of_the_script_is_counted_and_logged_once_a_minute_by_the_name_of_its_part()
    {
        using var counted = new CountedPages(_gateway, "gateway.script_failures");
        const string Report = """[["error","google"],["error","https://site.example/?secret"],["error","main"]]""";
        (await PostAsync(Report)).Answers(HttpStatusCode.NoContent);
        (await PostAsync(Report)).Answers(HttpStatusCode.NoContent);

        Assert.Equal(["google", "other", "main", "google", "other", "main"], counted.Results);
        Assert.Equal(
            [
                "Site library: the gateway's script failed in a browser, in its part google.",
                "Site library: the gateway's script failed in a browser, in its part other.",
                "Site library: the gateway's script failed in a browser, in its part main.",
            ],
            _gateway.Log.Where(line => line.Contains("script failed", StringComparison.Ordinal)));
        Assert.DoesNotContain(_gateway.Log, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_a_site_in_mode_off_nothing_is_logged()
    {
        await _gateway.SwapAsync(site => site with { Mode = SiteMode.Off, ObserveUntil = TestSites.Today });
        (await PostAsync("""[["cookie","_ga"],["cookie","tracker"]]""")).Answers(HttpStatusCode.NoContent);
        Assert.Empty(Logged());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("[[]]")]
    [InlineData("[null]")]
    [InlineData("""["cookie","a"]""")]
    [InlineData("""[["cookie"]]""")]
    [InlineData("""[["cookie","a","b"]]""")]
    [InlineData("""[["cookie",1]]""")]
    [InlineData("""[[["cookie"],"a"]]""")]
    [InlineData("""[["cookie",null]]""")]
    [InlineData("""[["Cookie","a"]]""")]
    [InlineData("""[["host","a"]]""")]
    [InlineData("""[["error",1]]""")]
    [InlineData("""[["Error","main"]]""")]
    [InlineData("""[["cookie","\ud800"]]""")]
    [InlineData("""[["cookie","a"]] x""")]
    [InlineData("[[[[[[]]]]]]")]
    public async Task A_malformed_report_gets_400_and_logs_nothing(string body)
    {
        (await PostAsync("""[["cookie","first"],""" + body.TrimStart('['))).Answers(HttpStatusCode.BadRequest);
        (await PostAsync(body)).Answers(HttpStatusCode.BadRequest);
        Assert.Empty(Logged());
    }

    [Fact]
    public async Task A_report_may_have_50_names_of_100_characters_and_no_more()
    {
        var longest = $"[\"cookie\",\"{string.Concat(Enumerable.Repeat("\\u00e9", GuardReport.Longest))}\"]";
        var most = Enumerable.Repeat(longest, GuardReport.Most).ToList();
        (await PostAsync($"[{string.Join(", ", most)}]")).Answers(HttpStatusCode.NoContent);
        (await PostAsync($"[{string.Join(",", most.Append(longest))}]")).Answers(HttpStatusCode.BadRequest);
        (await PostAsync($"[[\"cookie\",\"{new string('x', GuardReport.Longest + 1)}\"]]")).Answers(HttpStatusCode.BadRequest);
        (await PostAsync($"[]{new string(' ', 100_000)}")).Answers(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_report_with_another_content_type_gets_415(string type) => (await PostAsync("[]", type)).Answers(HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task A_report_is_accepted_only_as_POST_from_a_page_of_the_site()
    {
        (await PostAsync("[]", site: "cross-site")).Answers(HttpStatusCode.Forbidden);
        (await PostAsync("[]", site: "same-site")).Answers(HttpStatusCode.Forbidden);
        var read = await _gateway.GetAsync("/_choices/refused", ("Sec-Fetch-Site", "same-origin"));
        read.Answers(HttpStatusCode.MethodNotAllowed);
        Assert.Equal("POST", read.Line("Allow"));
    }

    [Fact]
    public async Task Too_many_reports_from_one_address_are_rejected_without_affecting_choices()
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < PostLimits.Burst * 2; i++)
            statuses.Add((await PostAsync("[]")).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        (await _gateway.Client.ChooseAsync(States.Flow.Refuse)).Answers(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Invented_names_with_one_pattern_give_one_log_line()
    {
        for (var post = 0; post < 20; post++)
            await PostAsync($"[{string.Join(",", Enumerable.Range(0, GuardReport.Most).Select(i => $"[\"cookie\",\"n{post}x{i}\"]"))}]");

        Assert.Equal(["Site library: blocked a script from writing cookie n*: it is not in the cookie table."], Logged());
    }

    private List<string> Logged() => [.. _gateway.Log.Where(line => line.Contains("a script from writing", StringComparison.Ordinal))];

    private Task<HttpResponseMessage> PostAsync(string body, string type = "application/json", string site = "same-origin")
    {
        var request = Requests.To(new Uri(_gateway.Url, "/_choices/refused"), HttpMethod.Post, ("Sec-Fetch-Site", site));
        request.Content = new StringContent(body, Encoding.UTF8, type);
        return _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
