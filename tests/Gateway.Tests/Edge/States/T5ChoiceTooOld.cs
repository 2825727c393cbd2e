using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>T5: the visitor granted everything more than 182 days ago. The browser still sends the consent cookie.</summary>
public sealed class T5ChoiceTooOld(WireFixture wire) : WireMatrix(wire)
{
    private protected override IReadOnlyList<string> Passing => LegacyCookies.Exempt;

    private protected override string Reaching => LegacyCookies.Necessary;

    private protected override IReadOnlyList<string> Deleted => ["cookies_preferences", .. LegacyCookies.NotGranted];

    private protected override async Task<string?> ArriveAsync(TestGateway gateway)
    {
        var granted = await Flow.ChooseAsync(gateway, Flow.Accept);
        gateway.Time.Advance(TimeSpan.FromDays(183));
        return granted;
    }
}
