using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>None of the ways round the guard leads anywhere, in Chromium and in Firefox; and each does where there is no guard.</summary>
public sealed class WaysRoundTests(Browser browser, Firefox firefox)
{
    private const string Everywhere = WaysRound.Cookies + WaysRound.Storage + WaysRound.Frames;

    // For ways that succeed; those that do not would all be waited for.
    private const int Patience = 5000;

    [Fact]
    public Task In_Chromium() => browser.RunAsync(page => HoldsAsync(new ChromiumTab(page)));

    [Fact]
    public Task In_Firefox() => firefox.RunAsync(HoldsAsync);

    /// <summary>A frame with an address of its own, which a script takes by its number in the breath in which it inserts it.</summary>
    [Fact]
    public Task One_way_is_left() => browser.RunAsync(async page =>
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        await page.GotoAsync(server.Url);

        Assert.Single((await new ChromiumTab(page).EvaluateAsync<Tried>(WaysRound.Try(WaysRound.Beyond, Patience))).Round);
    });

    private static async Task HoldsAsync(ITab tab)
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        await tab.GotoAsync(server.BareUrl);
        var bare = await tab.EvaluateAsync<Tried>(WaysRound.Try(Everywhere, Patience));
        Assert.Empty(bare.Errors);
        Assert.Equal(bare.All, bare.Round);

        await tab.GotoAsync(server.Url);
        var guarded = await tab.EvaluateAsync<Tried>(WaysRound.Try(Everywhere, patience: 30));
        Assert.Empty(guarded.Errors);
        Assert.Empty(guarded.Round);
        Assert.Equal(bare.All, guarded.All);
    }
}
