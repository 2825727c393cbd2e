using System.Globalization;
using Microsoft.Playwright;

namespace Gateway.Tests.Support;

/// <summary>What every tab can do besides.</summary>
internal static class Tabs
{
    /// <summary>Waits until an expression is true; a document that is being left has no answer.</summary>
    /// <exception cref="TimeoutException">It was not true within <see cref="Eventually.Limit"/>.</exception>
    public static Task UntilAsync(this ITab tab, string expression) => Eventually.IsTrueAsync(() => IsTrueAsync(tab, expression), expression);

    /// <summary>Runs an action that makes the tab load another document, or the same one again, and waits until that one is complete.</summary>
    /// <remarks>
    /// When the server has the request, the browser still shows the document before, complete and scriptable: an expression that is
    /// evaluated then reads, or writes to, a document that goes away. So the document before is marked, and the mark has to be gone.
    /// A mark is used once, for a document can come back from the back-forward cache.
    /// </remarks>
    public static async Task LoadsAsync(this ITab tab, Func<Task> action)
    {
        var mark = Guid.NewGuid().ToString("N");
        await tab.EvaluateAsync<string>($"document.leaving = '{mark}'");
        await action();
        await tab.UntilAsync($"document.leaving !== '{mark}' && document.readyState === 'complete'");
    }

    /// <inheritdoc cref="LoadsAsync(ITab, Func{Task})"/>
    public static Task LoadsAsync(this IPage page, Func<Task> action) => new ChromiumTab(page).LoadsAsync(action);

    /// <summary>Stops the clock of each further page, for tests in which one day more or less matters: none of them depends on the day it is, or on midnight.</summary>
    public static Task StopClockAsync(this IPage page, DateTimeOffset now) =>
        page.AddInitScriptAsync(string.Create(CultureInfo.InvariantCulture, $"Date.now = () => {now.ToUnixTimeMilliseconds()}"));

    private static async Task<bool> IsTrueAsync(ITab tab, string expression)
    {
        try
        {
            return await tab.EvaluateAsync<bool>($"!!({expression})");
        }
        catch (Exception exception) when (exception is PlaywrightException or InvalidOperationException)
        {
            return false;
        }
    }
}
