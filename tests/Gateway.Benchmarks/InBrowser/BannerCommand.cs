using Gateway.Tests.Figures;
using Gateway.Tests.Support;

namespace Gateway.Benchmarks.InBrowser;

/// <summary>Measures what the banner costs, covers, breaks and leaves behind in Chromium and Firefox. <c>--write</c> stores it in BANNER.md.</summary>
internal static class BannerCommand
{
    public static async Task<int> RunAsync(Options options)
    {
        var table = new FigureTable();
        await using var site = await MeasuredSite.StartAsync(MeasuredTables.Fifty, AuditedPages.Serve(Peer.HeadOf, Peer.FileOf));
        table.Add(Figure.Size, $"{site.Compiled.Script.File.Brotli.Length / 1000.0:0.00} kB");
        using (var driver = await Chromium.DriverAsync())
        {
            var path = Chromium.FindWhole() ?? throw new InvalidOperationException(Chromium.Absent);
            await using var chromium = await Chromium.LaunchAsync(driver, path);
            await TimesInChromium.AddAsync(table, chromium, site, options.Rounds);
            await Counted.AddAsync(table, Browsers.Chromium, async test =>
            {
                await using var context = await chromium.NewContextAsync();
                await context.AddInitScriptAsync($"({OpenShadowRoots.Script})()");
                await test(new ChromiumTab(await context.NewPageAsync()));
            });
        }

        await using var firefox = await FirefoxProgram.StartAsync(
            ("privacy.reduceTimerPrecision", "false"), ("widget.gtk.overlay-scrollbars.enabled", "true"), ("ui.useOverlayScrollbars", "1"));
        async Task InFirefoxAsync(Func<ITab, Task> test)
        {
            await using var tab = await firefox.OpenAsync();
            await test(tab);
        }

        await TimesInFirefox.AddAsync(table, InFirefoxAsync, site, options.Rounds);
        await Counted.AddAsync(table, Browsers.Firefox, InFirefoxAsync);
        table.Finish(options);
        return 0;
    }
}
