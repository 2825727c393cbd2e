using Gateway.Config.Reading;

namespace Gateway.Commands;

/// <summary><c>gateway health</c>: asks the running gateway, for container health checks (the image has no shell and no curl).</summary>
internal static class HealthCommand
{
    /// <summary>Seconds until a gateway that does not answer is unwell.</summary>
    private const int Patience = 3;

    public static async Task<int> RunAsync(string[] words)
    {
        if (Options.Read(words, ["--config", "--address"], out var problem) is not { } options)
            return Usage.Refuse(problem);

        if (options["--address"] is { } given && !Uri.TryCreate(given, UriKind.Absolute, out _))
            return Usage.Refuse("--address is a URL such as http://127.0.0.1:8081.");

        var address = OperatorAddress(options["--address"] ?? Configured(options.ConfigPath));
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

    // Only the address is wanted: a configuration that became invalid meanwhile is no illness of the gateway that runs. Of a file that
    // is no JSON any more nothing can be read, though, and the default is asked: --address spares one the question.
    private static string Configured(string path) =>
        new ConfigLoader(Environment.GetEnvironmentVariable, TimeProvider.System).Load(path).Config.Operator.Listen;

    // An address that listens everywhere is asked on loopback.
    private static Uri OperatorAddress(string listen)
    {
        var url = BindingAddress.Parse(listen);
        var host = url.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : url.Host;
        return new Uri($"{url.Scheme}://{host}:{url.Port}/health");
    }
}
