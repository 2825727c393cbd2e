using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Support;

/// <summary>A tab of Firefox with its own cookies and cache, which are deleted with it.</summary>
internal sealed class FirefoxTab(FirefoxProgram firefox, string context, string user) : ITab, IAsyncDisposable
{
    private static readonly Dictionary<string, string> Keys = new()
    {
        ["Tab"] = "\uE004",
        ["Shift"] = "\uE008",
        ["Enter"] = "\uE007",
        ["Escape"] = "\uE00C",
        ["ArrowRight"] = "\uE014",
        ["Space"] = " ",
    };

    public Task GotoAsync(string url) => Tabs.NavigateAsync(() => SendAsync("browsingContext.navigate", new() { ["url"] = url, ["wait"] = "complete" }));

    public Task ReloadAsync() => SendAsync("browsingContext.reload", new() { ["wait"] = "complete" });

    public async Task<T> EvaluateAsync<T>(string expression)
    {
        var result = await firefox.SendAsync("script.evaluate", new JsonObject
        {
            ["expression"] = $"(async () => JSON.stringify(await ({expression})) ?? 'null')()",
            ["target"] = new JsonObject { ["context"] = context },
            ["awaitPromise"] = true,
        });
        return (string?)result["type"] == "success"
            ? JsonSerializer.Deserialize<T>((string)result["result"]!["value"]!, JsonSerializerOptions.Web)!
            : throw new InvalidOperationException(result["exceptionDetails"]!["text"]!.ToString());
    }

    public Task AtStartAsync(string function) =>
        firefox.SendAsync("script.addPreloadScript", new JsonObject { ["functionDeclaration"] = function, ["contexts"] = new JsonArray(context) });

    public Task ResizeAsync(int width, int height) =>
        SendAsync("browsingContext.setViewport", new() { ["viewport"] = new JsonObject { ["width"] = width, ["height"] = height } });

    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            var parts = key.Split('+').Select(name => Keys.GetValueOrDefault(name, name)).ToList();
            var actions = parts.Select(part => Action("keyDown", part)).Concat(parts.AsEnumerable().Reverse().Select(part => Action("keyUp", part)));
            var source = new JsonObject { ["type"] = "key", ["id"] = "keyboard", ["actions"] = new JsonArray([.. actions]) };
            await SendAsync("input.performActions", new() { ["actions"] = new JsonArray(source) });
        }
    }

    public Task ForgetAsync() => JarAsync("storage.deleteCookies");

    public async Task<IReadOnlyDictionary<string, StoredCookie>> CookiesAsync() => (await AliveAsync()).ToDictionary(
        cookie => (string)cookie["name"]!,
        cookie => new StoredCookie((string)cookie["value"]!["value"]!, cookie["expiry"] is { } end ? DateTimeOffset.FromUnixTimeSeconds((long)end) : null));

    public async Task<string> JarAsync()
    {
        var cookies = await AliveAsync();
        return string.Join(' ', cookies.Select(cookie => $"{cookie["name"]}{((bool)cookie["httpOnly"]! ? "*" : "")}").Order(StringComparer.Ordinal));
    }

    /// <summary>Counts the elements in the shadow root of <paramref name="host"/> that have this role and name in the accessibility tree.</summary>
    public async Task<int> CountAsync(string host, string role, string name)
    {
        var root = await RootAsync(host);
        return (await LocateAsync(new() { ["type"] = "accessibility", ["value"] = new JsonObject { ["role"] = role, ["name"] = name } }, root)).Count;
    }

    /// <summary>The given elements that are not in the accessibility tree with their role and name, or not in this order.</summary>
    /// <param name="host">The element whose shadow root contains them; null for the document.</param>
    public async Task<IReadOnlyList<string>> OutOfOrderAsync(string? host, params IEnumerable<(string Role, string Name)> things)
    {
        var root = host is null ? null : await RootAsync(host);
        var found = new JsonArray();
        foreach (var (role, name) in things)
        {
            var nodes = await LocateAsync(new() { ["type"] = "accessibility", ["value"] = new JsonObject { ["role"] = role, ["name"] = name } }, root);
            found.Add(new JsonObject { ["type"] = "array", ["value"] = new JsonArray([.. nodes.Select(node => new JsonObject { ["sharedId"] = (string)node!["sharedId"]! })]) });
        }

        // Of several with one name, the first after the previous element.
        var result = await firefox.SendAsync("script.callFunction", new JsonObject
        {
            ["functionDeclaration"] = """
                (...all) => { let before; return all.map(nodes => { const next = nodes.find(node => !before || before.compareDocumentPosition(node) & 4); before = next ?? before; return !!next }).join() }
                """,
            ["arguments"] = found,
            ["target"] = new JsonObject { ["context"] = context },
            ["awaitPromise"] = false,
        });
        var isThere = ((string)result["result"]!["value"]!).Split(',');
        return [.. things.Select(thing => $"{thing.Role}: {thing.Name}").Where((_, i) => isThere[i] == "false")];
    }

    public async ValueTask DisposeAsync()
    {
        if (!firefox.IsConnected)
            return;
        await SendAsync("browsingContext.close", []);
        await firefox.SendAsync("browser.removeUserContext", new JsonObject { ["userContext"] = user });
    }

    // The list also contains expired cookies that are not deleted yet. No page and no server receives those. The times are rounded up.
    private async Task<IEnumerable<JsonNode>> AliveAsync()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return (await JarAsync("storage.getCookies"))["cookies"]!.AsArray().OfType<JsonNode>().Where(cookie => cookie["expiry"] is not { } end || (long)end > now + 1);
    }

    private async Task<JsonArray> LocateAsync(JsonObject locator, string? start)
    {
        var parameters = new JsonObject { ["locator"] = locator };
        if (start is not null)
            parameters["startNodes"] = new JsonArray(new JsonObject { ["sharedId"] = start });
        return (await SendAsync("browsingContext.locateNodes", parameters))["nodes"]!.AsArray();
    }

    private async Task<string> RootAsync(string host)
    {
        var result = await firefox.SendAsync("script.evaluate", new JsonObject
        {
            ["expression"] = $"document.querySelector('{host}').shadowRoot",
            ["target"] = new JsonObject { ["context"] = context },
            ["awaitPromise"] = false,
        });
        return (string)result["result"]!["sharedId"]!;
    }

    private Task<JsonNode> SendAsync(string method, JsonObject parameters)
    {
        parameters["context"] = context;
        return firefox.SendAsync(method, parameters);
    }

    private Task<JsonNode> JarAsync(string method) =>
        firefox.SendAsync(method, new JsonObject { ["partition"] = new JsonObject { ["type"] = "storageKey", ["userContext"] = user } });

    private static JsonObject Action(string type, string key) => new() { ["type"] = type, ["value"] = key };
}
