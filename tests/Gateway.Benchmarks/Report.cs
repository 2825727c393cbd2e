using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Gateway.Benchmarks.SideBySide;

namespace Gateway.Benchmarks;

/// <summary>Prints the measurements and, with <c>--write</c>, stores them in RESULTS.md.</summary>
internal sealed class Report
{
    /// <summary>Bytes that a request may allocate in addition to YARP with the same settings, not counting the new Cookie string.</summary>
    private const int MostAllocated = 400;

    private readonly List<(string Heading, StringBuilder Text)> _sections = [];

    /// <summary>Whether a ratio meets a target with its whole interval.</summary>
    public static bool Meets(Ratio ratio, double target) => ratio.High <= target;

    /// <param name="cookies">The visitor's <c>Cookie</c> header.</param>
    public void Add(Workload workload, IReadOnlyList<Measured> measured, string cookies, Options options)
    {
        var (ours, baseline) = (measured[0], measured[1]);
        Begin(workload.Name, string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Rounds} rounds of {options.Requests} requests, or of {options.SampleSeconds} seconds if those would take more than {options.MostSeconds} seconds."));
        Add($"| proxy | CPU µs per request | requests per second | first byte µs | bytes allocated per request | resident MiB | gateway CPU / this proxy's CPU (95 %) |\n|---|---|---|---|---|---|---|");
        foreach (var one in measured)
        {
            var ratio = Ratio.Of(ours.Cpu, one.Cpu);
            Add(string.Create(
                CultureInfo.InvariantCulture,
                $"| {one.Proxy} | {Statistics.Median(one.Cpu):0.0} | {one.Rate:0} | {one.FirstByte:0} | {one.Allocated?.ToString("0", CultureInfo.InvariantCulture) ?? "–"} | {one.Resident:0} | {(one == ours ? "–" : $"{ratio.Median:0.000} ({ratio.Low:0.000}–{ratio.High:0.000})")} |"));
        }

        foreach (var one in measured.Where(one => one.IsSampled))
            Add(string.Create(CultureInfo.InvariantCulture, $"\n{one.Proxy}: {one.Requests:0} requests per round."));

        var against = Ratio.Of(ours.Cpu, baseline.Cpu);
        if (workload.Target is { } target)
            Add(string.Create(CultureInfo.InvariantCulture, $"\nTarget: at most {target:0.00} times the CPU of {baseline.Proxy}: {(Meets(against, target) ? "met" : "missed")}."));
        if (measured.FirstOrDefault(one => one.Proxy == "gateway, JIT") is { } jit)
        {
            var bare = measured.First(one => one.Proxy == "bare, JIT");
            var cost = Ratio.Of(jit.Cpu, bare.Cpu);
            Add(string.Create(CultureInfo.InvariantCulture, $"\nWith the JIT, the gateway takes {cost.Median:0.000} ({cost.Low:0.000}–{cost.High:0.000}) of the CPU of bare."));
            Add(Allocation(jit.Allocated!.Value - bare.Allocated!.Value, workload, cookies));
        }

        Add("");
    }

    private static string Allocation(double more, Workload workload, string cookies)
    {
        var cookie = Sample.ForwardedBytes(cookies);
        var target = workload.HasCookies ? MostAllocated + cookie : 0;
        var meaning = workload.HasCookies ? $"{MostAllocated} + {cookie} for the new Cookie string" : "0";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"\nAllocated in addition to bare: {more:+0;-0;0} bytes (target: at most {meaning}): {(Math.Round(more) <= target ? "met" : "missed")}.");
    }

    /// <summary>Starts a section. Lines that are added from now on belong to it.</summary>
    /// <param name="method">One sentence about how often it was measured.</param>
    public void Begin(string heading, string method)
    {
        _sections.Add(($"### {heading}", new StringBuilder()));
        Console.WriteLine($"### {heading}");
        Add($"{Machine()} {method}\n");
    }

    public void Add(string line)
    {
        Console.WriteLine(line);
        _sections[^1].Text.AppendLine(line);
    }

    /// <summary>Writes each section into a part of RESULTS.md. It replaces the section with the same heading.</summary>
    public void Finish(string part, Options options)
    {
        if (!options.Writes)
            return;

        var file = Path.Combine(Path.GetDirectoryName(Here())!, "RESULTS.md");
        var lines = File.Exists(file) ? File.ReadAllLines(file).ToList() : ["# Measurements", ""];
        if (!lines.Contains($"## {part}"))
            lines.AddRange([$"## {part}", ""]);
        foreach (var (heading, text) in _sections)
        {
            var start = lines.IndexOf(heading);
            if (start >= 0)
                lines.RemoveRange(start, EndOf(lines, start, "##") - start);
            else
                start = EndOf(lines, lines.IndexOf($"## {part}"), "## ");
            lines.InsertRange(start, [heading, "", .. text.ToString().TrimEnd().Split('\n'), ""]);
        }

        File.WriteAllLines(file, lines);
    }

    private static string Here([CallerFilePath] string file = "") => file;

    private static int EndOf(List<string> lines, int start, string heading) =>
        lines.FindIndex(start + 1, line => line.StartsWith(heading, StringComparison.Ordinal)) is var end and >= 0 ? end : lines.Count;

    public static string Machine()
    {
        var cpu = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(": ")[1];
        var memory = long.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024 / 1024;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores of {cpu}, {memory} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; backend, proxy and load on the same cores.");
    }
}
