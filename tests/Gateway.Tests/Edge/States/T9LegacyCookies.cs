using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>T9: the browser has cookies from before the gateway. The visitor has not decided.</summary>
public sealed class T9LegacyCookies(WireFixture wire) : WireMatrix(wire)
{
    private protected override IReadOnlyList<string> Passing => LegacyCookies.Exempt;

    private protected override string Reaching => LegacyCookies.Necessary;

    private protected override IReadOnlyList<string> Deleted => [.. LegacyCookies.NotGranted];

    private protected override Task<string?> ArriveAsync(TestGateway gateway) => Task.FromResult<string?>(null);
}
