using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>
/// T6: everything was granted, then the statistics got a new controller. Their answer is void, the other one is valid. Nothing is deleted,
/// because an unknown version can also come from a newer replica.
/// </summary>
public sealed class T6PolicyChanged(WireFixture wire) : WireMatrix(wire)
{
    private protected override IReadOnlyList<string> Passing => Careless.WithAdvertising;

    private protected override string Reaching => Careless.Advertising;

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
