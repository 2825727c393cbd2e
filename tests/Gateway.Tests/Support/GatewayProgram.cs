using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Support;

/// <summary>The gateway as an operator starts it: the Native AOT program that <c>GATEWAY_AOT</c> names, or otherwise the current build.</summary>
internal static class GatewayProgram
{
    private static readonly string? Native = Environment.GetEnvironmentVariable("GATEWAY_AOT");

    public static ChildProcess Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] words) =>
        Native is { Length: > 0 }
            ? ChildProcess.Start(Native, words, folder, environment)
            : ChildProcess.Start("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "gateway.dll"), .. words], folder, environment);

    /// <summary>Runs it until it ends.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params string[] words)
    {
        await using var program = Start(folder, new Dictionary<string, string>(), words);
        return (await program.ExitAsync(), program.Output, program.Errors);
    }

    /// <summary>A free port of the loopback interface.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
