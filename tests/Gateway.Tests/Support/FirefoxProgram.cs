using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Support;

/// <summary>Debian's Firefox, which Playwright does not drive, over WebDriver BiDi (W3C). For one caller at a time.</summary>
internal sealed class FirefoxProgram : IAsyncDisposable
{
    public const string Absent = "No Firefox: install Debian's \"firefox-esr\".";

    private const string Program = "/usr/bin/firefox-esr", Announcement = "WebDriver BiDi listening on ";

    private readonly ClientWebSocket _socket = new();
    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("firefox");
    private Process _process = null!;
    private int _id;

    private FirefoxProgram() { }

    public static bool IsInstalled => File.Exists(Program);

    /// <summary>Whether it still accepts commands. A command without a timely response ends the connection.</summary>
    public bool IsConnected => _socket.State == WebSocketState.Open;

    /// <param name="preferences">Names and values as in <c>about:config</c>.</param>
    public static async Task<FirefoxProgram> StartAsync(params (string Name, string Value)[] preferences)
    {
        var firefox = new FirefoxProgram();
        await firefox.LaunchAsync(preferences);
        return firefox;
    }

    /// <summary>Opens a tab with its own cookies and cache, in front of the others.</summary>
    public async Task<FirefoxTab> OpenAsync()
    {
        var user = (string)(await SendAsync("browser.createUserContext", []))["userContext"]!;
        var context = (string)(await SendAsync("browsingContext.create", new JsonObject { ["type"] = "tab", ["userContext"] = user }))["context"]!;
        await SendAsync("browsingContext.activate", new JsonObject { ["context"] = context });
        var tab = new FirefoxTab(this, context, user);
        await tab.AtStartAsync(OpenShadowRoots.Script);
        return tab;
    }

    // There are no subscriptions, so each message is the response to the command.
    public async Task<JsonNode> SendAsync(string method, JsonObject parameters)
    {
        using var patience = new CancellationTokenSource(Eventually.Limit);
        var command = new JsonObject { ["id"] = ++_id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        while (true)
        {
            var message = new MemoryStream();
            var buffer = new byte[16 * 1024];
            WebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer, patience.Token);
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);

            var answer = JsonNode.Parse(message.ToArray())!;
            if ((int?)answer["id"] != _id)
                continue;
            return (string?)answer["type"] == "success" ? answer["result"]! : throw new InvalidOperationException($"{method}: {answer["message"]}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Delete(recursive: true);
    }

    private async Task LaunchAsync((string Name, string Value)[] preferences)
    {
        var lines = preferences.Select(preference => $"user_pref(\"{preference.Name}\", {preference.Value});");
        await File.WriteAllLinesAsync(Path.Combine(_profile.FullName, "user.js"), lines);
        var start = new ProcessStartInfo(Program, $"--headless --no-remote --remote-debugging-port 0 --profile {_profile.FullName} about:blank") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["HOME"] = _profile.FullName;
        _process = Process.Start(start)!;
        var address = new TaskCompletionSource<string>();
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(Announcement, StringComparison.Ordinal) == true)
                address.TrySetResult(line.Data[Announcement.Length..]);
        };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        await _socket.ConnectAsync(new Uri(await address.Task.WaitAsync(Eventually.Limit) + "/session"), CancellationToken.None);
        await SendAsync("session.new", new JsonObject { ["capabilities"] = new JsonObject() });
    }
}
