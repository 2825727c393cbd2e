using Gateway.Tests.Figures;
using Gateway.Tests.Support;

namespace Gateway.Benchmarks.InBrowser;

/// <summary>The figures that do not depend on time. The tests check them as well.</summary>
internal static class Counted
{
    /// <param name="run">Runs a test in a tab with its own profile.</param>
    public static async Task AddAsync(FigureTable table, Browsers browser, Func<Func<ITab, Task>, Task> run)
    {
        await using (var fifty = await MeasuredSite.StartAsync(MeasuredTables.Fifty))
            await run(async tab => table.Add(Figure.Requests, await RequestsAsync(tab, fifty), browser));
        await using (var site = await MeasuredSite.StartAsync(MeasuredTables.Full("en")))
        {
            await run(async tab => await ReachAsync(table, browser, tab, site));
            await run(async tab => table.Add(Figure.Axe, await AxeAsync(tab, site), browser));
            await run(async tab => table.Add(Figure.Changed, await ChangedAsync(tab, site), browser));
            await run(async tab => table.Add(Figure.Broken, $"{(await Breaches.UnderStrictPolicyAsync(tab, site)).Count}", browser));
        }

        await using var tracked = await MeasuredSite.StartAsync(MeasuredTables.Trackers);
        var refused = "";
        await run(async tab => refused = await Leftovers.AfterRefusalAsync(tab, tracked));
        await run(async tab =>
        {
            var (accepted, left) = await Leftovers.AfterWithdrawalAsync(tab, tracked);
            table.Add(Figure.Left, $"{Words(refused)} / {Words(left)} (of {Words(accepted)} before)", browser);
        });
    }

    private static async Task<string> RequestsAsync(ITab tab, MeasuredSite site)
    {
        await tab.ShowAsync(site, "banner");
        var first = await Weight.RequestsAsync(tab);
        await tab.ShowAsync(site, "banner", query: "later");
        return $"{first.Length} / {(await Weight.RequestsAsync(tab)).Length}";
    }

    private static async Task ReachAsync(FigureTable table, Browsers browser, ITab tab, MeasuredSite site)
    {
        foreach (var (figure, width, height) in new[] { (Figure.Phone, 360, 640), (Figure.Small, 320, 256) })
        {
            await tab.ResizeAsync(width, height);
            await tab.ShowAsync(site, "banner");
            table.Add(figure, $"{await Reach.ShareAsync(tab):0} %; {(await Reach.UnreachableAsync(tab)).Length} unreachable", browser);
        }
    }

    private static async Task<string> AxeAsync(ITab tab, MeasuredSite site)
    {
        var (pages, violations) = (0, 0);
        foreach (var (view, css, isDark, isForced) in Shown(tab is ChromiumTab))
        {
            if (tab is ChromiumTab chromium)
                await chromium.EmulateAsync(isDark, isForced);
            await tab.ShowAsync(site, view, query: $"css={css}");
            violations += (await Axe.ViolationsAsync(tab, isOursAlone: css.Length > 0)).Count;
            pages++;
        }

        return $"{violations} (on {pages} pages)";
    }

    private static IEnumerable<(string View, string Css, bool IsDark, bool IsForced)> Shown(bool emulates) =>
    [
        .. Stage.Views.Select(view => (view, "", false, false)),
        .. Stage.Drawn.SelectMany(view => HostileStyles.All.Keys.Select(css => (view, css, false, false))),
        .. emulates ? Stage.Views.SelectMany(view => new[] { (view, "", true, false), (view, "", false, true), (view, "", true, true) }) : [],
    ];

    private static async Task<string> ChangedAsync(ITab tab, MeasuredSite site)
    {
        var changes = 0;
        foreach (var view in Stage.Drawn)
            changes += (await Looks.UnderHostileStylesAsync(tab, site, view)).Count;
        return $"{changes}";
    }

    private static int Words(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
}
