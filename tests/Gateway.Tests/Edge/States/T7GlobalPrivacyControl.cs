using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>
/// T7: everything was granted, and the browser sends <c>Sec-GPC: 1</c>. What the table declares as sold reaches neither the browser nor the
/// backend and is deleted; the rest stays granted.
/// </summary>
public sealed class T7GlobalPrivacyControl(WireFixture wire) : WireMatrix(wire)
{
    private protected override (string, string)[] Signals => [("Sec-GPC", "1")];

    private protected override IReadOnlyList<string> Passing => Careless.WithStatistics;

    private protected override string Reaching => Careless.Statistics;

    private protected override IReadOnlyList<string> Deleted => ["ad", "_gid", "SessionId", "cookies"];

    private protected override Task<string?> ArriveAsync(TestGateway gateway) => Flow.ChooseAsync(gateway, Flow.Accept);
}
