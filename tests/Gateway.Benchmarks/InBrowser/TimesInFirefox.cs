using Gateway.Tests.Figures;
using Gateway.Tests.Support;

namespace Gateway.Benchmarks.InBrowser;

/// <summary>The figures that depend on time, in Firefox, as far as WebDriver BiDi provides them.</summary>
internal static class TimesInFirefox
{
    private const string Silent = "not available over BiDi";

    public static async Task AddAsync(FigureTable table, Func<Func<ITab, Task>, Task> run, MeasuredSite site, int runs)
    {
        var views = new Dictionary<(bool HasLine, bool IsLater), Views>();
        for (var number = 0; number <= runs; number++)
        {
            foreach (var hasLine in number % 2 == 0 ? new[] { true, false } : [false, true])
            {
                var warm = number == 0;
                await run(async tab =>
                {
                    var query = hasLine ? "lang=en" : "lang=en&bare";
                    await tab.AtStartAsync(Stopwatches.Watch(Stopwatches.Banner));
                    foreach (var isLater in new[] { false, true })
                    {
                        await tab.GotoAsync(site.Page(isLater ? query + "&later" : query));
                        var times = await Stopwatches.ReadAsync(tab);
                        if (warm)
                            views[(hasLine, isLater)] = new();
                        else
                            views[(hasLine, isLater)].Add(times);
                    }
                });
            }
        }

        var (first, later) = (views[(true, false)], views[(true, true)]);
        table.Add(
            Figure.Paint,
            $"{first.Over(views[(false, false)], one => one.Paint):0.0} ms / {later.Over(views[(false, true)], one => one.Paint):0.0} ms; slow: no emulation",
            Browsers.Firefox);
        table.Add(Figure.Visible, $"{first.Delay():0.0} ms / no emulation", Browsers.Firefox);
        table.Add(Figure.Cpu, Silent, Browsers.Firefox);
        table.Add(Figure.LongTasks, "no Long Tasks API", Browsers.Firefox);
        await run(async tab => table.Add(Figure.Shift, $"no API; {(await Weight.MovedAsync(tab, site)).Count} boxes", Browsers.Firefox));
        table.Add(Figure.Opening, await Stopwatches.OpeningAsync(run, site.Page("lang=en"), runs), Browsers.Firefox);
        table.Add(Figure.Heap, Silent, Browsers.Firefox);
    }
}
