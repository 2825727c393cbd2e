using Gateway.Config.Reading;
using Gateway.Cookies;
using Gateway.Edge;

namespace Gateway.Commands;

/// <summary><c>gateway run</c>: serves the configured sites, and applies changes of the configuration and of the day.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (Options.Parse(args, ["--config"], out var problem) is not { } options)
            return Usage.Reject(problem);

        var time = TimeProvider.System;
        var path = options.ConfigPath;
        var loaded = new ConfigLoader(Environment.GetEnvironmentVariable, time).Load(path);
        Problems.Print(loaded.Diagnostics);
        if (!loaded.IsValid)
            return ExitCode.InvalidConfiguration;

        await using var app = GatewayHost.Create(loaded.Config.Compile(Changed(loaded), time.Today()), time);
        if (!await Hosting.StartAsync(app))
            return ExitCode.Failed;

        StartupSummary.Print(Console.Out, path, loaded.Config, Hosting.Addresses(app), time.Today());
        using var stop = new CancellationTokenSource();
        var live = app.Services.GetRequiredService<LiveSnapshot>();
        var watch = new ConfigWatcher(path, loaded, time, Environment.GetEnvironmentVariable)
            .RunAsync(new Reload(live, loaded.Config, time).ApplyAsync, Reload.Refuse, stop.Token);
        var calendar = FollowCalendarAsync(live, time, stop.Token);
        await app.WaitForShutdownAsync();
        await stop.CancelAsync();
        await Task.WhenAll(watch, calendar);
        return ExitCode.Ok;
    }

    // At midnight (UTC), a site whose last day of observe or off is over becomes enforced.
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

    private static DateOnly Changed(LoadedConfig loaded) =>
        DateOnly.FromDateTime(loaded.Files.Max(file => File.GetLastWriteTimeUtc(file.Name)));
}
