using Gateway.Sites;
using Gateway.Tests.Figures;
using Xunit;

namespace Gateway.Tests.Support;

/// <summary>Runs a test in Chromium and in Firefox, each with its own site.</summary>
public abstract class BothBrowsers(Browser chromium, Firefox firefox)
{
    private protected static readonly SiteConfig English = MeasuredTables.Full("en");

    public static TheoryData<string> Names => [nameof(Chromium), nameof(Firefox)];

    /// <summary>Asserts that no faults were found.</summary>
    private protected static void Nothing(IEnumerable<string> faults, params object[] where) =>
        Assert.True(!faults.Any(), $"{string.Join(' ', where)}:\n{string.Join('\n', faults)}");

    /// <param name="backend">The backend of the site; null for plain pages.</param>
    private protected async Task RunAsync(string name, SiteConfig config, Func<ITab, MeasuredSite, Task> test, WebApplication? backend = null)
    {
        await using var site = await MeasuredSite.StartAsync(config, backend);
        await RunAsync(name, tab => test(tab, site));
    }

    /// <summary>Runs a test without a measured site.</summary>
    private protected Task RunAsync(string name, Func<ITab, Task> test) =>
        name == nameof(Firefox) ? firefox.RunAsync(test) : chromium.RunAsync(page => test(new ChromiumTab(page)));

    private protected Task InChromiumAsync(SiteConfig config, Func<ChromiumTab, MeasuredSite, Task> test) =>
        RunAsync(nameof(Chromium), config, (tab, site) => test((ChromiumTab)tab, site));

    /// <summary>Runs with preferences that Firefox reads only at its start.</summary>
    private protected async Task InFirefoxAsync(SiteConfig config, Func<ITab, MeasuredSite, Task> test, params (string, string)[] preferences)
    {
        await using var site = await MeasuredSite.StartAsync(config);
        await firefox.RunAsync(tab => test(tab, site), preferences);
    }

    /// <summary>Runs a test in Chromium without a measured site.</summary>
    private protected Task InChromiumAsync(Func<ChromiumTab, Task> test) => chromium.RunAsync(page => test(new ChromiumTab(page)));
}
