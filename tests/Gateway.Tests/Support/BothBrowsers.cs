using Gateway.Sites;
using Gateway.Tests.Figures;
using Xunit;

namespace Gateway.Tests.Support;

/// <summary>One test for Chromium and for Firefox, each in front of a site of its own.</summary>
public abstract class BothBrowsers(Browser chromium, Firefox firefox)
{
    private protected static readonly SiteConfig English = MeasuredTables.Full("en");

    public static TheoryData<string> Names => [nameof(Chromium), nameof(Firefox)];

    /// <summary>No faults were found there.</summary>
    private protected static void Nothing(IEnumerable<string> faults, params object[] where) =>
        Assert.True(!faults.Any(), $"{string.Join(' ', where)}:\n{string.Join('\n', faults)}");

    /// <param name="backend">Whose pages they are, if not plain ones.</param>
    private protected async Task RunAsync(string name, SiteConfig config, Func<ITab, MeasuredSite, Task> test, WebApplication? backend = null)
    {
        await using var site = await MeasuredSite.StartAsync(config, backend);
        if (name == nameof(Firefox))
            await firefox.RunAsync(tab => test(tab, site));
        else
            await chromium.RunAsync(page => test(new ChromiumTab(page), site));
    }

    private protected Task InChromiumAsync(SiteConfig config, Func<ChromiumTab, MeasuredSite, Task> test) =>
        RunAsync(nameof(Chromium), config, (tab, site) => test((ChromiumTab)tab, site));

    /// <summary>With what Firefox takes at its start alone.</summary>
    private protected async Task InFirefoxAsync(SiteConfig config, Func<ITab, MeasuredSite, Task> test, params (string, string)[] preferences)
    {
        await using var site = await MeasuredSite.StartAsync(config);
        await firefox.RunAsync(tab => test(tab, site), preferences);
    }

    /// <summary>In front of something else than a measured site.</summary>
    private protected Task InChromiumAsync(Func<ChromiumTab, Task> test) => chromium.RunAsync(page => test(new ChromiumTab(page)));
}
