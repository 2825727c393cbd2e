using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.States;

/// <summary>Every cell of the matrix fails with a gateway that lets too much or too little pass. A test that cannot fail proves nothing.</summary>
public class TheMatrixCanFail
{
    [Fact]
    public async Task Without_filtering_every_cell_fails_and_every_Set_Cookie_line_passes()
    {
        await using var wire = new WireFixture();
        await wire.InitializeAsync();
        await wire.Gateway.SwapAsync(site => site with { Mode = SiteMode.Observe, ObserveUntil = TestSites.Today });
        await AssertEveryCellFailsAsync(new T9LegacyCookies(wire));
        var response = await wire.AskAsync(404, "css", "2.0", "GET", LegacyCookies.Cookies);
        Assert.Equal(LegacyCookies.Lines, response.SetCookies());
        Assert.Equal(LegacyCookies.Cookies, wire.Received["Cookie"]);
    }

    [Fact]
    public async Task With_a_table_that_exempts_every_cookie_every_cell_fails()
    {
        await using var wire = new WireFixture();
        await wire.InitializeAsync();
        var matrix = new T1Refused(wire);

        // The choice is made before the change, while the site still asks for one.
        Assert.Empty(await matrix.FaultsAsync(200, "html", "1.1", "GET"));
        await wire.Gateway.SwapAsync(site => site with { Cookies = [TestSites.Entry(Table.Necessary("*"))] });
        await AssertEveryCellFailsAsync(matrix);
    }

    [Fact]
    public async Task With_a_table_that_marks_nothing_as_sold_every_cell_of_a_visitor_with_Sec_GPC_fails()
    {
        await using var wire = new WireFixture();
        await wire.InitializeAsync();
        await wire.Gateway.SwapAsync(site => site with { Cookies = [.. site.Cookies.Select(entry => entry with { SaleOrShare = false })] });
        await AssertEveryCellFailsAsync(new T7GlobalPrivacyControl(wire));
    }

    [Fact]
    public async Task With_a_gateway_that_passes_only_exempt_cookies_every_cell_of_a_visitor_who_accepted_fails()
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
        private protected override IReadOnlyList<string> Passing => LegacyCookies.WithAll;

        private protected override string Reaching => LegacyCookies.All;

        private protected override IReadOnlyList<string> Deleted => [];

        private protected override Task<string?> ArriveAsync(TestGateway gateway) => Task.FromResult<string?>(null);
    }
}
