using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>T1: the visitor refused everything. The browser still has earlier cookies.</summary>
public sealed class T1Refused(WireFixture wire) : WireMatrix(wire)
{
    private protected override IReadOnlyList<string> Passing => LegacyCookies.Exempt;

    private protected override string Reaching => LegacyCookies.Necessary;

    private protected override IReadOnlyList<string> Deleted => [.. LegacyCookies.NotGranted];

    private protected override Task<string?> ArriveAsync(TestGateway gateway) => Flow.ChooseAsync(gateway, Flow.Refuse);
}
