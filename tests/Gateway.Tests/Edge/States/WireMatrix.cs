using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.States;

/// <summary>
/// The rules for a visitor in one state, checked on every response: each status, content type and HTTP version, with and without a body. The
/// <c>Set-Cookie</c> lines and the <c>Cookie</c> header that reached the backend are compared byte for byte and in order.
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
                    foreach (var type in LegacyCookies.Types)
                        cells.Add(status, type, version, "GET");
                    cells.Add(status, "html", version, "HEAD");
                }
            }

            return cells;
        }
    }

    internal TestGateway Gateway => wire.Gateway;

    /// <summary>The browser's cookies, without the consent cookie.</summary>
    private protected virtual string Brought => LegacyCookies.Cookies;

    /// <summary>Headers of privacy signals that the browser sends with every request.</summary>
    private protected virtual (string Name, string Value)[] Signals => [];

    /// <summary>Brings the visitor into the state.</summary>
    /// <returns>The consent cookie, as the browser sends it; null for none.</returns>
    private protected abstract Task<string?> ArriveAsync(TestGateway gateway);

    /// <summary>The <c>Set-Cookie</c> lines of <see cref="LegacyCookies.Lines"/> that reach the browser, as they reach it.</summary>
    private protected abstract IReadOnlyList<string> Passing { get; }

    /// <summary>The part of <see cref="Brought"/> that reaches the backend.</summary>
    private protected abstract string Reaching { get; }

    /// <summary>Names of the cookies that a document response deletes, in this order.</summary>
    private protected abstract IReadOnlyList<string> Deleted { get; }

    [Theory, MemberData(nameof(Cells)), Row("I1", "I2", "I3", "I4", "I16", "J1")]
    public async Task Only_what_this_visitor_allows_passes_in_either_direction(int status, string type, string version, string method)
    {
        var faults = await FaultsAsync(status, type, version, method);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact, Row("A14", "I16")]
    public async Task A_change_of_protocol_is_filtered_as_well()
    {
        var faults = await UpgradeFaultsAsync();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>The headers of a cell that differ from what this visitor's choice requires. Each entry begins with the name of the header.</summary>
    internal async Task<IReadOnlyList<string>> FaultsAsync(int status, string type, string version, string method)
    {
        var response = await AskAsync(status, type, version, method);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(version, response.Version.ToString());
        return
        [
            .. Fault("Set-Cookie", [.. Passing, .. Expiries(version, method)], response.SetCookies()),
            .. Fault("Cookie", [Reaching], [wire.Received["Cookie"]]),
            .. Fault("Cache-Control", ["max-age=60, private"], response.Lines("Cache-Control")),
        ];
    }

    internal async Task<IReadOnlyList<string>> UpgradeFaultsAsync()
    {
        var cookies = await CookiesAsync();
        var signals = string.Concat(Signals.Select(signal => $"{signal.Name}: {signal.Value}\n"));
        var answer = await Gateway.RawAsync(
            $"GET /socket HTTP/1.1\nHost: localhost\nConnection: Upgrade\nUpgrade: websocket\n{signals}Cookie: {cookies}\n\n");
        Assert.StartsWith("HTTP/1.1 101 Switching Protocols\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nhello", answer, StringComparison.Ordinal);
        return
        [
            .. Fault("Set-Cookie", Passing, answer.Split("\r\n").Where(line => line.StartsWith("Set-Cookie: ", StringComparison.Ordinal)).Select(line => line[12..])),
            .. Fault("Cookie", [Reaching], [wire.Received["Cookie"]]),
        ];
    }

    private static IEnumerable<string> Fault(string header, IEnumerable<string?> expected, IEnumerable<string?> actual) =>
        expected.SequenceEqual(actual) ? [] : [$"{header}: expected\n  {string.Join("\n  ", expected)}\nand got\n  {string.Join("\n  ", actual)}"];

    private protected async Task<HttpResponseMessage> AskAsync(int status, string type, string version, string method) =>
        await wire.AskAsync(status, type, version, method, await CookiesAsync(), Signals);

    private protected async Task<string> CookiesAsync() =>
        await wire.OnceAsync(ArriveAsync) is { } consent ? $"{Brought}; {consent}" : Brought;

    // All requests of the matrix are navigations: their responses delete cookies, whatever the type.
    private IEnumerable<string> Expiries(string version, string method) =>
        method == "GET"
            ? [
                .. Deleted.Select(name => $"{name}{LegacyCookies.Expired}{(version == "2.0" ? "; Secure" : "")}"),
                .. Deleted.Where(name => name != "cookies_preferences").Select(name => name + LegacyCookies.ExpiredPart),
            ]
            : [];
}
