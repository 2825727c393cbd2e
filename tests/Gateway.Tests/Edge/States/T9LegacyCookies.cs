using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>T9: a browser has cookies from before the gateway, and the visitor has not decided.</summary>
public sealed class T9LegacyCookies(WireFixture wire) : WireMatrix(wire)
{
    private protected override IReadOnlyList<string> Passing => Careless.Exempt;

    private protected override string Reaching => Careless.Necessary;

    private protected override IReadOnlyList<string> Deleted => [.. Careless.NotGranted];

    private protected override Task<string?> ArriveAsync(TestGateway gateway) => Task.FromResult<string?>(null);
}
