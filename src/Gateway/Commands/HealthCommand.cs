using System.Net;
using Gateway.Config.Reading;
using Gateway.Sites;

namespace Gateway.Commands;

/// <summary><c>gateway health</c>: checks the running gateway, for container health checks. The image has neither a shell nor curl.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(string[] args)
    {
        if (Options.Parse(args, ["--config", "--address"], out var problem) is not { } options)
            return Usage.Reject(problem);

        if (options["--address"] is { } address && !Uri.TryCreate(address, UriKind.Absolute, out _))
            return Usage.Reject("The option --address requires a URL such as http://127.0.0.1:8081.");

        var url = new Uri(new Uri(options["--address"] ?? ConfiguredUrl(options.ConfigPath)), "/health");
        try
        {
            var status = await GetAsync(url);
            Console.WriteLine(status == HttpStatusCode.OK ? "healthy" : $"unhealthy: {url} returned {(int)status}");
            return status == HttpStatusCode.OK ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine($"unhealthy: {url} does not respond ({exception.Message})");
            return ExitCode.Failed;
        }
    }

    /// <summary>The status that the operator's listener of a running gateway returns.</summary>
    /// <exception cref="HttpRequestException">It does not respond.</exception>
    /// <exception cref="TaskCanceledException">It does not respond in time.</exception>
    internal static async Task<HttpStatusCode> GetAsync(Uri url)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => url.IsLoopback;
        using var client = new HttpClient(handler) { Timeout = Timeout };
        using var response = await client.GetAsync(url);
        return response.StatusCode;
    }

    /// <summary>The URL of the operator's listener. A gateway that listens on all addresses is called on loopback.</summary>
    /// <remarks>
    /// The configuration may have become invalid since the gateway started: only the address is needed. If it cannot be read, the default
    /// is used; <c>--address</c> avoids this.
    /// </remarks>
    internal static string ConfiguredUrl(string path)
    {
        var listen = new ConfigLoader(Environment.GetEnvironmentVariable, TimeProvider.System).Load(path).Config.Operator.Listen;
        if (!ListenAddress.TryParse(listen, out var address))
            return new OperatorConfig().Listen;

        return address.IsAny ? $"{(address.IsHttps ? "https" : "http")}://127.0.0.1:{address.Port}" : listen;
    }
}
