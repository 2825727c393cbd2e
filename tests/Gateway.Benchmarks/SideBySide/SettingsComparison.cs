using System.Globalization;

namespace Gateway.Benchmarks.SideBySide;

/// <summary>The effect of single settings: the program as shipped and with one setting changed, measured in turns.</summary>
internal static class SettingsComparison
{
    private static readonly IReadOnlyList<(string Name, string Variable)> Gateways =
    [
        ("as shipped", ""),
        ("inline completions", "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1"),
        ("workstation garbage collector", "DOTNET_gcServer=0"),
        ("server garbage collector without adaptation", "DOTNET_GCDynamicAdaptationMode=0"),
        ("no limit of the heap", "DOTNET_GCHeapHardLimitPercent=0"),
    ];

    private static readonly IReadOnlyList<(string Name, string Role)> Bares =
    [
        ("bare YARP, trimmed like the gateway (JIT)", "bare"),
        ("bare YARP with all default middleware and services (JIT)", "untrimmed"),
    ];

    public static async Task<int> RunAsync(Options options)
    {
        var program = Published.Programs().Gateway;
        using var backend = await Child.StartAsync("backend", "backend");
        var url = $"http://127.0.0.1:{backend.Port}/";
        var cookies = Sample.Cookies(Sample.Snapshot(Sample.Config(url)).Sites[0]);
        var report = new Report();
        foreach (var workload in Workload.All.Where(workload => workload.Name is "json-2k" or "html-15k"))
        {
            report.Begin($"settings, {workload.Name}", string.Create(CultureInfo.InvariantCulture, $"{options.Rounds} rounds of {options.Requests} requests."));
            report.Add("| | CPU µs per request | CPU / CPU of the first row (95 %) | requests per second | first byte µs | resident MiB |\n|---|---|---|---|---|---|");
            await AddAsync(report, Gateways.Select(one => Published.StartGatewayAsync(one.Name, $"{one.Variable} {program}", url)), workload, cookies, options);
            await AddAsync(report, Bares.Select(one => Child.StartAsync(one.Name, $"{one.Role} {url}")), workload, cookies, options);
        }

        report.Finish("settings", options);
        return 0;
    }

    private static async Task AddAsync(Report report, IEnumerable<Task<Child>> starts, Workload workload, string cookies, Options options)
    {
        var children = new List<Child>();
        try
        {
            foreach (var start in starts)
                children.Add(await start);
            var measured = await Comparison.MeasureAsync(children, workload.Request(cookies), options);
            foreach (var one in measured)
            {
                var ratio = Ratio.Of(one.Cpu, measured[0].Cpu);
                report.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {one.Proxy} | {Statistics.Median(one.Cpu):0.0} | {(one == measured[0] ? "–" : $"{ratio.Median:0.000} ({ratio.Low:0.000}–{ratio.High:0.000})")} | {one.Rate:0} | {one.FirstByte:0} | {one.Resident:0} |"));
            }
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }
    }
}
