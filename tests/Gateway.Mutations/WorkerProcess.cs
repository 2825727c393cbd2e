using System.Diagnostics;
using System.Text.Json;

namespace Gateway.Mutations;

/// <summary>The client of a <see cref="Worker"/>. It sends commands, waits for a limited time, and ends the process if there is no answer.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // On a busy machine the process is slow. Therefore, the limits are for the time that it has worked or slept itself.
    private static readonly TimeSpan MostIdle = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    /// <param name="program">The path of this program next to the mutated gateway.</param>
    /// <param name="activeFromStart">The mutant that is active before anything is initialised; 0 for none.</param>
    public WorkerProcess(string program, int activeFromStart)
    {
        var start = new ProcessStartInfo("dotnet", [program, "worker"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        start.Environment["GATEWAY_MUTANT"] = activeFromStart.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start)!;
    }

    /// <returns>Null if the process ended, or was ended because it worked for longer than <paramref name="most"/> or did nothing.</returns>
    public async Task<Worker.Answer?> AskAsync(Worker.Question question, TimeSpan most)
    {
        var reading = _process.StandardOutput.ReadLineAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question));
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            return null;
        }

        var began = Worked();
        var (worked, lastWork) = (began, Stopwatch.GetTimestamp());
        while (await Task.WhenAny(reading, Task.Delay(Look)) != reading)
        {
            var now = Worked();
            if (now - worked > TimeSpan.FromMilliseconds(20))
                (worked, lastWork) = (now, Stopwatch.GetTimestamp());
            if (now - began > most || Stopwatch.GetElapsedTime(lastWork) > MostIdle)
            {
                Dispose();
                return null;
            }
        }

        return await reading is { } line ? JsonSerializer.Deserialize<Worker.Answer>(line) : null;
    }

    public bool HasEnded => _process.HasExited;

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }

    private TimeSpan Worked()
    {
        _process.Refresh();
        return _process.HasExited ? TimeSpan.MaxValue : _process.TotalProcessorTime;
    }
}
