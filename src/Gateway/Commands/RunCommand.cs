using Gateway.Config;
using Gateway.Config.Reading;
using Gateway.Cookies;
using Gateway.Edge;

namespace Gateway.Commands;

/// <summary><c>gateway run</c>: load, say what is served, serve, and follow the configuration and the calendar.</summary>
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

        await using var app = GatewayHost.Create(loaded.Config.Compile(Changed(loaded), time.Today()), time);
        if (!await Hosting.StartAsync(app))
            return 1;

        StartupSummary.Print(Console.Out, path, loaded.Config, Hosting.Addresses(app), time.Today());
        using var stop = new CancellationTokenSource();
        var live = app.Services.GetRequiredService<LiveSnapshot>();
        var watch = new ConfigWatcher(path, loaded, time, Environment.GetEnvironmentVariable)
            .RunAsync((config, warnings) => TakeAsync(live, config, warnings, time), Print, stop.Token);
        var calendar = FollowCalendarAsync(live, time, stop.Token);
        await app.WaitForShutdownAsync();
        await stop.CancelAsync();
        await Task.WhenAll(watch, calendar);
        return 0;
    }

    private static async Task TakeAsync(LiveSnapshot live, GatewayConfig config, IReadOnlyList<Diagnostic> warnings, TimeProvider time)
    {
        Print(warnings);
        var refused = await live.SwapAsync(config.Compile(time.Today(), time.Today()));
        foreach (var reason in refused)
            Console.Error.WriteLine($"The changed configuration was not taken: {reason}");
        if (refused.Count == 0)
            Console.WriteLine($"The changed configuration is in force: {ConfigCounts.Of(config)}.");
    }

    // At midnight (UTC) a site whose last day of observing is over begins to be enforced.
    private static async Task FollowCalendarAsync(LiveSnapshot live, TimeProvider time, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var now = time.GetUtcNow();
                await Task.Delay(now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime, time, stop);
                await live.SwapAsync(current => current.On(time.Today()));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    // Notes are for who checks.
    private static void Print(IReadOnlyList<Diagnostic> problems)
    {
        foreach (var problem in problems.Where(problem => problem.Severity != Severity.Note))
            Console.Error.WriteLine(problem);
    }

    private static DateOnly Changed(LoadedConfig loaded) =>
        DateOnly.FromDateTime(loaded.Files.Max(file => File.GetLastWriteTimeUtc(file.Name)));
}
