using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>No way to bypass the guard succeeds in Chromium or Firefox. On a page without the guard, every way succeeds.</summary>
public sealed class GuardBypassTests(Browser browser, Firefox firefox)
{
    private const string Everywhere = GuardBypasses.Cookies + GuardBypasses.Storage + GuardBypasses.Frames;

    // Only for ways that succeed: a way that fails takes the whole time.
    private const int Patience = 5000;

    [Fact]
    public Task No_way_to_bypass_the_guard_succeeds_in_Chromium() => browser.RunAsync(page => HoldsAsync(new ChromiumTab(page)));

    [Fact]
    public Task No_way_to_bypass_the_guard_succeeds_in_Firefox() => firefox.RunAsync(HoldsAsync);

    /// <summary>A script inserts a frame with an address, and accesses the frame by its index immediately afterwards.</summary>
    [Fact]
    public Task One_known_way_to_bypass_the_guard_succeeds() => browser.RunAsync(async page =>
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        await page.GotoAsync(server.Url);

        Assert.Single((await new ChromiumTab(page).EvaluateAsync<Tried>(GuardBypasses.Try(GuardBypasses.Beyond, Patience))).Round);
    });

    private static async Task HoldsAsync(ITab tab)
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        await tab.GotoAsync(server.BareUrl);
        var bare = await tab.EvaluateAsync<Tried>(GuardBypasses.Try(Everywhere, Patience));
        Assert.Empty(bare.Errors);
        Assert.Equal(bare.All, bare.Round);

        await tab.GotoAsync(server.Url);
        var guarded = await tab.EvaluateAsync<Tried>(GuardBypasses.Try(Everywhere, patience: 30));
        Assert.Empty(guarded.Errors);
        Assert.Empty(guarded.Round);
        Assert.Equal(bare.All, guarded.All);
    }
}
