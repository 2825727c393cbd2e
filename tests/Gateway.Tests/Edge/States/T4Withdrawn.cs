using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>T4: everything was granted and then withdrawn (GDPR 7(3)).</summary>
public sealed class T4Withdrawn(WireFixture wire) : WireMatrix(wire)
{
    private protected override IReadOnlyList<string> Passing => Careless.Exempt;

    private protected override string Reaching => Careless.Necessary;

    private protected override IReadOnlyList<string> Deleted => Careless.NotGranted;

    private protected override async Task<string?> ArriveAsync(TestGateway gateway)
    {
        var granted = await Flow.ChooseAsync(gateway, Flow.Accept);
        return await Flow.ChooseAsync(gateway, Flow.Refuse, $"{Careless.Cookies}; {granted}");
    }
}
