using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;
using Xunit.Sdk;

namespace Gateway.Tests.Edge.States;

/// <summary>Checks the matrix itself: with a gateway that passes too much or too little, each cell fails.</summary>
public class TheMatrixCanFail
{
    [Fact]
    public async Task A_gateway_that_filters_nothing_fails_every_cell()
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
        await wire.Gateway.SwapAsync(site => site with { Cookies = [TestSites.Entry(Table.Necessary("*"))] });
        await AssertEveryCellFailsAsync(new T1Refused(wire));
    }

    [Fact]
    public async Task A_gateway_that_ignores_the_signal_fails_a_visitor_who_sends_it()
    {
        await using var wire = new WireFixture();
        await wire.InitializeAsync();
        await wire.Gateway.SwapAsync(site => site with { Cookies = [.. site.Cookies.Select(entry => entry with { SaleOrShare = false })] });
        await AssertEveryCellFailsAsync(new T7GlobalPrivacyControl(wire));
    }

    [Fact]
    public async Task A_gateway_that_passes_only_exempt_cookies_fails_a_visitor_who_accepted()
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
            await Assert.ThrowsAnyAsync<XunitException>(
                () => matrix.Only_allowed_cookies_pass_in_either_direction(status, type, version, method));
        }

        await Assert.ThrowsAnyAsync<XunitException>(matrix.A_101_response_is_filtered);
    }

    private sealed class ForgetsTheGrant(WireFixture wire) : WireMatrix(wire)
    {
        private protected override IReadOnlyList<string> Passing => Careless.WithAll;

        private protected override string Reaching => Careless.All;

        private protected override IReadOnlyList<string> Deleted => [];

        private protected override Task<string?> ArriveAsync(TestGateway gateway) => Task.FromResult<string?>(null);
    }
}
