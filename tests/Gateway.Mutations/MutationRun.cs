using System.Collections.Concurrent;

namespace Gateway.Mutations;

/// <summary>Tests every mutant with the tests that reach it.</summary>
internal sealed class MutationRun(string program, IReadOnlyList<Mutant> mutants, IReadOnlyList<string> namespaces, int workers)
{
    /// <summary>Tests that take longer (in seconds) run after the others.</summary>
    private const double Quick = 0.05;

    private static readonly TimeSpan MostForReach = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Mutant, (Fate Fate, string? Test)> _fates = [];
    private IReadOnlyList<TestReach> _reach = [];
    private ILookup<int, TestReach> _reaching = Array.Empty<TestReach>().ToLookup(_ => 0);
    private int _done;

    public async Task<IReadOnlyDictionary<Mutant, (Fate Fate, string? Test)>> RunAsync()
    {
        await FindReachAsync();

        // Many mutants share one process. Those that survive, and those that are initialised once, get their own process.
        var queue = new ConcurrentQueue<Mutant>(mutants.Where(mutant => !mutant.RunsOnce && _reaching.Contains(mutant.Number)));
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => ManyAsync(queue)));
        var alone = new ConcurrentQueue<Mutant>(mutants.Where(mutant => !_fates.ContainsKey(mutant)));
        Console.WriteLine($"{alone.Count} of {mutants.Count} mutants are tried again, each in a process of its own.");
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => AloneAsync(alone)));
        return _fates;
    }

    private async Task FindReachAsync()
    {
        using var worker = new WorkerProcess(program, 0);
        var answer = await worker.AskAsync(new(null, namespaces, []), MostForReach) ?? throw new InvalidOperationException("The tests do not end.");
        foreach (var broken in answer.Reach.Where(test => !test.Passed))
            Console.WriteLine($"Left out, for it fails or is skipped without a mutant: {broken.Name}");
        _reach = [.. answer.Reach.Where(test => test.Passed).OrderBy(test => test.Seconds)];
        _reaching = _reach.SelectMany(test => test.Mutants.Select(mutant => (mutant, test))).ToLookup(pair => pair.mutant, pair => pair.test);
        Console.WriteLine($"{_reach.Count} tests in {_reach.Sum(test => test.Seconds):0} s reach {_reaching.Count} of {mutants.Count} mutants.");
    }

    private async Task ManyAsync(ConcurrentQueue<Mutant> queue)
    {
        var worker = new WorkerProcess(program, 0);
        while (queue.TryDequeue(out var mutant))
        {
            var (fate, test, isClean) = await TryAsync(worker, mutant, _reaching[mutant.Number]);
            if (fate != Fate.Survived && (isClean || fate == Fate.TimedOut))
                Note(mutant, fate, test);
            if (!isClean)
            {
                worker.Dispose();
                worker = new WorkerProcess(program, 0);
            }
        }

        worker.Dispose();
    }

    private async Task AloneAsync(ConcurrentQueue<Mutant> queue)
    {
        while (queue.TryDequeue(out var mutant))
        {
            var ofFile = mutants.Where(other => other.File == mutant.File).SelectMany(other => _reaching[other.Number]).Distinct().OrderBy(test => test.Seconds);
            using var worker = new WorkerProcess(program, mutant.Number);
            var (fate, test, _) = await TryAsync(worker, mutant, ofFile);
            Note(mutant, fate, test);
        }
    }

    private static async Task<(Fate Fate, string? Test, bool IsClean)> TryAsync(WorkerProcess worker, Mutant mutant, IEnumerable<TestReach> tests)
    {
        foreach (var part in tests.GroupBy(test => test.Seconds > Quick).OrderBy(part => part.Key))
        {
            var most = TimeSpan.FromSeconds(15 + (5 * part.Sum(test => test.Seconds)));
            var answer = await worker.AskAsync(new(mutant.Number, [], [.. part.Select(test => new Worker.Test(test.Type, test.Id))]), most);
            if (answer is null)
                return (Fate.TimedOut, null, false);
            if (answer.Failed is { } failed)
                return (Fate.Killed, part.FirstOrDefault(test => test.Id == failed)?.Name ?? failed, !answer.FailsWithout);
        }

        return (Fate.Survived, null, true);
    }

    private void Note(Mutant mutant, Fate fate, string? test)
    {
        _fates[mutant] = (fate, test);
        var done = Interlocked.Increment(ref _done);
        if (fate == Fate.Survived)
            Console.WriteLine($"Survived: {mutant}");
        if (done % 100 == 0)
            Console.WriteLine($"{done} of {mutants.Count}");
    }
}
