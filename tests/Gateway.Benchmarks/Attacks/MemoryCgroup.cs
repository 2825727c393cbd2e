using System.Diagnostics;
using System.Globalization;

namespace Gateway.Benchmarks.Attacks;

/// <summary>A control group that limits the memory of the programs in it, as a container engine does; version 1 or 2.</summary>
internal sealed class MemoryCgroup : IDisposable
{
    private const string V1 = "/sys/fs/cgroup/memory", V2 = "/sys/fs/cgroup";

    private readonly string _folder;
    private readonly bool _isV1;

    private MemoryCgroup(string folder, bool isV1) => (_folder, _isV1) = (folder, isV1);

    /// <summary>Memory that no file backs, in MiB: heaps, stacks and buffers.</summary>
    public double HeldMiB => MiB(Stat(_isV1 ? "rss " : "anon "));

    /// <summary>How often the kernel ended a program of the group.</summary>
    public long Kills => Read(_isV1 ? "memory.oom_control" : "memory.events", "oom_kill ");

    /// <summary>Creates a group; null, with the reason on the console, where this process may not.</summary>
    public static MemoryCgroup? Create(long bytes)
    {
        var isV1 = Directory.Exists(V1);
        var folder = Path.Combine(isV1 ? V1 : V2, $"gateway-{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            // In version 2, a controller has to be enabled in the parent.
            if (!isV1)
                File.WriteAllText(Path.Combine(V2, "cgroup.subtree_control"), "+memory");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, isV1 ? "memory.limit_in_bytes" : "memory.max"), bytes.ToString(CultureInfo.InvariantCulture));
            var swap = Path.Combine(folder, isV1 ? "memory.memsw.limit_in_bytes" : "memory.swap.max");
            if (File.Exists(swap))
                File.WriteAllText(swap, isV1 ? bytes.ToString(CultureInfo.InvariantCulture) : "0");
            return new MemoryCgroup(folder, isV1);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.WriteLine($"Skipped: no memory control group can be created in {Path.GetDirectoryName(folder)} ({error.Message}).");
            return null;
        }
    }

    /// <summary>Starts a program in the group. Its output is discarded.</summary>
    public Process Start(string command)
    {
        var start = new ProcessStartInfo("/bin/sh");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"echo $$ > {_folder}/cgroup.procs; exec {command} > {Path.GetTempPath()}/gateway-attacked.log 2>&1");
        return Process.Start(start)!;
    }

    public void Dispose()
    {
        // The group of a program that has ended is busy for a moment.
        for (var attempt = 0; attempt < 50 && Directory.Exists(_folder); attempt++)
        {
            try
            {
                Directory.Delete(_folder);
            }
            catch (IOException)
            {
                Thread.Sleep(100);
            }
        }
    }

    private static double MiB(long bytes) => bytes / 1024.0 / 1024;

    private long Stat(string name) => Read("memory.stat", name);

    private long Read(string file, string name) =>
        File.ReadLines(Path.Combine(_folder, file)).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? long.Parse(line[name.Length..], CultureInfo.InvariantCulture)
            : 0;
}
