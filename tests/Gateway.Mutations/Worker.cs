using System.Text.Json;

namespace Gateway.Mutations;

/// <summary>A process with the mutated gateway. It reads one command per line and answers each with one line.</summary>
internal static class Worker
{
    /// <summary>A command: determine the reach of all tests (no mutant), or test a mutant.</summary>
    internal sealed record Question(int? Mutant, IReadOnlyList<string> Namespaces, IReadOnlyList<Test> Tests);

    internal sealed record Test(string Type, string Id);

    /// <param name="Failed">Id of the test that failed with the mutant.</param>
    /// <param name="FailsWithout">Whether it also fails without the mutant, because of the effects of an earlier mutant.</param>
    internal sealed record Answer(string? Failed, bool FailsWithout, IReadOnlyList<TestReach> Reach);

    public static async Task<int> RunAsync()
    {
        // Tests and the gateway write to the console, so it is redirected. Answers go to the original standard output.
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
