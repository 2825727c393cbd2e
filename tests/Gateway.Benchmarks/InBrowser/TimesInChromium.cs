using Gateway.Benchmarks.SideBySide;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Microsoft.Playwright;

namespace Gateway.Benchmarks.InBrowser;

/// <summary>The figures that depend on time, in Chromium: on loopback, and with slow 4G and a CPU four times slower over CDP.</summary>
internal static class TimesInChromium
{
    public static async Task AddAsync(FigureTable table, IBrowser chromium, MeasuredSite site, int runs)
    {
        var (first, later) = await ViewAsync(chromium, site, runs, isSlow: false);
        var (slow, slowLater) = await ViewAsync(chromium, site, runs, isSlow: true);
        table.Add(Figure.Paint, $"{first.Added(one => one.Paint):0.0} ms / {later.Added(one => one.Paint):0.0} ms; slow {slow.Added(one => one.Paint):0} ms / {slowLater.Added(one => one.Paint):0} ms", Browsers.Chromium);
        table.Add(Figure.Visible, $"{first.Delay():0.0} ms / {slow.Delay():0.0} ms", Browsers.Chromium);
        table.Add(Figure.Cpu, $"{first.Added(one => one.Script):0.0} ms / {first.Added(one => one.MainThread):0.0} ms", Browsers.Chromium);
        table.Add(Figure.LongTasks, $"{slow.Added(one => one.Tasks):0} / {slow.With(one => one.Longest):0} ms (without {slow.Without(one => one.Longest):0} ms)", Browsers.Chromium);
        var dead = await Stopwatches.DeadAsync(async test => await InContextAsync(chromium, page => test(new ChromiumTab(page))), site.Page("lang=en"), runs);
        await InContextAsync(chromium, async page => table.Add(Figure.Shift, $"{Math.Max(first.With(one => one.Shift), slow.With(one => one.Shift)):0.####}; {(await Weight.MovedAsync(new ChromiumTab(page), site)).Count} boxes", Browsers.Chromium));
        table.Add(Figure.Dead, $"{Statistics.Median(dead):0.0} ms", Browsers.Chromium);
        table.Add(Figure.Heap, $"{first.Added(one => one.Heap) / 1000:0} kB", Browsers.Chromium);
    }

    // In turn, and each beginning in turn: what a first one leaves behind falls on both.
    private static async Task<(Views First, Views Later)> ViewAsync(IBrowser chromium, MeasuredSite site, int runs, bool isSlow)
    {
        var (first, later) = (new Views(), new Views());
        for (var run = 0; run <= runs; run++)
        {
            foreach (var hasLine in run % 2 == 0 ? new[] { true, false } : [false, true])
            {
                await InContextAsync(chromium, async page =>
                {
                    var query = hasLine ? "lang=en" : "lang=en&bare";
                    var (one, two) = (await TimeAsync(page, site.Page(query), isSlow), await TimeAsync(page, site.Page(query + "&later"), isSlow));
                    // The first run warms up.
                    if (run == 0)
                        return;
                    first.Add(hasLine, one);
                    later.Add(hasLine, two);
                });
            }
        }

        return (first, later);
    }

    private static async Task<Times> TimeAsync(IPage page, string url, bool isSlow)
    {
        var cdp = await page.Context.NewCDPSessionAsync(page);
        if (isSlow)
        {
            await cdp.SendAsync("Network.enable");
            await cdp.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 150, ["downloadThroughput"] = 200_000, ["uploadThroughput"] = 93_750 });
            await cdp.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        }

        var tab = new ChromiumTab(page);
        await page.GotoAsync("about:blank");
        await cdp.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        await tab.AtStartAsync(Stopwatches.Watch);
        await tab.GotoAsync(url);
        var times = await Stopwatches.ReadAsync(tab);
        var cpu = await MetricsAsync(cdp);
        await cdp.SendAsync("HeapProfiler.collectGarbage");
        await cdp.SendAsync("HeapProfiler.collectGarbage");
        var heap = (await MetricsAsync(cdp))["JSHeapUsedSize"];
        await cdp.DetachAsync();
        return times with { Script = 1000 * (cpu["ScriptDuration"] + cpu["V8CompileDuration"]), MainThread = 1000 * cpu["TaskDuration"], Heap = heap };
    }

    private static async Task<Dictionary<string, double>> MetricsAsync(ICDPSession cdp) =>
        (await cdp.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(one => one.GetProperty("name").GetString()!, one => one.GetProperty("value").GetDouble());

    private static async Task InContextAsync(IBrowser chromium, Func<IPage, Task> test)
    {
        await using var context = await chromium.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 720 } });
        await test(await context.NewPageAsync());
    }
}
