using System.Diagnostics;
using System.Globalization;
using Gateway.Benchmarks.SideBySide;

namespace Gateway.Benchmarks;

/// <summary>Compares the native program with lean YARP, published the same way: size, start time and memory. The two programs alternate.</summary>
internal static class NativeComparison
{
    public static async Task<int> RunAsync(Options options)
    {
        var report = new Report();
        using var backend = await Child.StartAsync("backend", "backend");
        var url = $"http://127.0.0.1:{backend.Port}/";
        var programs = Published.Programs();
        var (ours, theirs) = (new List<Run>(), new List<Run>());
        for (var round = 0; round < options.Rounds; round++)
        {
            ours.Add(await RunAsync(programs.Gateway, port => $"run --config {Sample.Write(Sample.Listen(port, Peers.FreePort()), url)}", url));
            theirs.Add(await RunAsync(programs.Lean, port => $"{port} {url}", url));
        }

        report.Begin("published with Native AOT", string.Create(CultureInfo.InvariantCulture, $"{options.Rounds} starts of each program, alternating; the load is 50,000 pages of 15 kB."));
        report.Add("| | gateway | lean YARP | ratio (95 %) | target |\n|---|---|---|---|---|");
        foreach (var (name, value, target) in Run.Figures)
        {
            var ratio = Ratio.Of([.. ours.Select(value)], [.. theirs.Select(value)]);
            report.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {Statistics.Median([.. ours.Select(value)]):0.0} | {Statistics.Median([.. theirs.Select(value)]):0.0} | {ratio.Median:0.00} ({ratio.Low:0.00}–{ratio.High:0.00}) | {(target is null ? "" : $"at most {target:0.0}: {(Report.Meets(ratio, target.Value) ? "met" : "missed")}")} |"));
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
        await child.FirstAnswerAsync();
        var start = clock.Elapsed.TotalMilliseconds;
        await Task.Delay(1000);
        var idle = Resident.Of(child);
        var cookies = Sample.Cookies(Sample.Snapshot(Sample.Config(backend)).Sites[0]);
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
        public static readonly IReadOnlyList<(string Name, Func<Run, double> Value, double? Target)> Figures =
        [
            ("size of the published folder, MiB", run => run.Size, 1.3),
            ("start to first proxied response, ms", run => run.Start, 1.2),
            ("resident when idle, MiB", run => run.Idle.All, 1.2),
            ("– of which pages of the program and its libraries", run => run.Idle.Files, null),
            ("– of which heaps and stacks", run => run.Idle.Heaps, null),
            ("resident under load, MiB", run => run.Loaded.All, 1.3),
            ("– of which pages of the program and its libraries", run => run.Loaded.Files, null),
            ("– of which heaps and stacks", run => run.Loaded.Heaps, null),
        ];
    }
}
