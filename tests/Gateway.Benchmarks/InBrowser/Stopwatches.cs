using Gateway.Benchmarks.SideBySide;
using Gateway.Tests.Support;

namespace Gateway.Benchmarks.InBrowser;

/// <summary>The scripts that take the times in each measured page, with and without the gateway's script.</summary>
internal static class Stopwatches
{
    /// <summary>The gateway's banner; undefined until it is shown.</summary>
    public const string Banner = "document.querySelector('site-gateway')?.shadowRoot?.querySelector('.bar')";

    /// <summary>Fills <c>seen</c>: the time when the main thread finished the first frame with a visible banner, layout shift, long tasks.</summary>
    /// <param name="banner">A JavaScript expression for the banner.</param>
    public static string Watch(string banner) => $$"""
        () => {
            const seen = window.seen = { visible: 0, shift: 0, tasks: [] };
            const look = () => {
                if (!({{banner}})?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return requestAnimationFrame(look);
                const after = new MessageChannel();
                after.port1.onmessage = () => seen.visible = performance.now();
                after.port2.postMessage(0);
            };
            requestAnimationFrame(look);
            const observe = (type, each) => new PerformanceObserver(list => list.getEntries().forEach(each)).observe({ type, buffered: true });
            observe("layout-shift", one => seen.shift += one.value);
            observe("longtask", one => seen.tasks.push(one.duration));
        }
        """;

    /// <summary>Fills <c>opening</c>: the time from the press of a key until the dialog is open.</summary>
    public const string Press = """
        () => {
            addEventListener("keydown", () => window.pressed ??= performance.now(), true);
            const look = () => {
                const root = document.querySelector("site-gateway")?.shadowRoot;
                if (root?.querySelector("dialog[open]")) window.opening = performance.now() - window.pressed;
                else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
        }
        """;

    /// <summary>Reads first contentful paint and the other values, half a second after load and first contentful paint.</summary>
    public static async Task<Times> ReadAsync(ITab tab)
    {
        await tab.UntilAsync("performance.getEntriesByName('first-contentful-paint').length");
        await Task.Delay(500);
        return await tab.EvaluateAsync<Times>(
            "{ paint: performance.getEntriesByName('first-contentful-paint')[0].startTime, visible: seen.visible, shift: seen.shift, tasks: seen.tasks.length, longest: Math.max(0, ...seen.tasks) }");
    }

    /// <summary>Median over all runs: the time that the dialog takes to open.</summary>
    public static async Task<string> OpeningAsync(Func<Func<ITab, Task>, Task> run, string page, int runs)
    {
        var opening = new List<double>();
        for (var number = 0; number < runs; number++)
        {
            await run(async tab =>
            {
                await tab.AtStartAsync(Press);
                await tab.GotoAsync(page);
                await tab.UntilAsync($"{Banner}?.checkVisibility()");
                await tab.PressOnAsync($"{Banner}.querySelector('.other')");
                await tab.UntilAsync("window.opening !== undefined");
                opening.Add(await tab.EvaluateAsync<double>("window.opening"));
            });
        }

        return $"{Statistics.Median(opening):0} ms";
    }
}

/// <summary>One page view: times in ms since the navigation, and what else was measured. CPU in ms and heap in bytes, if the browser reports them.</summary>
internal sealed record Times(double Paint, double Visible, double Shift, double Tasks, double Longest)
{
    public double Script { get; init; }

    public double MainThread { get; init; }

    public double Heap { get; init; }
}
