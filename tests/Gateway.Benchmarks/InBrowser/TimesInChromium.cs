using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Microsoft.Playwright;

namespace Gateway.Benchmarks.InBrowser;

/// <summary>The figures that depend on time, in Chromium: on loopback, and with slow 4G and a four times slower CPU, emulated over CDP.</summary>
internal static class TimesInChromium
{
    public static async Task AddAsync(FigureTable table, IBrowser chromium, MeasuredSite site, int runs)
    {
        Viewed bare = new("lang=en&bare"), ours = new("lang=en");
        var peers = Peer.Installed.Select(peer => new Viewed($"lang=en&bare&tool={Uri.EscapeDataString(peer.Name)}", peer)).ToList();
        await ViewAsync(chromium, site, runs, [bare, ours, .. peers]);
        table.Add(Figure.Paint, Paint(ours), Browsers.Chromium);
        table.Add(Figure.Visible, Visible(ours), Browsers.Chromium);
        table.Add(Figure.Cpu, Cpu(ours), Browsers.Chromium);
        table.Add(Figure.LongTasks, LongTasks(ours), Browsers.Chromium);
        foreach (var one in peers)
        {
            foreach (var (figure, value) in new[] { (Figure.Paint, Paint(one)), (Figure.Visible, Visible(one)), (Figure.Cpu, Cpu(one)), (Figure.LongTasks, LongTasks(one)), (Figure.Heap, Heap(one)) })
                table.AddPeer(figure, one.Peer!.Name, value);
        }

        var dead = await Stopwatches.DeadAsync(async test => await InContextAsync(chromium, page => test(new ChromiumTab(page))), site.Page("lang=en"), runs);
        await InContextAsync(chromium, async page => table.Add(Figure.Shift, $"{Math.Max(ours.First.Median(one => one.Shift), ours.Slow.Median(one => one.Shift)):0.####}; {(await Weight.MovedAsync(new ChromiumTab(page), site)).Count} boxes", Browsers.Chromium));
        table.Add(Figure.Dead, dead, Browsers.Chromium);
        table.Add(Figure.Heap, Heap(ours), Browsers.Chromium);

        string Paint(Viewed one) =>
            $"{one.First.Over(bare.First, times => times.Paint):0.0} ms / {one.Later.Over(bare.Later, times => times.Paint):0.0} ms; slow {one.Slow.Over(bare.Slow, times => times.Paint):0} ms / {one.SlowLater.Over(bare.SlowLater, times => times.Paint):0} ms";
        string Visible(Viewed one) => one.Peer is { HasBanner: false } ? "–" : $"{one.First.Delay():0.0} ms / {one.Slow.Delay():0.0} ms";
        string Cpu(Viewed one) => $"{one.First.Over(bare.First, times => times.Script):0.0} ms / {one.First.Over(bare.First, times => times.MainThread):0.0} ms";
        string LongTasks(Viewed one) =>
            $"{one.Slow.Over(bare.Slow, times => times.Tasks):0} / {one.Slow.Median(times => times.Longest):0} ms (without {bare.Slow.Median(times => times.Longest):0} ms)";
        string Heap(Viewed one) => $"{one.First.Over(bare.First, times => times.Heap) / 1000:0} kB";
    }

    // The order of the pages alternates, so that the effect of one page on the next does not always fall on the same one.
    private static async Task ViewAsync(IBrowser chromium, MeasuredSite site, int runs, IReadOnlyList<Viewed> pages)
    {
        for (var run = 0; run <= runs; run++)
        {
            foreach (var page in run % 2 == 0 ? pages : [.. pages.Reverse()])
            {
                foreach (var isSlow in new[] { false, true })
                {
                    await InContextAsync(chromium, async tab =>
                    {
                        var banner = page.Peer?.Banner ?? Stopwatches.Banner;
                        var (first, later) = (await TimeAsync(tab, site.Page(page.Query), banner, isSlow), await TimeAsync(tab, site.Page(page.Query + "&later"), banner, isSlow));
                        // The first run is a warm-up.
                        if (run == 0)
                            return;
                        (isSlow ? page.Slow : page.First).Add(first);
                        (isSlow ? page.SlowLater : page.Later).Add(later);
                    });
                }
            }
        }
    }

    /// <summary>A page and its views: the first and a later one in the same browser profile, on loopback and on the slow network.</summary>
    private sealed record Viewed(string Query, Peer? Peer = null)
    {
        public Views First { get; } = new();

        public Views Later { get; } = new();

        public Views Slow { get; } = new();

        public Views SlowLater { get; } = new();
    }

    private static async Task<Times> TimeAsync(IPage page, string url, string banner, bool isSlow)
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
        await tab.AtStartAsync(Stopwatches.Watch(banner));
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
        await context.AddInitScriptAsync($"({OpenShadowRoots.Script})()");
        await test(await context.NewPageAsync());
    }
}
