using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Gateway.Benchmarks.Micro;

internal static class Suite
{
    public static int Run(string[] args)
    {
        // In process: the projects that BenchmarkDotNet generates do not build with this repository's settings.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        var writes = args is ["--write"];
        var summaries = BenchmarkSwitcher.FromTypes([typeof(PageBenchmarks), typeof(CookieBenchmarks)]).Run(args.Length == 0 || writes ? ["--filter", "*"] : args, config).ToList();
        if (!writes)
            return 0;

        var report = new Report();
        foreach (var summary in summaries)
        {
            report.Begin(summary.BenchmarksCases[0].Descriptor.Type.Name, "BenchmarkDotNet, ShortRun, in process.");
            foreach (var line in File.ReadLines(Directory.EnumerateFiles(summary.ResultsDirectoryPath, $"*{summary.BenchmarksCases[0].Descriptor.Type.Name}-report-github.md").First()).Where(line => line.StartsWith('|')))
                report.Add(line);
        }

        report.Finish("micro", new Options { Writes = true });
        return 0;
    }
}
