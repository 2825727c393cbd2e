using System.Text.Json;

namespace Gateway.Mutations;

/// <summary>A process with the mutated gateway: does what it reads, a line each, and answers with a line.</summary>
internal static class Worker
{
    /// <summary>What is asked: the reach of all tests (no mutant), or whether tests notice a mutant.</summary>
    internal sealed record Question(int? Mutant, IReadOnlyList<string> Namespaces, IReadOnlyList<Test> Tests);

    internal sealed record Test(string Type, string Id);

    /// <param name="Failed">Id of the test that failed with the mutant.</param>
    /// <param name="FailsWithout">Whether it fails without the mutant too: then an earlier mutant has left something behind.</param>
    internal sealed record Answer(string? Failed, bool FailsWithout, IReadOnlyList<TestReach> Reach);

    public static async Task<int> RunAsync()
    {
        // Tests and the gateway write to the console; what was asked is answered on the real one.
        var answers = Console.Out;
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        var run = new TestRun();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var question = JsonSerializer.Deserialize<Question>(line)!;
            var answer = question.Mutant is { } mutant
                ? await TryAsync(run, mutant, [.. question.Tests.Select(test => (test.Type, test.Id))])
                : new Answer(null, false, await run.ReachAsync(question.Namespaces));
            await answers.WriteLineAsync(JsonSerializer.Serialize(answer));
            await answers.FlushAsync();
        }

        return 0;
    }

    private static async Task<Answer> TryAsync(TestRun run, int mutant, IReadOnlyList<(string Type, string Id)> tests)
    {
        if (await run.FailingAsync(mutant, tests) is not { } failed)
            return new Answer(null, false, []);
        var again = tests.Where(test => test.Id == failed).ToList();
        return new Answer(failed, again.Count > 0 && await run.FailingAsync(0, again) is not null, []);
    }
}
