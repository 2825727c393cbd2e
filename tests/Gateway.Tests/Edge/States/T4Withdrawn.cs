using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>T4: the visitor granted everything and then withdrew (GDPR 7(3)). The next request is treated as after a refusal.</summary>
public sealed class T4Withdrawn(WireFixture wire) : WireMatrix(wire)
{
    private protected override IReadOnlyList<string> Passing => LegacyCookies.Exempt;

    private protected override string Reaching => LegacyCookies.Necessary;

    private protected override IReadOnlyList<string> Deleted => LegacyCookies.NotGranted;

    private protected override async Task<string?> ArriveAsync(TestGateway gateway)
    {
        var granted = await Flow.ChooseAsync(gateway, Flow.Accept);
        return await Flow.ChooseAsync(gateway, Flow.Refuse, $"{LegacyCookies.Cookies}; {granted}");
    }
}
