namespace Gateway.Tests.Support;

/// <summary>The members of the framework that use the system clock, which a test cannot control.</summary>
internal static class Clocks
{
    private static readonly HashSet<string> Always =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
        "System.Threading.Timer..ctor", "System.Timers.Timer..ctor", "System.Threading.Thread.Sleep",
        // Uses a TimeProvider only if the source was created with one, which the call does not show.
        "System.Threading.CancellationTokenSource.CancelAfter",
    ];

    /// <summary>Overloads with a time span use the system clock unless they have a TimeProvider too.</summary>
    private static readonly HashSet<string> UnlessProvided =
    [
        "System.Threading.Tasks.Task.Delay", "System.Threading.Tasks.Task.WaitAsync",
        "System.Threading.PeriodicTimer..ctor", "System.Threading.CancellationTokenSource..ctor",
    ];

    private static readonly HashSet<string> Spans = ["System.Int32", "System.Int64", "System.UInt32", "System.TimeSpan"];

    /// <summary>Whether the member uses a clock that is not a TimeProvider.</summary>
    public static bool IsClock(UsedMember used)
    {
        var name = $"{used.Type}.{used.Member}";
        return Always.Contains(name)
            || used is { Type.FullName: "System.Diagnostics.Stopwatch", Member.Length: > 0 }
            // Puts the current time into the identifier. The overload with a time does not.
            || (name == "System.Guid.CreateVersion7" && used.Parameters.Count == 0)
            || (UnlessProvided.Contains(name) && TakesSpanAlone(used));
    }

    /// <summary>Whether the member is the provider of the system clock.</summary>
    public static bool IsSystemTimeProvider(UsedMember used) =>
        used is { Type.FullName: "System.TimeProvider", Member: "get_System" };

    private static bool TakesSpanAlone(UsedMember used)
    {
        var parameters = used.Parameters.Select(parameter => parameter.FullName).ToArray();
        return parameters.Any(Spans.Contains) && !parameters.Contains("System.TimeProvider");
    }
}
