using Gateway.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(Firefox))]

namespace Gateway.Tests.Support;

/// <summary>
/// One Firefox for all tests, started by the first test that uses it. If there is no Firefox, the test is skipped with a reason, or
/// fails if <c>CI=true</c>.
/// </summary>
public sealed class Firefox : IAsyncLifetime
{
    // As in the tests' Chromium, names under .test resolve to this machine, and scroll bars take no space.
    private static readonly (string, string)[] Always =
        [("network.dns.localDomains", "\"site.test,www.site.test\""), ("widget.gtk.overlay-scrollbars.enabled", "true"), ("ui.useOverlayScrollbars", "1")];

    private readonly SemaphoreSlim _one = new(1);
    private FirefoxProgram? _program;

    /// <summary>Runs a test in a new tab with its own cookies and cache, one test at a time.</summary>
    /// <param name="preferences">Preferences that Firefox reads only at its start. If there are any, a new Firefox is started for this test.</param>
    internal async Task RunAsync(Func<FirefoxTab, Task> test, params (string, string)[] preferences)
    {
        if (!FirefoxProgram.IsInstalled)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", FirefoxProgram.Absent);
            Assert.Skip(FirefoxProgram.Absent);
        }

        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await using var own = preferences.Length > 0 ? await FirefoxProgram.StartAsync([.. Always, .. preferences]) : null;
            var program = own ?? await SharedAsync();
            await using var tab = await program.OpenAsync();
            await test(tab);
        }
        finally
        {
            _one.Release();
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    // A Firefox that a failed test made unusable is replaced, so that no other test fails.
    private async Task<FirefoxProgram> SharedAsync()
    {
        if (_program is { IsConnected: false } lost)
        {
            _program = null;
            await lost.DisposeAsync();
        }

        return _program ??= await FirefoxProgram.StartAsync(Always);
    }

    public async ValueTask DisposeAsync()
    {
        _one.Dispose();
        if (_program is not null)
            await _program.DisposeAsync();
    }
}
