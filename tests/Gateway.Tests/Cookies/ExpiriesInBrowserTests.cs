using Gateway.Tests.Support;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace Gateway.Tests.Cookies;

/// <summary>The answers in <c>cases/expiries.txt</c> are those of the browsers, and the browsers store what the filter and the script intend.</summary>
public sealed class ExpiriesInBrowserTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    // Browsers keep at most 180 cookies of a host.
    private const int AtOnce = 150;

    [Theory, MemberData(nameof(Names))]
    public Task Each_browser_stores_a_cookie_for_as_long_as_the_table_says(string name) => RunAsync(name, async tab =>
    {
        var now = DateTimeOffset.UtcNow;

        var stored = await StoreAsync(tab, ExpiryCase.All.Select(one => one.Line("name", now)));

        Assert.Equal(
            ExpiryCase.All.Select(one => $"{one.Attributes} | {one.AnswerOf(name)}"),
            ExpiryCase.All.Zip(stored, (one, cookie) => $"{one.Attributes} | {ExpiryCase.Describe(cookie, now)}"));
    });

    [Theory, MemberData(nameof(Names))]
    public Task No_browser_stores_a_refused_cookie_and_none_stores_an_allowed_one_for_too_long(string name) => RunAsync(name, async tab =>
    {
        var now = DateTimeOffset.UtcNow;
        foreach (var lineOf in new Func<ExpiryCase, string, string?>[] { (one, of) => one.Filtered(of, now), (one, of) => one.Scripted(of, now) })
        {
            var refused = await StoreAsync(tab, ExpiryCase.All.Select(one => lineOf(one, "refused")));
            var allowed = await StoreAsync(tab, ExpiryCase.All.Select(one => lineOf(one, "allowed")));

            // Chromium ignores a line with a tab in a value, whatever else is in it.
            Nothing(Wrong(refused, (one, cookie) => one.AnswerOf(name) == "ignored" || (one.IsDeletedSomewhere ? cookie is null : cookie is { Value: ExpiryCase.Before })), "refused");
            Nothing(Wrong(allowed, (one, cookie) => one.AnswerOf(name) == "ignored" || (one.IsDeletedSomewhere ? cookie is null : cookie is not null && !IsTooLong(cookie, now))), "allowed");
        }
    });

    private static IEnumerable<string> Wrong(StoredCookie?[] stored, Func<ExpiryCase, StoredCookie?, bool> isRight) =>
        ExpiryCase.All.Zip(stored).Where(pair => !isRight(pair.First, pair.Second)).Select(pair => $"{pair.First}: {pair.Second}");

    private static bool IsTooLong(StoredCookie cookie, DateTimeOffset now) => cookie.Expires > now.AddDays(ExpiryCase.AllowedDays + 1);

    /// <summary>Sets a cookie by each of the lines over another one of its name, and returns what the browser has of it then.</summary>
    private static async Task<StoredCookie?[]> StoreAsync(ITab tab, IEnumerable<string?> all)
    {
        string[] lines = [];
        await using var server = await Backend.StartAsync(context =>
        {
            context.Response.Headers.SetCookie = new StringValues(lines);
            return Task.CompletedTask;
        });
        var stored = new List<StoredCookie?>();
        foreach (var batch in all.Chunk(AtOnce))
        {
            await tab.ForgetAsync();
            lines = [.. batch.Select((_, i) => $"c{i}={ExpiryCase.Before}")];
            await tab.GotoAsync(server.Url.ToString());
            lines = [.. batch.Select((line, i) => line is null ? "" : $"c{i}{line[line.IndexOf('=', StringComparison.Ordinal)..]}")];
            await tab.GotoAsync(server.Url.ToString());
            var cookies = await tab.CookiesAsync();
            stored.AddRange(batch.Select((_, i) => cookies.GetValueOrDefault($"c{i}")));
        }

        return [.. stored];
    }
}
