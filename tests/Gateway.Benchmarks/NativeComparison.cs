using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Gateway.Benchmarks.SideBySide;

namespace Gateway.Benchmarks;

/// <summary>The Native AOT program beside a bare YARP that is published in the same way: size, start, memory.</summary>
internal static class NativeComparison
{
    private const int Starts = 9;

    public static async Task<int> RunAsync(Options options)
    {
        var report = new Report();
        using var backend = await Child.StartAsync("backend", "backend");
        var url = $"http://127.0.0.1:{backend.Port}/";
        var gateway = await MeasureAsync(Publish("src/Gateway", "gateway"), "gateway", port => $"run --config {Config(port, url)}", url);
        var bare = await MeasureAsync(Publish("tests/Gateway.Benchmarks/BareYarp", "BareYarp"), "BareYarp", port => $"{port} {url}", url);
        report.Begin("published with Native AOT");
        report.Add("| | gateway | bare YARP | ratio (target: at most 1.3) |\n|---|---|---|---|");
        foreach (var (name, ours, theirs) in gateway.Zip(bare, (left, right) => (left.Name, left.Value, right.Value)))
            report.Add(string.Create(CultureInfo.InvariantCulture, $"| {name} | {ours:0.0} | {theirs:0.0} | {ours / theirs:0.00} |"));
        report.Finish("native", options);
        return 0;
    }

    private static async Task<List<(string Name, double Value)>> MeasureAsync(string folder, string program, Func<int, string> arguments, string backend)
    {
        var starts = new List<double>();
        double idle = 0, loaded = 0;
        for (var start = 0; start < Starts; start++)
        {
            var port = Peers.FreePort();
            var clock = Stopwatch.StartNew();
            var info = new ProcessStartInfo(Path.Combine(folder, program), arguments(port)) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var child = Child.Of(program, Process.Start(info)!, port);
            await FirstAnswerAsync(port);
            starts.Add(clock.Elapsed.TotalMilliseconds);
            if (start < Starts - 1)
                continue;

            await Task.Delay(1000);
            idle = child.ResidentMiB();
            var cookies = Sample.Cookies(Sample.Snapshot(Sample.Config("http://127.0.0.1:0", backend)).Sites[0]);
            await Load.DriveAsync(port, Workload.All.First(workload => workload.Name == "html-15k").Request(cookies), 50_000, 60);
            loaded = child.ResidentMiB();
        }

        var size = Directory.EnumerateFiles(folder).Where(file => !file.EndsWith(".dbg", StringComparison.Ordinal)).Sum(file => new FileInfo(file).Length) / 1024.0 / 1024.0;
        return [("size of the published folder, MiB", size), ("start to first proxied response, ms", Statistics.Median(starts)), ("resident when idle, MiB", idle), ("resident under load, MiB", loaded)];
    }

    private static async Task FirstAnswerAsync(int port)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}/") };
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

    private static string Config(int port, string backend)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("native").FullName, "gateway.json");
        File.WriteAllText(file, $$"""
            { "listen": ["http://127.0.0.1:{{port}}"], "operator": { "listen": "http://127.0.0.1:{{Peers.FreePort()}}" },
              "sites": [{ "id": "site", "hosts": ["localhost"], "backend": "{{backend.TrimEnd('/')}}", "languages": ["en"],
                "controller": { "name": "Site", "contact": "site@example.org" }, "policy": { "reviewed": "2026-11-23" },
                "cookies": [{ "names": ["sessionid", "csrftoken"], "provider": "Site", "party": "first", "category": "necessary", "duration": "14 days",
                  "exemption": { "reason": "authentication" }, "function": { "en": "Log-in" }, "purpose": { "en": "Keeps you logged in" } }] }] }
            """);
        return file;
    }

    private static string Publish(string project, string name, [CallerFilePath] string here = "")
    {
        var root = Path.Combine(Path.GetDirectoryName(here)!, "..", "..");
        var folder = Directory.CreateTempSubdirectory(name).FullName;
        using var publish = Process.Start(new ProcessStartInfo("dotnet", $"publish {Path.Combine(root, project)} -c Release -o {folder}") { RedirectStandardOutput = true })!;
        publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        return publish.ExitCode == 0 ? folder : throw new InvalidOperationException($"{project} could not be published.");
    }
}
