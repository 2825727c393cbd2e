using Gateway.Config;

namespace Gateway.Commands;

/// <summary><c>gateway health</c>: asks the running gateway, for container health checks (the image has no shell and no curl).</summary>
internal static class HealthCommand
{
    /// <summary>Seconds until a gateway that does not answer is unwell.</summary>
    private const int Patience = 3;

    public static async Task<int> RunAsync(string[] words)
    {
        if (Options.Read(words, ["--config"], out var problem) is not { } options)
            return Usage.Refuse(problem);

        // Only the address is wanted: a configuration that became invalid meanwhile is no illness of the gateway that runs.
        var config = new ConfigLoader(Environment.GetEnvironmentVariable, TimeProvider.System).Load(options.ConfigPath).Config;
        var address = OperatorAddress(config.Operator.Listen);
        try
        {
            using var handler = new SocketsHttpHandler { UseProxy = false };
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => address.IsLoopback;
            using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(Patience) };
            using var response = await client.GetAsync(address);
            Console.WriteLine(response.IsSuccessStatusCode ? "healthy" : $"unhealthy: {address} answers {(int)response.StatusCode}");
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine($"unhealthy: {address} does not answer ({exception.Message})");
            return 1;
        }
    }

    // An address that listens everywhere is asked on loopback.
    private static Uri OperatorAddress(string listen)
    {
        var url = BindingAddress.Parse(listen);
        var host = url.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : url.Host;
        return new Uri($"{url.Scheme}://{host}:{url.Port}/health");
    }
}
