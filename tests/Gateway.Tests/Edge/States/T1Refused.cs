using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>T1: everything was refused, and the browser still has older cookies.</summary>
public sealed class T1Refused(WireFixture wire) : WireMatrix(wire)
{
    private protected override IReadOnlyList<string> Passing => Careless.Exempt;

    private protected override string Reaching => Careless.Necessary;

    private protected override IReadOnlyList<string> Deleted => [.. Careless.NotGranted];

    private protected override Task<string?> ArriveAsync(TestGateway gateway) => Flow.ChooseAsync(gateway, Flow.Refuse);
}
