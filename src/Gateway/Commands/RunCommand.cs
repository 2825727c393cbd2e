using Gateway.Config;
using Gateway.Edge;

namespace Gateway.Commands;

/// <summary><c>gateway run</c>: load, say what is served, serve, and follow the configuration.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(string[] words)
    {
        if (Options.Read(words, ["--config"], out var problem) is not { } options)
            return Usage.Refuse(problem);

        var time = TimeProvider.System;
        var path = options.ConfigPath;
        var loaded = new ConfigLoader(Environment.GetEnvironmentVariable, time).Load(path);
        Print(loaded.Problems);
        if (!loaded.IsValid)
            return Usage.Wrong;

        await using var app = GatewayHost.Create(new Snapshot(loaded.Config, Today(time)), time);
        if (!await Hosting.StartAsync(app))
            return 1;

        StartupSummary.Print(Console.Out, path, loaded.Config, Hosting.Addresses(app));
        using var stop = new CancellationTokenSource();
        var watch = new ConfigWatcher(path, loaded, time, Environment.GetEnvironmentVariable)
            .RunAsync((config, warnings) => TakeAsync(app, config, warnings, time), Print, stop.Token);
        await app.WaitForShutdownAsync();
        await stop.CancelAsync();
        await watch;
        return 0;
    }

    private static async Task TakeAsync(WebApplication app, GatewayConfig config, IReadOnlyList<Problem> warnings, TimeProvider time)
    {
        Print(warnings);
        var refused = await app.Services.GetRequiredService<LiveSnapshot>().SwapAsync(new Snapshot(config, Today(time)));
        foreach (var reason in refused)
            Console.Error.WriteLine($"The changed configuration was not taken: {reason}");
        if (refused.Count == 0)
            Console.WriteLine($"The changed configuration is in force: {ConfigCounts.Of(config)}.");
    }

    private static void Print(IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
    }

    private static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
