using Gateway.Config;
using Gateway.Config.Changes;
using Gateway.Cookies;
using Gateway.Edge;

namespace Gateway.Commands;

/// <summary>Applies changes of the configuration while <c>run</c> serves, and prints what they mean for visitors.</summary>
/// <param name="live">The configuration in effect.</param>
/// <param name="started">The configuration that the gateway was started with.</param>
/// <param name="time">The clock by which dates are validated.</param>
internal sealed class Reload(LiveSnapshot live, GatewayConfig started, TimeProvider time)
{
    private const int MostSentences = 20;

    private GatewayConfig _current = started;

    public async Task ApplyAsync(GatewayConfig config, IReadOnlyList<Diagnostic> warnings)
    {
        Problems.Print(warnings);
        var reasons = await live.SwapAsync(config.Compile(time.Today(), time.Today()));
        foreach (var reason in reasons)
            Console.Error.WriteLine($"The changed configuration was not applied, and the previous one stays in effect: {reason}");
        if (reasons.Count > 0)
            return;

        Console.WriteLine($"The changed configuration is in effect: {ConfigCounts.Of(config)}.");
        var sentences = ConfigChanges.Sentences(_current, config, time.Today());
        foreach (var sentence in sentences.Take(MostSentences))
            Console.WriteLine($"  {sentence}");
        if (sentences.Count > MostSentences)
            Console.WriteLine($"  ({sentences.Count - MostSentences} more: \"gateway check --against OLD\" prints all of them)");
        _current = config;
    }

    /// <summary>Prints why files are not applied.</summary>
    public static void Refuse(IReadOnlyList<Diagnostic> problems)
    {
        Problems.Print(problems);
        var files = string.Join(", ", problems.Select(problem => problem.File).Distinct(StringComparer.Ordinal));
        Console.Error.WriteLine($"What was read from {files} before stays in effect.");
    }
}
