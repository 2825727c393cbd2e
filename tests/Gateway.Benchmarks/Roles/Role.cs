using System.Globalization;

namespace Gateway.Benchmarks.Roles;

/// <summary>
/// What a child process does. It writes "ready PORT" to its error output when it listens. To each line on its input ("allocated") it
/// answers with the bytes that it has allocated so far. It stops when its input ends.
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
        "gateway" => await Proxies.GatewayAsync(args[0]),
        "lean" => await Proxies.LeanAsync(args[0]),
        "bare" => await Proxies.BareAsync(args[0]),
        "untrimmed" => await Proxies.BareAsync(args[0], isTrimmed: false),
        _ => throw new ArgumentException(role),
    };
}

/// <summary>A server on a loopback port.</summary>
internal sealed record Server(int Port, IAsyncDisposable Host) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
