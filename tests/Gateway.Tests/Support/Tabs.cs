using System.Globalization;
using Microsoft.Playwright;

namespace Gateway.Tests.Support;

/// <summary>Extension methods for all tabs.</summary>
internal static class Tabs
{
    /// <summary>Waits until an expression is true. A document that is being unloaded counts as not true.</summary>
    /// <exception cref="TimeoutException">The expression was not true within <see cref="Eventually.Limit"/>.</exception>
    public static Task UntilAsync(this ITab tab, string expression) => Eventually.IsTrueAsync(() => IsTrueAsync(tab, expression), expression);

    // "complete" is not enough: the load event may not have ended yet, and a page that is still loading is not kept for the back button.
    private const string HasLoaded = "performance.getEntriesByType('navigation')[0]?.loadEventEnd > 0";

    /// <summary>Runs an action that loads another document or reloads the same one, and waits until the new document has loaded.</summary>
    /// <remarks>
    /// When the server receives the request, the browser still has the old document. An expression that is evaluated at that time would use
    /// the old document. Therefore, the old document is marked, and this method waits until the mark is gone. Each mark is used once, because
    /// the back-forward cache can restore a document.
    /// </remarks>
    public static async Task LoadsAsync(this ITab tab, Func<Task> action)
    {
        var mark = Guid.NewGuid().ToString("N");
        await tab.EvaluateAsync<string>($"document.leaving = '{mark}'");
        await action();
        await tab.UntilAsync($"document.leaving !== '{mark}' && {HasLoaded}");
    }

    /// <summary>Presses a button by the keyboard. A click by a script is no click of the visitor, and is ignored.</summary>
    /// <param name="button">An expression.</param>
    public static async Task PressOnAsync(this ITab tab, string button)
    {
        await tab.EvaluateAsync<int>($"({button}.focus(), 0)");
        await tab.PressAsync("Enter");
    }

    /// <summary>Waits until the load event of the page has ended.</summary>
    public static Task LoadedAsync(this ITab tab) => tab.UntilAsync(HasLoaded);

    /// <inheritdoc cref="LoadsAsync(ITab, Func{Task})"/>
    public static Task LoadsAsync(this IPage page, Func<Task> action) => new ChromiumTab(page).LoadsAsync(action);

    /// <summary>
    /// Leaves the site before a test changes cookies. A page that notices a new choice (it becomes visible, for example) loads itself again, and
    /// that would abort the next navigation of the test.
    /// </summary>
    public static Task LeaveSiteAsync(this IPage page) => new ChromiumTab(page).LeaveSiteAsync();

    /// <inheritdoc cref="LeaveSiteAsync(IPage)"/>
    public static Task LeaveSiteAsync(this ITab tab) => tab.GotoAsync("about:blank");

    /// <summary>Navigates, and once more if the page before, which loads itself again, has aborted that. A page that does so twice fails the test.</summary>
    public static async Task NavigateAsync(Func<Task> navigate)
    {
        try
        {
            await navigate();
        }
        catch (Exception exception) when (exception is PlaywrightException or InvalidOperationException && IsAbort(exception.Message))
        {
            await navigate();
        }
    }

    private static bool IsAbort(string message) =>
        message.Contains("net::ERR_ABORTED", StringComparison.Ordinal) || message.Contains("NS_BINDING_ABORTED", StringComparison.Ordinal)
        || message.Contains("interrupted by another navigation", StringComparison.Ordinal);

    /// <summary>Stops the clock of each further page, so that tests in which one day matters do not depend on the date or on midnight.</summary>
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
