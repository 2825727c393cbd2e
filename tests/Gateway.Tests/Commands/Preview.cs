using System.Text.RegularExpressions;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Commands;

/// <summary><c>gateway preview</c> with a sample configuration, shared by the tests of a class.</summary>
public sealed class Preview : IAsyncLifetime
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });

    public int Port { get; private set; }

    /// <summary>The URL of the overview of the site.</summary>
    public string Url => $"http://portal.localhost:{Port}/";

    internal ChildProcess Program { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Program = GatewayProgram.Start(
            Repository.Root, new Dictionary<string, string>(), "preview", "--config", Repository.Path("config/gateway.statistics.json"), "--port", "0");
        Port = int.Parse((await Program.SaysAsync("portal +http://portal.localhost:(\\d+)/")).Groups[1].Value);
    }

    /// <summary>Navigates to a path of a host of the preview.</summary>
    public async Task<(HttpResponseMessage Response, string Html)> OpenAsync(string path, string host = "portal.localhost")
    {
        var request = Requests.To(new Uri($"http://127.0.0.1:{Port}{path}"), HttpMethod.Get, [.. Requests.Navigation, ("Host", $"{host}:{Port}")]);
        var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The script of a page of the preview.</summary>
    public async Task<string> ScriptOfAsync(string html, string host = "portal.localhost") =>
        (await OpenAsync(Regex.Match(html, "<head><script src=\"(/_choices/[0-9a-f]{16}\\.js)\" data-gateway=\"\"></script>").Groups[1].Value, host)).Html;

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        _client.Dispose();
    }
}
