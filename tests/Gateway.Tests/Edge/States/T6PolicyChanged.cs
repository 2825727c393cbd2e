using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>
/// T6: the visitor granted everything, then the provider of the statistics changed. Consent to statistics is asked for again; the other answer
/// stays valid. Nothing is deleted, because an unknown policy version may come from a replica that already has a newer configuration.
/// </summary>
public sealed class T6PolicyChanged(WireFixture wire) : WireMatrix(wire)
{
    private protected override IReadOnlyList<string> Passing => LegacyCookies.WithAdvertising;

    private protected override string Reaching => LegacyCookies.Advertising;

    private protected override IReadOnlyList<string> Deleted => [];

    private protected override async Task<string?> ArriveAsync(TestGateway gateway)
    {
        var granted = await Flow.ChooseAsync(gateway, Flow.Accept);
        await gateway.SwapAsync(site => site with
        {
            Cookies = [.. site.Cookies.Select(entry => entry.Category == "statistics" ? entry with { Provider = "Another analyst" } : entry)],
        });
        return granted;
    }
}
