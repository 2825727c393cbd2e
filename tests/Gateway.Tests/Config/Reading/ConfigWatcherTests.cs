using Gateway.Config;
using Gateway.Config.Reading;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Config.Reading;

public sealed class ConfigWatcherTests : IDisposable
{
    private readonly ConfigFolder _folder = new();
    private readonly FakeTimeProvider _clock = World.Clock();
    private readonly List<string> _told = [];
    private ConfigWatcher? _watcher;

    [Fact]
    public async Task What_does_not_change_is_not_told()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        await LookAsync();
        File.SetLastWriteTimeUtc(_folder.File("a.json"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal("", await LookAsync());
    }

    [Fact]
    public async Task A_change_is_handed_on_with_its_warnings()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        await LookAsync();
        _folder.WriteSite("a.json", "a", "b.example.org", "\"consentCookie\": { \"days\": 90 },");

        Assert.Equal(
            """
            a: b.example.org
            a.json:5:30 warning: sites[0].consentCookie.days: "90" is not six months, the CNIL's good practice. Write 182.
            """,
            await LookAsync());
        Assert.Equal("", await LookAsync());
    }

    [Fact]
    public async Task A_broken_file_is_told_once_and_keeps_its_old_sites_only()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        _folder.WriteSite("b.json", "b", "b.example.org");
        await LookAsync();
        _folder.Write("a.json", "{ \"sites\": [}");
        _folder.WriteSite("b.json", "b", "new.example.org");

        Assert.Equal(
            "a.json:1:13: is not JSON: '}' is an invalid start of a value.\na: a.example.org\nb: new.example.org",
            await LookAsync());
        Assert.Equal("", await LookAsync());

        _folder.Write("a.json", "{ \"sites\": [");
        Assert.Equal("a.json:1:13: is not JSON: the file ends before every brace and bracket is closed.", await LookAsync());
        Assert.Equal("", await LookAsync());

        _folder.WriteSite("a.json", "a", "mended.example.org");
        Assert.Equal("a: mended.example.org\nb: new.example.org", await LookAsync());
    }

    [Fact]
    public async Task A_file_that_takes_what_another_has_keeps_its_old_content()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        _folder.WriteSite("b.json", "b", "b.example.org");
        await LookAsync();
        _folder.WriteSite("b.json", "b", "a.example.org");

        Assert.Equal(
            "b.json:2:24 sites[0].hosts[0]: \"a.example.org\" is a host of a.json sites[0] already. Keep it in one of the two.",
            await LookAsync());
        Assert.Equal("", await LookAsync());

        _folder.WriteSite("a.json", "a", "c.example.org");
        Assert.Equal("a: c.example.org\nb: a.example.org", await LookAsync());
    }

    [Fact]
    public async Task Two_files_may_exchange_their_hosts_at_once()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        _folder.WriteSite("b.json", "b", "b.example.org");
        await LookAsync();
        _folder.WriteSite("a.json", "a", "b.example.org");
        _folder.WriteSite("b.json", "b", "a.example.org");

        Assert.Equal("a: b.example.org\nb: a.example.org", await LookAsync());
    }

    [Fact]
    public async Task Files_come_and_go_with_their_sites()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        await LookAsync();
        _folder.WriteSite("b.json", "b", "b.example.org");
        Assert.Equal("a: a.example.org\nb: b.example.org", await LookAsync());

        _folder.Delete("a.json");
        Assert.Equal("b: b.example.org", await LookAsync());

        _folder.Delete("b.json");
        Assert.Equal("FOLDER: holds no *.json file. What was there before stays in effect.", await LookAsync());
        Assert.Equal("", await LookAsync());

        _folder.WriteSite("b.json", "b", "b.example.org");
        Assert.Equal("", await LookAsync());
    }

    [Fact]
    public async Task The_last_site_is_never_lost()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        _folder.Write("process.json", "{ \"listen\": [\"http://*:80\"] }");
        await LookAsync();
        _folder.Delete("a.json");

        Assert.Equal("FOLDER: names no site. Add one under \"sites\".", await LookAsync());
        Assert.Equal("", await LookAsync());
    }

    [Fact]
    public async Task A_swapped_ConfigMap_is_a_change()
    {
        ConfigMap.Mount(_folder, "1", ("a.json", $"{{ \"sites\": [ {World.SiteJson("a", "a.example.org")} ] }}"));
        await LookAsync();
        ConfigMap.Mount(_folder, "2", ("a.json", $"{{ \"sites\": [ {World.SiteJson("a", "b.example.org")} ] }}"));

        Assert.Equal("a: b.example.org", await LookAsync());
    }

    [Fact]
    public async Task What_is_read_at_start_only_is_told_and_stays()
    {
        _folder.WriteSite("a.json", "a", "a.example.org", top: "\"listen\": [\"http://*:80\"],");
        await LookAsync();
        _folder.WriteSite("a.json", "a", "a.example.org", top: "\"listen\": [\"http://*:81\"],");

        Assert.Equal(
            "a: a.example.org\nFOLDER warning: listen: has changed, but is read at start only. It takes effect at the next start.",
            await LookAsync());
    }

    [Fact]
    public async Task It_looks_every_two_seconds_and_survives_its_callbacks()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        var watcher = Watcher();
        using var stop = new CancellationTokenSource();
        var changes = new SemaphoreSlim(0);
        var problems = new SemaphoreSlim(0);
        var running = watcher.RunAsync(Throw, Report, stop.Token);

        _folder.WriteSite("a.json", "a", "b.example.org");
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(await changes.WaitAsync(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await changes.WaitAsync(TestContext.Current.CancellationToken);
        await problems.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("FOLDER: could not be put into effect: no routes", _told[^1]);

        _folder.WriteSite("a.json", "a", "c.example.org");
        _clock.Advance(TimeSpan.FromSeconds(2));
        await changes.WaitAsync(TestContext.Current.CancellationToken);

        await stop.CancelAsync();
        await running;

        Task Throw(GatewayConfig config, IReadOnlyList<Diagnostic> warnings)
        {
            changes.Release();
            throw new InvalidOperationException("no routes");
        }

        void Report(IReadOnlyList<Diagnostic> reported)
        {
            _told.Add(_folder.Problems(reported));
            problems.Release();
            throw new InvalidOperationException("no log");
        }
    }

    public void Dispose() => _folder.Dispose();

    private ConfigWatcher Watcher()
    {
        var loaded = _folder.Load();
        Assert.Equal("", _folder.Problems(loaded.Errors));
        return new ConfigWatcher(_folder.Path, loaded, _clock, World.Variable);
    }

    /// <summary>Looks once; the first time, only starts. What was told, in its order.</summary>
    private async Task<string> LookAsync()
    {
        _told.Clear();
        if (_watcher is null)
            _watcher = Watcher();
        else
            await _watcher.LookAsync(Take, problems => _told.Add(_folder.Problems(problems)));
        return string.Join('\n', _told);

        Task Take(GatewayConfig config, IReadOnlyList<Diagnostic> warnings)
        {
            _told.AddRange(config.Sites.Select(site => $"{site.Id}: {string.Join(' ', site.Hosts)}"));
            if (warnings.Count > 0)
                _told.Add(_folder.Problems(warnings));
            return Task.CompletedTask;
        }
    }
}
