using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Gateway.Commands;

/// <summary>Starts the web applications of the commands.</summary>
internal static class Hosting
{
    /// <summary>Starts the application. If an address is not available, it prints one line without a stack trace and returns false.</summary>
    public static async Task<bool> StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            return true;
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            Console.Error.WriteLine($"The gateway cannot listen: {exception.Message} Choose a different address under \"listen\", or stop the process that uses this one.");
            return false;
        }
        catch (CryptographicException exception)
        {
            // The configuration was checked: the files have changed since.
            Console.Error.WriteLine($"The certificate cannot be used: {exception.Message}");
            return false;
        }
    }

    /// <summary>The addresses on which the application listens. That of the operator is the last one.</summary>
    public static IReadOnlyList<string> Addresses(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
}
