using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Gateway.Tests.Support;

/// <summary>
/// One Chromium for all tests, started by the first test that uses it. Nothing is downloaded. If there is no Chromium, the test is
/// skipped with a reason, or fails if <c>CI=true</c>.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly float Patience = (float)Eventually.Limit.TotalMilliseconds;

    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Runs a test in a new profile. Saves a screenshot in <c>TestResults/</c> if the test fails.</summary>
    public async Task RunAsync(Func<IPage, Task> test, BrowserNewContextOptions? options = null)
    {
        var browser = await StartedAsync();
        await using var context = await browser.NewContextAsync(options ?? new());
        context.SetDefaultTimeout(Patience);
        await context.AddInitScriptAsync($"({OpenShadowRoots.Script})()");
        var page = await context.NewPageAsync();
        try
        {
            await test(page);
        }
        catch
        {
            await KeepScreenshotAsync(page);
            throw;
        }
        finally
        {
            await LeaveAsync(page);
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _starting.Dispose();
    }

    /// <summary>The path of a browser. Without one, skips the test, or fails it if <c>CI=true</c>.</summary>
    internal static string Installed(string? path)
    {
        if (path is not null)
            return path;

        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Chromium.Absent);
        Assert.Skip(Chromium.Absent);
        return "";
    }

    private async Task<IBrowser> StartedAsync()
    {
        var path = Installed(Chromium.Find());
        await _starting.WaitAsync();
        try
        {
            _playwright ??= await Chromium.DriverAsync();
            Assertions.SetDefaultExpectTimeout(Patience);
            return _browser ??= await Chromium.LaunchAsync(_playwright, path);
        }
        finally
        {
            _starting.Release();
        }
    }

    // Chromium may never finish closing a page that is being reloaded, and the reload can interrupt the first navigation away.
    private static async Task LeaveAsync(IPage page)
    {
        for (var tries = 0; tries < 3; tries++)
        {
            try
            {
                await page.GotoAsync("about:blank");
                return;
            }
            catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
            {
                continue;
            }
        }
    }

    private static async Task KeepScreenshotAsync(IPage page)
    {
        try
        {
            var name = TestContext.Current.Test?.TestDisplayName ?? "test";
            var safe = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '_' or '.' ? c : '-'));
            var file = Repository.Path($"TestResults/{safe}.png");
            await page.ScreenshotAsync(new() { Path = file });
            TestContext.Current.SendDiagnosticMessage("Screenshot: {0}", file);
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            // The page is closed or does not respond. The error of the test is more useful.
        }
    }
}
