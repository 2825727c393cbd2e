using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Gateway.Commands;

/// <summary>What <c>run</c> and <c>demo</c> share in starting a web application.</summary>
internal static class Hosting
{
    /// <summary>Starts it; an address that cannot be had is told in one line, without a stack.</summary>
    public static async Task<bool> StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            return true;
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            Console.Error.WriteLine($"The gateway cannot listen: {exception.Message} Choose another address under \"listen\" or stop what uses this one.");
            return false;
        }
    }

    /// <summary>Where it listens; the operator's listener is the last one.</summary>
    public static IReadOnlyList<string> Addresses(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
}
