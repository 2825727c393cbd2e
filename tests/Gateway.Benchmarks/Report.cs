using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Gateway.Benchmarks.SideBySide;

namespace Gateway.Benchmarks;

/// <summary>Prints what was measured, and puts it into RESULTS.md where that was asked for.</summary>
internal sealed class Report
{
    /// <summary>Noise that a target allows beside itself.</summary>
    private const double Slack = 0.03;

    private readonly StringBuilder _text = new();

    public void Add(Workload workload, IReadOnlyList<Measured> measured)
    {
        var (ours, baseline) = (measured[0], measured[1]);
        Add($"### {workload.Name}\n\n| proxy | CPU µs per request | requests per second | first byte µs | bytes allocated per request | resident MiB | gateway's CPU against it (95 %) |\n|---|---|---|---|---|---|---|");
        foreach (var one in measured)
        {
            var ratio = Ratio.Of(ours.Cpu, one.Cpu);
            Add(string.Create(
                CultureInfo.InvariantCulture,
                $"| {one.Proxy} | {Statistics.Median(one.Cpu):0.0} | {one.Rate:0} | {one.FirstByte:0} | {one.Allocated?.ToString("0", CultureInfo.InvariantCulture) ?? "–"} | {one.Resident:0} | {(one == ours ? "–" : $"{ratio.Median:0.000} ({ratio.Low:0.000}–{ratio.High:0.000})")} |"));
        }

        var against = Ratio.Of(ours.Cpu, baseline.Cpu);
        if (workload.Target is { } target)
            Add(string.Create(CultureInfo.InvariantCulture, $"\nTarget: CPU ≤ {target:0.00} of {baseline.Proxy}: {(against.High < target + Slack ? "met" : "missed")}."));
        if (ours.Allocated - baseline.Allocated is { } more && workload.Baseline == "bare")
            Add(string.Create(CultureInfo.InvariantCulture, $"\nAllocated over {baseline.Proxy}: {more:+0;-0;0} bytes (target: {(workload.HasCookies ? "at most 400 and the new Cookie string, here some 600 bytes" : "0")})."));
        Add("");
    }

    public void Add(string line)
    {
        Console.WriteLine(line);
        _text.AppendLine(line);
    }

    /// <summary>Replaces one part of RESULTS.md.</summary>
    public void Finish(string part, Options options, [CallerFilePath] string here = "")
    {
        if (!options.Writes)
            return;

        var file = Path.Combine(Path.GetDirectoryName(here)!, "RESULTS.md");
        var old = File.Exists(file) ? File.ReadAllText(file) : "# Measured\n";
        var heading = $"## {part}\n";
        var start = old.IndexOf(heading, StringComparison.Ordinal);
        var end = start < 0 ? old.Length : old.IndexOf("\n## ", start + 1, StringComparison.Ordinal) is var next and >= 0 ? next + 1 : old.Length;
        var text = $"{heading}\n{Machine()} {options.Rounds} rounds, {options.Requests} requests each.\n\n{_text.ToString().TrimEnd()}\n\n";
        File.WriteAllText(file, (start < 0 ? old.TrimEnd() + "\n\n" : old[..start]) + text + old[end..]);
    }

    private static string Machine()
    {
        var cpu = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(": ")[1];
        var memory = long.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024 / 1024;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores of {cpu}, {memory} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; backend, proxy and load on the same cores.");
    }
}
