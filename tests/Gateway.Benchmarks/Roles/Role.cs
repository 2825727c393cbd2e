using System.Globalization;

namespace Gateway.Benchmarks.Roles;

/// <summary>
/// What a child process does. It says "ready PORT" on its error output once it listens; a line "allocated" on its input is answered with the bytes it has
/// allocated so far; it ends when its input does.
/// </summary>
internal static class Role
{
    public static async Task<int> RunAsync(string role, string[] args)
    {
        using var profile = Environment.GetEnvironmentVariable("GATEWAY_PROFILE") == "1" ? new AllocationProfile() : null;
        await using var server = await StartAsync(role, args);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready {server.Port}"));
        while (await Console.In.ReadLineAsync() is not null)
            Console.Error.WriteLine(GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture));
        profile?.Print();
        return 0;
    }

    private static async Task<Server> StartAsync(string role, string[] args) => role switch
    {
        "backend" => Backend.Start(),
        "gateway" => await Proxies.GatewayAsync(args[0], int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture)),
        "bare" => await Proxies.BareAsync(args[0]),
        "untrimmed" => await Proxies.BareAsync(args[0], isTrimmed: false),
        "untuned" => await Proxies.UntunedAsync(args[0]),
        _ => throw new ArgumentException(role),
    };
}

/// <summary>Something that listens on a port of loopback.</summary>
internal sealed record Server(int Port, IAsyncDisposable Host) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
