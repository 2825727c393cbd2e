using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Gateway.Tests.Support;

/// <summary>A program that a test runs. Its output is recorded, and it is stopped at the end of the test.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private ChildProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Lines of standard output so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Lines of standard error so far.</summary>
    public string Errors => string.Join('\n', _errors);

    public static ChildProcess Start(
        string program, string[] arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new ChildProcess(start);
    }

    /// <summary>Waits until the program writes matching output to either stream. Otherwise fails with the complete output.</summary>
    public async Task<Match> SaysAsync(string pattern)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < Eventually.Limit)
        {
            var over = _process.HasExited;
            if (Regex.Match($"{Output}\n{Errors}", pattern) is { Success: true } match)
                return match;
            if (over)
                break;
            await Task.Delay(25);
        }

        throw new InvalidOperationException($"The program never wrote {pattern}. It wrote:\n{Output}\n{Errors}");
    }

    /// <summary>Sends the signal with which a container engine stops a program.</summary>
    public Task TerminateAsync() => Process.Start("kill", ["-TERM", $"{_process.Id}"]).WaitForExitAsync();

    /// <summary>Waits until the program ends and all output was read. Returns the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Eventually.Limit);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"The program does not end. It wrote:\n{Output}\n{Errors}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
