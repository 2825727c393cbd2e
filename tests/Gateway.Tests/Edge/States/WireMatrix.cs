using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.States;

/// <summary>
/// One visitor in one state, on responses of every status, type and HTTP version, with and without a body. The lines, and the <c>Cookie</c>
/// header that reached the backend, are compared byte for byte and in order.
/// </summary>
public abstract class WireMatrix(WireFixture wire) : IClassFixture<WireFixture>
{
    public static TheoryData<int, string, string, string> Cells
    {
        get
        {
            var cells = new TheoryData<int, string, string, string>();
            foreach (var status in new[] { 200, 204, 206, 301, 302, 304, 400, 404, 500, 503 })
            {
                foreach (var version in new[] { "1.1", "2.0" })
                {
                    foreach (var type in Careless.Types)
                        cells.Add(status, type, version, "GET");
                    cells.Add(status, "html", version, "HEAD");
                }
            }

            return cells;
        }
    }

    internal TestGateway Gateway => wire.Gateway;

    /// <summary>The browser's cookies, without the consent cookie.</summary>
    private protected virtual string Brought => Careless.Cookies;

    /// <summary>The browser's signals.</summary>
    private protected virtual (string Name, string Value)[] Signals => [];

    /// <summary>Makes the choices of the state.</summary>
    /// <returns>The consent cookie as it is sent; null for none.</returns>
    private protected abstract Task<string?> ArriveAsync(TestGateway gateway);

    /// <summary>The lines of <see cref="Careless.Lines"/> that reach the browser.</summary>
    private protected abstract IReadOnlyList<string> Passing { get; }

    /// <summary>What the backend receives of <see cref="Brought"/>.</summary>
    private protected abstract string Reaching { get; }

    /// <summary>The names that a document deletes, in order.</summary>
    private protected abstract IReadOnlyList<string> Deleted { get; }

    [Theory, MemberData(nameof(Cells)), Row("I1", "I2", "I3", "I4", "I16", "J1")]
    public async Task Only_allowed_cookies_pass_in_either_direction(int status, string type, string version, string method)
    {
        var response = await AskAsync(status, type, version, method);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(version, response.Version.ToString());
        Assert.Equal([.. Passing, .. Expiries(status, type, version, method)], response.SetCookies());
        Assert.Equal(Reaching, wire.Received["Cookie"]);
        Assert.Equal("max-age=60, private", response.Line("Cache-Control"));
    }

    [Fact, Row("A14", "I16")]
    public async Task A_101_response_is_filtered()
    {
        var cookies = await CookiesAsync();
        var signals = string.Concat(Signals.Select(signal => $"{signal.Name}: {signal.Value}\n"));
        var answer = await Gateway.RawAsync(
            $"GET /socket HTTP/1.1\nHost: localhost\nConnection: Upgrade\nUpgrade: websocket\n{signals}Cookie: {cookies}\n\n");
        Assert.StartsWith("HTTP/1.1 101 Switching Protocols\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nhello", answer, StringComparison.Ordinal);
        Assert.Equal(Passing, answer.Split("\r\n").Where(line => line.StartsWith("Set-Cookie: ", StringComparison.Ordinal)).Select(line => line[12..]));
        Assert.Equal(Reaching, wire.Received["Cookie"]);
    }

    private protected async Task<HttpResponseMessage> AskAsync(int status, string type, string version, string method) =>
        await wire.AskAsync(status, type, version, method, await CookiesAsync(), Signals);

    private protected async Task<string> CookiesAsync() =>
        await wire.OnceAsync(ArriveAsync) is { } consent ? $"{Brought}; {consent}" : Brought;

    // A document is HTML in response to a navigation, or a 304 for it.
    private IEnumerable<string> Expiries(int status, string type, string version, string method) =>
        method == "GET" && (type == "html" || status == 304)
            ? Deleted.Select(name => $"{name}{Careless.Expired}{(version == "2.0" ? "; Secure" : "")}")
            : [];
}
