using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>T2: the visitor accepted everything. Cookies that are not in the table were not part of the question.</summary>
public sealed class T2AcceptedAll(WireFixture wire) : WireMatrix(wire)
{
    private protected override IReadOnlyList<string> Passing => LegacyCookies.WithAll;

    private protected override string Reaching => LegacyCookies.All;

    private protected override IReadOnlyList<string> Deleted => ["_gid"];

    private protected override Task<string?> ArriveAsync(TestGateway gateway) => Flow.ChooseAsync(gateway, Flow.Accept);
}
