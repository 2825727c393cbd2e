using System.Diagnostics;
using System.Globalization;
using System.Net;
using Gateway.Benchmarks.SideBySide;

namespace Gateway.Benchmarks;

/// <summary>Compares the Native AOT program with bare YARP, published the same way: size, start time and memory. The two programs alternate.</summary>
internal static class NativeComparison
{
    private const double Target = 1.3;

    public static async Task<int> RunAsync(Options options)
    {
        var report = new Report();
        using var backend = await Child.StartAsync("backend", "backend");
        var url = $"http://127.0.0.1:{backend.Port}/";
        var (gateway, bare) = (Published.Program("src/Gateway", "gateway"), Published.Program("tests/Gateway.Benchmarks/BareYarp", "BareYarp"));
        var (ours, theirs) = (new List<Run>(), new List<Run>());
        for (var round = 0; round < options.Rounds; round++)
        {
            ours.Add(await RunAsync(gateway, port => $"run --config {Published.Config(url, port, Peers.FreePort())}", url));
            theirs.Add(await RunAsync(bare, port => $"{port} {url}", url));
        }

        report.Begin("published with Native AOT", string.Create(CultureInfo.InvariantCulture, $"{options.Rounds} starts of each program, alternating; the load is 50,000 pages of 15 kB."));
        report.Add("| | gateway | bare YARP | ratio (95 %) | target: at most 1.3 |\n|---|---|---|---|---|");
        foreach (var (name, value, hasTarget) in Run.Figures)
        {
            var ratio = Ratio.Of([.. ours.Select(value)], [.. theirs.Select(value)]);
            report.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {Statistics.Median([.. ours.Select(value)]):0.0} | {Statistics.Median([.. theirs.Select(value)]):0.0} | {ratio.Median:0.00} ({ratio.Low:0.00}–{ratio.High:0.00}) | {(!hasTarget ? "" : Report.Meets(ratio, Target) ? "met" : "missed")} |"));
        }

        report.Finish("native", options);
        return 0;
    }

    private static async Task<Run> RunAsync(string program, Func<int, string> arguments, string backend)
    {
        var port = Peers.FreePort();
        var clock = Stopwatch.StartNew();
        var info = new ProcessStartInfo(program, arguments(port)) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var child = Child.Of(program, Process.Start(info)!, port);
        await FirstAnswerAsync(port);
        var start = clock.Elapsed.TotalMilliseconds;
        await Task.Delay(1000);
        var idle = Resident.Of(child);
        var cookies = Sample.Cookies(Sample.Snapshot(Sample.Config("http://127.0.0.1:0", backend)).Sites[0]);
        await Load.DriveAsync(port, Workload.All.First(workload => workload.Name == "html-15k").Request(cookies), 50_000, 60);
        return new Run(SizeOf(Path.GetDirectoryName(program)!), start, idle, Resident.Of(child));
    }

    private static double SizeOf(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => !file.EndsWith(".dbg", StringComparison.Ordinal)).Sum(file => new FileInfo(file).Length) / 1024.0 / 1024.0;

    /// <summary>Resident memory in MiB: all of it, the part that files back, and the rest.</summary>
    private sealed record Resident(double All, double Files, double Heaps)
    {
        public static Resident Of(Child child) => new(child.ResidentMiB(), child.ResidentMiB("RssFile"), child.ResidentMiB("RssAnon"));
    }

    /// <summary>One start: size of the folder in MiB, milliseconds to the first response, and memory before and after the load.</summary>
    private sealed record Run(double Size, double Start, Resident Idle, Resident Loaded)
    {
        public static readonly IReadOnlyList<(string Name, Func<Run, double> Value, bool HasTarget)> Figures =
        [
            ("size of the published folder, MiB", run => run.Size, true),
            ("start to first proxied response, ms", run => run.Start, true),
            ("resident when idle, MiB", run => run.Idle.All, true),
            ("– of which pages of the program and its libraries", run => run.Idle.Files, false),
            ("– of which heaps and stacks", run => run.Idle.Heaps, false),
            ("resident under load, MiB", run => run.Loaded.All, true),
            ("– of which pages of the program and its libraries", run => run.Loaded.Files, false),
            ("– of which heaps and stacks", run => run.Loaded.Heaps, false),
        ];
    }

    private static async Task FirstAnswerAsync(int port)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), DefaultRequestHeaders = { Host = "localhost" } };
        while (true)
        {
            try
            {
                if ((await client.GetAsync("json")).StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(1);
            }
        }
    }
}
