using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.States;

/// <summary>A matrix that nothing can fail proves nothing: against gateways that let too much through, or too little, each cell fails.</summary>
public class TheMatrixCanFail
{
    [Fact]
    public async Task A_gateway_that_filters_nothing_fails_every_cell_and_passes_every_line()
    {
        await using var wire = new WireFixture();
        await wire.InitializeAsync();
        await wire.Gateway.SwapAsync(site => site with { Mode = SiteMode.Observe, ObserveUntil = TestSites.Today });
        await AssertEveryCellFailsAsync(new T9LegacyCookies(wire));
        var response = await wire.AskAsync(404, "css", "2.0", "GET", Careless.Cookies);
        Assert.Equal(Careless.Lines, response.SetCookies());
        Assert.Equal(Careless.Cookies, wire.Received["Cookie"]);
    }

    [Fact]
    public async Task A_table_in_which_everything_is_exempt_fails_every_cell()
    {
        await using var wire = new WireFixture();
        await wire.InitializeAsync();
        var matrix = new T1Refused(wire);

        // The choice is made while there is one.
        Assert.Empty(await matrix.FaultsAsync(200, "html", "1.1", "GET"));
        await wire.Gateway.SwapAsync(site => site with { Cookies = [TestSites.Entry(Table.Necessary("*"))] });
        await AssertEveryCellFailsAsync(matrix);
    }

    [Fact]
    public async Task A_gateway_that_does_not_know_what_is_sold_fails_a_visitor_who_sends_the_signal()
    {
        await using var wire = new WireFixture();
        await wire.InitializeAsync();
        await wire.Gateway.SwapAsync(site => site with { Cookies = [.. site.Cookies.Select(entry => entry with { SaleOrShare = false })] });
        await AssertEveryCellFailsAsync(new T7GlobalPrivacyControl(wire));
    }

    [Fact]
    public async Task A_gateway_that_lets_only_exempt_cookies_pass_fails_a_visitor_who_accepted()
    {
        await using var wire = new WireFixture();
        await wire.InitializeAsync();
        await AssertEveryCellFailsAsync(new ForgetsTheGrant(wire));
    }

    private static async Task AssertEveryCellFailsAsync(WireMatrix matrix)
    {
        foreach (var cell in WireMatrix.Cells)
        {
            var (status, type, version, method) = cell.Data;
            AssertCookiesDiffer(await matrix.FaultsAsync(status, type, version, method));
        }

        AssertCookiesDiffer(await matrix.UpgradeFaultsAsync());
    }

    private static void AssertCookiesDiffer(IReadOnlyList<string> faults)
    {
        Assert.Contains(faults, fault => fault.StartsWith("Set-Cookie: ", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("Cookie: ", StringComparison.Ordinal));
    }

    private sealed class ForgetsTheGrant(WireFixture wire) : WireMatrix(wire)
    {
        private protected override IReadOnlyList<string> Passing => Careless.WithAll;

        private protected override string Reaching => Careless.All;

        private protected override IReadOnlyList<string> Deleted => [];

        private protected override Task<string?> ArriveAsync(TestGateway gateway) => Task.FromResult<string?>(null);
    }
}
