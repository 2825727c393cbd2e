using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Gateway.Tests.Support;

/// <summary>
/// One Chromium for all tests, started when the first one asks for it; nothing is ever downloaded. Where there is none the test
/// is skipped and says why; under <c>CI=true</c> it fails instead.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    // Only a failure takes so long; a machine that compiles at the same time is slow, not wrong.
    private const int Patience = 30_000;

    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Runs a test in a fresh profile; keeps a screenshot under <c>TestResults/</c> where it fails.</summary>
    public async Task RunAsync(Func<IPage, Task> test, BrowserNewContextOptions? options = null)
    {
        var browser = await StartedAsync();
        await using var context = await browser.NewContextAsync(options ?? new());
        context.SetDefaultTimeout(Patience);
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

    private async Task<IBrowser> StartedAsync()
    {
        var path = Find();
        if (path is null)
        {
            const string Reason = "No Chromium: install Debian's \"chromium\", or name one in GATEWAY_CHROMIUM.";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Reason);
            Assert.Skip(Reason);
        }

        await _starting.WaitAsync();
        try
        {
            Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            _playwright ??= await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(Patience);
            return _browser ??= await _playwright.Chromium.LaunchAsync(Options(path));
        }
        finally
        {
            _starting.Release();
        }
    }

    // Names under .test lead to this machine: unlike localhost, a host on which http is no secure context.
    private static BrowserTypeLaunchOptions Options(string path) => new()
    {
        ExecutablePath = path,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--host-resolver-rules=MAP *.test 127.0.0.1",
        ],
    };

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("GATEWAY_CHROMIUM") is { Length: > 0 } named)
            return named;

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Prepend("/usr/bin");
        return folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    // Chromium may never finish closing a page that is just being loaded again; and that load interrupts the first try to leave.
    private static async Task LeaveAsync(IPage page)
    {
        for (var tries = 0; tries < 3; tries++)
        {
            try
            {
                await page.GotoAsync("about:blank");
                return;
            }
            catch (PlaywrightException)
            {
                continue;
            }
        }
    }

    // The runner works in the folder of the compiled tests; TestResults/ stands beside the solution.
    private static string Results()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is not null && !File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "TestResults");
    }

    private static async Task KeepScreenshotAsync(IPage page)
    {
        try
        {
            var name = TestContext.Current.Test?.TestDisplayName ?? "test";
            var safe = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '_' or '.' ? c : '-'));
            var file = Path.Combine(Results(), safe + ".png");
            await page.ScreenshotAsync(new() { Path = file });
            TestContext.Current.SendDiagnosticMessage("Screenshot: {0}", file);
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            // The page is gone or stuck; the test's own error says more.
        }
    }
}
