using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>T3: the visitor granted one category and refused the other.</summary>
public sealed class T3AcceptedOne(WireFixture wire) : WireMatrix(wire)
{
    private protected override IReadOnlyList<string> Passing => LegacyCookies.WithStatistics;

    private protected override string Reaching => LegacyCookies.Statistics;

    private protected override IReadOnlyList<string> Deleted => ["ad", "_gid"];

    private protected override Task<string?> ArriveAsync(TestGateway gateway) => Flow.ChooseAsync(gateway, Flow.Save("statistics"));
}
