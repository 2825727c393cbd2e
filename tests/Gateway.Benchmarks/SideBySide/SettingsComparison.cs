using System.Globalization;

namespace Gateway.Benchmarks.SideBySide;

/// <summary>The effect of single settings: the program as shipped and with one setting changed, measured in turns.</summary>
internal static class SettingsComparison
{
    private static readonly IReadOnlyList<(string Name, string Role, string? Variable)> Gateways =
    [
        ("as shipped", "gateway", null),
        ("sockets complete inline", "gateway", "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1"),
        ("workstation garbage collector", "gateway", "DOTNET_gcServer=0"),
        ("server garbage collector without adaptation", "gateway", "DOTNET_GCDynamicAdaptationMode=0"),
        ("no profile-guided optimization", "gateway", "DOTNET_TieredPGO=0"),
    ];

    private static readonly IReadOnlyList<(string Name, string Role, string? Variable)> Bares =
    [
        ("bare YARP, trimmed like the gateway", "bare", null),
        ("bare YARP with all default middleware and services", "untrimmed", null),
    ];

    public static async Task<int> RunAsync(Options options)
    {
        using var backend = await Child.StartAsync("backend", "backend");
        var url = $"http://127.0.0.1:{backend.Port}/";
        var cookies = Sample.Cookies(Sample.Snapshot(Sample.Config("http://127.0.0.1:0", url)).Sites[0]);
        var report = new Report();
        foreach (var workload in Workload.All.Where(workload => workload.Name is "json-2k" or "html-15k"))
        {
            report.Begin($"settings, {workload.Name}", string.Create(CultureInfo.InvariantCulture, $"{options.Rounds} rounds of {options.Requests} requests."));
            report.Add("| | CPU µs per request | CPU / CPU of the first row (95 %) | requests per second | first byte µs | resident MiB |\n|---|---|---|---|---|---|");
            foreach (var programs in new[] { Gateways, Bares })
                await AddAsync(report, programs, workload, url, cookies, options);
        }

        report.Finish("settings", options);
        return 0;
    }

    private static async Task AddAsync(
        Report report, IReadOnlyList<(string Name, string Role, string? Variable)> programs, Workload workload, string backend, string cookies, Options options)
    {
        var children = new List<Child>();
        try
        {
            foreach (var (name, role, variable) in programs)
                children.Add(await Child.StartAsync(name, role == "gateway" ? $"gateway {backend} {workload.Gateway}" : $"{role} {backend}", variable));
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
