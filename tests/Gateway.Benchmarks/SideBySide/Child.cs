using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Gateway.Benchmarks.SideBySide;

/// <summary>A proxy or the backend in its own process, with the CPU time and memory of that process.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(string name, Process process, int port)
    {
        Name = name;
        _process = process;
        Port = port;
    }

    public string Name { get; }

    public int Port { get; }

    /// <summary>Starts a role of this program.</summary>
    public static async Task<Child> StartAsync(string name, string arguments)
    {
        // Standard output is the log, which is discarded. The child answers on its error output.
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec {Environment.ProcessPath} serve {arguments} > /dev/null");
        var process = Process.Start(start)!;
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
                return new Child(name, process, int.Parse(line[6..], CultureInfo.InvariantCulture));
        }

        throw new InvalidOperationException($"{name} did not start.");
    }

    /// <summary>Starts another program, and waits until it answers.</summary>
    /// <param name="command">The program with its arguments; variables of its environment may precede it.</param>
    public static async Task<Child> RunAsync(string name, string command, int port)
    {
        var child = Of(name, Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec env {command} > /dev/null"]))!, port);
        await child.FirstAnswerAsync();
        return child;
    }

    /// <summary>Another program that listens on the port, or will soon.</summary>
    public static Child Of(string name, Process process, int port) => new(name, process, port);

    /// <summary>Waits until the proxy answers with a response of the backend.</summary>
    public async Task FirstAnswerAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}/"), DefaultRequestHeaders = { Host = "localhost" } };
        while (!_process.HasExited)
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

        throw new InvalidOperationException($"{Name} ended.");
    }

    /// <summary>CPU time in seconds, user and system, of the process and its children.</summary>
    public double CpuSeconds() => Family().Sum(ProcessClock.SecondsOf);

    /// <summary>Resident memory in MiB.</summary>
    /// <param name="part">Name in <c>/proc/PID/status</c>: all (<c>VmRSS</c>), not backed by files (<c>RssAnon</c>) or backed by files (<c>RssFile</c>).</param>
    public double ResidentMiB(string part = "VmRSS") => Family().Sum(id =>
        long.Parse(File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith(part, StringComparison.Ordinal)).Split(' ')[^2], CultureInfo.InvariantCulture) / 1024.0);

    /// <summary>Bytes that a .NET proxy has allocated so far; null for other programs.</summary>
    public async Task<long?> AllocatedAsync()
    {
        if (!_process.StartInfo.RedirectStandardInput)
            return null;
        await _process.StandardInput.WriteLineAsync("allocated");
        string? line;
        do
            line = await _process.StandardError.ReadLineAsync();
        while (line is not null && !long.TryParse(line, CultureInfo.InvariantCulture, out _));
        return long.Parse(line!, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        foreach (var id in _process.HasExited ? [] : Family())
            Process.GetProcessById(id).Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private List<int> Family()
    {
        var children = File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. children.Select(id => int.Parse(id, CultureInfo.InvariantCulture)), _process.Id];
    }
}
