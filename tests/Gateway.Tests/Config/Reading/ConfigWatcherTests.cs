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
    private readonly List<string> _reported = [];
    private ConfigWatcher? _watcher;

    [Fact]
    public async Task A_file_with_a_new_date_and_the_same_content_is_not_a_change()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        await CheckAsync();
        File.SetLastWriteTimeUtc(_folder.File("a.json"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal("", await CheckAsync());
    }

    [Fact]
    public async Task A_change_is_applied_and_its_warnings_are_reported()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        await CheckAsync();
        _folder.WriteSite("a.json", "a", "b.example.org", "\"consentCookie\": { \"days\": 90 },");

        Assert.Equal(
            """
            a: b.example.org
            a.json:5:30 warning: sites[0].consentCookie.days: "90" differs from six months, which the CNIL recommends. Use 182.
            """,
            await CheckAsync());
        Assert.Equal("", await CheckAsync());
    }

    [Fact]
    public async Task A_warning_is_reported_once_for_as_long_as_its_cause_stays()
    {
        _folder.WriteSite("a.json", "a", "a.example.org", "\"consentCookie\": { \"days\": 90 },");
        await CheckAsync();
        _folder.WriteSite("a.json", "a", "b.example.org", "\n\"consentCookie\": { \"days\": 90 },");
        Assert.Equal("a: b.example.org", await CheckAsync());

        _folder.WriteSite("a.json", "a", "b.example.org");
        Assert.Equal("a: b.example.org", await CheckAsync());
        _folder.WriteSite("a.json", "a", "b.example.org", "\"consentCookie\": { \"days\": 90 },");
        Assert.Contains("warning: sites[0].consentCookie.days", await CheckAsync());
    }

    [Fact]
    public async Task The_warnings_of_an_invalid_file_are_not_reported()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        await CheckAsync();
        _folder.WriteSite("a.json", "a", "a.example.org", "\"consentCookie\": { \"days\": 90 }, \"paty\": 1,");
        var reported = await CheckAsync();

        Assert.Contains("paty: is not a known key here", reported);
        Assert.DoesNotContain("warning", reported);
    }

    [Fact]
    public async Task An_invalid_file_is_reported_once_and_keeps_its_previous_sites_while_other_files_change()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        _folder.WriteSite("b.json", "b", "b.example.org");
        await CheckAsync();
        _folder.Write("a.json", "{ \"sites\": [}");
        _folder.WriteSite("b.json", "b", "new.example.org");

        Assert.Equal(
            "a.json:1:13: is not valid JSON: '}' is an invalid start of a value.\na: a.example.org\nb: new.example.org",
            await CheckAsync());
        Assert.Equal("", await CheckAsync());

        _folder.Write("a.json", "{ \"sites\": [");
        Assert.Equal("a.json:1:13: is not valid JSON: the file ends before all braces and brackets are closed.", await CheckAsync());
        Assert.Equal("", await CheckAsync());

        _folder.WriteSite("a.json", "a", "corrected.example.org");
        Assert.Equal("a: corrected.example.org\nb: new.example.org", await CheckAsync());
    }

    [Fact]
    public async Task A_file_with_a_host_of_another_file_waits_until_the_host_is_free()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        _folder.WriteSite("b.json", "b", "b.example.org");
        await CheckAsync();
        _folder.WriteSite("b.json", "b", "a.example.org");

        Assert.Equal(
            "b.json:2:24 sites[0].hosts[0]: \"a.example.org\" is already a host of a.json sites[0]. Remove it from one of the two sites.",
            await CheckAsync());
        Assert.Equal("", await CheckAsync());

        _folder.WriteSite("a.json", "a", "c.example.org");
        Assert.Equal("a: c.example.org\nb: a.example.org", await CheckAsync());
    }

    [Fact]
    public async Task Two_files_can_exchange_their_hosts_in_one_change()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        _folder.WriteSite("b.json", "b", "b.example.org");
        await CheckAsync();
        _folder.WriteSite("a.json", "a", "b.example.org");
        _folder.WriteSite("b.json", "b", "a.example.org");

        Assert.Equal("a: b.example.org\nb: a.example.org", await CheckAsync());
    }

    [Fact]
    public async Task Added_and_removed_files_add_and_remove_their_sites()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        await CheckAsync();
        _folder.WriteSite("b.json", "b", "b.example.org");
        Assert.Equal("a: a.example.org\nb: b.example.org", await CheckAsync());

        _folder.Delete("a.json");
        Assert.Equal("b: b.example.org", await CheckAsync());

        _folder.Delete("b.json");
        Assert.Equal("FOLDER: contains no *.json file. Add one file for each site or group of sites.", await CheckAsync());
        Assert.Equal("", await CheckAsync());

        _folder.WriteSite("b.json", "b", "b.example.org");
        Assert.Equal("", await CheckAsync());
    }

    [Fact]
    public async Task Removing_the_last_site_is_not_applied()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        _folder.Write("process.json", "{ \"listen\": [\"http://*:80\"] }");
        await CheckAsync();
        _folder.Delete("a.json");

        Assert.Equal("FOLDER: has no site. Add one under \"sites\".", await CheckAsync());
        Assert.Equal("", await CheckAsync());
    }

    [Fact]
    public async Task An_update_of_a_ConfigMap_is_a_change()
    {
        ConfigMap.Mount(_folder, "1", ("a.json", $"{{ \"sites\": [ {World.SiteJson("a", "a.example.org")} ] }}"));
        await CheckAsync();
        ConfigMap.Mount(_folder, "2", ("a.json", $"{{ \"sites\": [ {World.SiteJson("a", "b.example.org")} ] }}"));

        Assert.Equal("a: b.example.org", await CheckAsync());
    }

    [Fact]
    public async Task A_change_of_the_process_settings_is_reported_and_not_applied()
    {
        _folder.WriteSite("a.json", "a", "a.example.org", top: "\"listen\": [\"http://*:80\"],");
        await CheckAsync();
        _folder.WriteSite("a.json", "a", "a.example.org", top: "\"listen\": [\"http://*:81\"],");

        Assert.Equal(
            "a: a.example.org\nFOLDER warning: listen: has changed, but is only read at startup. Restart the gateway to apply the change.",
            await CheckAsync());
    }

    [Fact]
    public async Task The_files_are_checked_every_two_seconds_even_if_a_callback_throws()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        var watcher = Watcher();
        using var stop = new CancellationTokenSource();
        var changes = new SemaphoreSlim(0);
        var problems = new SemaphoreSlim(0);
        var hosts = new List<string>();
        var running = watcher.RunAsync(Throw, Report, stop.Token);

        // What is there after 1.9 seconds only is not read before two.
        _folder.WriteSite("a.json", "a", "early.example.org");
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        _folder.WriteSite("a.json", "a", "b.example.org");
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await changes.WaitAsync(TestContext.Current.CancellationToken);
        await problems.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["b.example.org"], hosts);
        Assert.Equal("FOLDER: could not be applied: no routes", _reported[^1]);

        _folder.WriteSite("a.json", "a", "c.example.org");
        _clock.Advance(TimeSpan.FromSeconds(2));
        await changes.WaitAsync(TestContext.Current.CancellationToken);

        await stop.CancelAsync();
        await running;

        Task Throw(GatewayConfig config, IReadOnlyList<Diagnostic> warnings)
        {
            hosts.AddRange(config.Sites[0].Hosts);
            changes.Release();
            throw new InvalidOperationException("no routes");
        }

        void Report(IReadOnlyList<Diagnostic> reported)
        {
            _reported.Add(_folder.Problems(reported));
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

    /// <summary>Checks the files once and returns what was reported, in order. The first call only creates the watcher.</summary>
    private async Task<string> CheckAsync()
    {
        _reported.Clear();
        if (_watcher is null)
            _watcher = Watcher();
        else
            await _watcher.CheckAsync(Apply, problems => _reported.Add(_folder.Problems(problems)));
        return string.Join('\n', _reported);

        Task Apply(GatewayConfig config, IReadOnlyList<Diagnostic> warnings)
        {
            _reported.AddRange(config.Sites.Select(site => $"{site.Id}: {string.Join(' ', site.Hosts)}"));
            if (warnings.Count > 0)
                _reported.Add(_folder.Problems(warnings));
            return Task.CompletedTask;
        }
    }
}
