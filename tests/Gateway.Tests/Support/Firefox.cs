using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(Firefox))]

namespace Gateway.Tests.Support;

/// <summary>
/// Debian's Firefox, which Playwright does not drive, over WebDriver BiDi (W3C): one for all tests, started when the first one asks for it.
/// Where there is none the test is skipped and says why; under <c>CI=true</c> it fails instead.
/// </summary>
public sealed class Firefox : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _one = new(1);
    private readonly ClientWebSocket _socket = new();
    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("firefox");
    private Process? _process;
    private int _id;

    /// <summary>Runs a test in a tab of its own; one at a time, all in one profile, whose cache is what is tested.</summary>
    internal async Task RunAsync(Func<Tab, Task> test)
    {
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await StartAsync();
            var context = (string)(await SendAsync("browsingContext.create", new JsonObject { ["type"] = "tab" }))["context"]!;
            try
            {
                await test(new Tab(this, context));
            }
            finally
            {
                await SendAsync("browsingContext.close", new JsonObject { ["context"] = context });
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _one.Dispose();
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _profile.Delete(recursive: true);
    }

    private async Task StartAsync()
    {
        const string Program = "/usr/bin/firefox-esr", Announcement = "WebDriver BiDi listening on ";
        if (_process is not null)
            return;
        if (!File.Exists(Program))
        {
            const string Reason = "No Firefox: install Debian's \"firefox-esr\".";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Reason);
            Assert.Skip(Reason);
        }

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
        await _socket.ConnectAsync(new Uri(await address.Task.WaitAsync(Patience) + "/session"), CancellationToken.None);
        await SendAsync("session.new", new JsonObject { ["capabilities"] = new JsonObject() });
    }

    // Nothing is subscribed to, so whatever comes back answers what was asked.
    private async Task<JsonNode> SendAsync(string method, JsonObject parameters)
    {
        using var patience = new CancellationTokenSource(Patience);
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

    /// <summary>One tab.</summary>
    internal sealed class Tab(Firefox firefox, string context)
    {
        /// <summary>Goes to an address and waits for the page.</summary>
        public Task GotoAsync(string url) =>
            firefox.SendAsync("browsingContext.navigate", new JsonObject { ["context"] = context, ["url"] = url, ["wait"] = "complete" });

        public Task ReloadAsync() =>
            firefox.SendAsync("browsingContext.reload", new JsonObject { ["context"] = context, ["wait"] = "complete" });

        /// <summary>Evaluates a script that gives a truth, or promises one.</summary>
        public async Task<bool> EvaluateAsync(string script)
        {
            var result = await firefox.SendAsync("script.evaluate", new JsonObject
            {
                ["expression"] = script,
                ["target"] = new JsonObject { ["context"] = context },
                ["awaitPromise"] = true,
            });
            return (string?)result["type"] == "success" ? (bool)result["result"]!["value"]! : throw new InvalidOperationException(result["exceptionDetails"]!["text"]!.ToString());
        }
    }
}
