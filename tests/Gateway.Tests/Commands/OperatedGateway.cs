using System.Net;
using System.Net.Sockets;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Commands;

/// <summary><c>gateway run</c> with a copy of the sample configuration, in which only the addresses are changed.</summary>
internal sealed class OperatedGateway : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-run-");
    private readonly int _operatorPort = GatewayProgram.FreePort();
    private readonly HttpClient _client;

    public OperatedGateway(string backend)
    {
        var port = GatewayProgram.FreePort();
        Url = new Uri($"http://localhost:{port}/");
        var handler = new SocketsHttpHandler { UseCookies = false, UseProxy = false, ConnectCallback = ConnectAsync };
        _client = new HttpClient(handler) { BaseAddress = Url };
        File.WriteAllText(ConfigFile, File.ReadAllText(Repository.Path("config/gateway.json"))
            .Replace("http://localhost:8080", $"http://127.0.0.1:{port}", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8081", $"http://127.0.0.1:{_operatorPort}", StringComparison.Ordinal)
            .Replace("\"hosts\": [\"data.example.org\"]", "\"hosts\": [\"localhost\"]", StringComparison.Ordinal)
            .Replace("https://data.example.org", $"http://localhost:{port}", StringComparison.Ordinal)
            .Replace("http://legacy:8000", "${LEGACY_SITE}", StringComparison.Ordinal));
        var environment = new Dictionary<string, string> { ["LEGACY_SITE"] = backend.TrimEnd('/') };
        Program = GatewayProgram.Start(Folder, environment, "run", "--config", ConfigFile);
    }

    public ChildProcess Program { get; }

    public string Folder => _folder.FullName;

    public string ConfigFile => Path.Combine(Folder, "gateway.json");

    public Uri Url { get; }

    public string OperatorUrl => $"http://127.0.0.1:{_operatorPort}";

    /// <summary>The number of connections that the client has opened.</summary>
    public int Connections { get; private set; }

    /// <summary>Replaces the file on the disk atomically, as an editor does.</summary>
    public void Edit(string old, string text)
    {
        var before = File.ReadAllText(ConfigFile);
        Assert.Contains(old, before, StringComparison.Ordinal);
        File.WriteAllText(ConfigFile + ".new", before.Replace(old, text, StringComparison.Ordinal));
        File.Move(ConfigFile + ".new", ConfigFile, overwrite: true);
    }

    /// <summary>Requests a page as a browser does, and returns its HTML and the names of the cookies that it sets.</summary>
    public async Task<(string Html, string Cookies)> PageAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        using var response = await _client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var lines = response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [];
        var names = lines.Select(line => line.Split('=')[0]).Order(StringComparer.Ordinal);
        return (await response.Content.ReadAsStringAsync(), string.Join(' ', names));
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        Connections++;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), stop);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
