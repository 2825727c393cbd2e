namespace Gateway.Tests.Support;

/// <summary>What every tab can do besides.</summary>
internal static class Tabs
{
    // Only a failure takes so long; a machine that compiles at the same time is slow, not wrong.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until an expression holds; a page that is being left meanwhile has no answer yet.</summary>
    /// <exception cref="TimeoutException">It did not hold for half a minute.</exception>
    public static async Task UntilAsync(this ITab tab, string expression)
    {
        var end = DateTime.UtcNow + Patience;
        while (!await HoldsAsync(tab, expression))
        {
            if (DateTime.UtcNow > end)
                throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {expression}");
            await Task.Delay(20);
        }
    }

    private static async Task<bool> HoldsAsync(ITab tab, string expression)
    {
        try
        {
            return await tab.EvaluateAsync<bool>($"!!({expression})");
        }
        catch (Exception exception) when (exception is Microsoft.Playwright.PlaywrightException or InvalidOperationException)
        {
            return false;
        }
    }
}
