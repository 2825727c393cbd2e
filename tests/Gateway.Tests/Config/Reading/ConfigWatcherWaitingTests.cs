using Gateway.Config;
using Gateway.Config.Reading;
using Xunit;
using Gateway.Tests.Support;

namespace Gateway.Tests.Config.Reading;

/// <summary>A file that is valid, but does not go with the others, waits: only in the form in which it was last read.</summary>
public sealed class ConfigWatcherWaitingTests : IDisposable
{
    private readonly ConfigFolder _folder = new();
    private readonly List<string> _live = [];
    private readonly List<string> _problems = [];
    private ConfigWatcher? _watcher;

    [Fact]
    public async Task A_file_that_waits_goes_live_once_it_goes_with_the_others()
    {
        await StartAsync();
        await WriteAsync("b.json", "b", "a.example.org");
        Assert.Equal(["a: a.example.org", "b: b.example.org"], _live);

        await WriteAsync("a.json", "a", "c.example.org");
        Assert.Equal(["a: c.example.org", "b: a.example.org"], _live);
    }

    [Fact]
    public async Task A_file_that_waited_and_is_broken_since_does_not_go_live()
    {
        await StartAsync();
        await WriteAsync("b.json", "b", "a.example.org");
        _folder.Write("b.json", "{ \"sites\": [");
        await LookAsync();

        await WriteAsync("a.json", "a", "c.example.org");
        Assert.Equal(["a: c.example.org", "b: b.example.org"], _live);
    }

    [Fact]
    public async Task A_file_that_waited_and_was_changed_since_goes_live_as_it_is_now()
    {
        await StartAsync();
        await WriteAsync("b.json", "b", "a.example.org");
        await WriteAsync("b.json", "b", "d.example.org");
        Assert.Equal(["a: a.example.org", "b: d.example.org"], _live);

        await WriteAsync("a.json", "a", "c.example.org");
        Assert.Equal(["a: c.example.org", "b: d.example.org"], _live);
    }

    [Fact]
    public async Task A_file_that_waited_and_is_gone_does_not_go_live()
    {
        await StartAsync();
        await WriteAsync("b.json", "b", "a.example.org");
        _folder.Delete("b.json");
        await LookAsync();

        await WriteAsync("a.json", "a", "c.example.org");
        Assert.Equal(["a: c.example.org"], _live);
    }

    [Fact]
    public async Task A_file_that_still_waits_is_reported_once()
    {
        await StartAsync();
        await WriteAsync("b.json", "b", "a.example.org");
        Assert.Single(_problems);

        await WriteAsync("c.json", "c", "e.example.org");
        Assert.Single(_problems);
        Assert.Equal(["a: a.example.org", "b: b.example.org", "c: e.example.org"], _live);
    }

    public void Dispose() => _folder.Dispose();

    private async Task StartAsync()
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        _folder.WriteSite("b.json", "b", "b.example.org");
        var loaded = _folder.Load();
        _watcher = new ConfigWatcher(_folder.Path, loaded, World.Clock(), World.Variable);
        await TakeAsync(loaded.Config, []);
    }

    private async Task WriteAsync(string file, string id, string host)
    {
        _folder.WriteSite(file, id, host);
        await LookAsync();
    }

    private Task LookAsync() => _watcher!.CheckAsync(TakeAsync, problems => _problems.AddRange(problems.Select(problem => problem.ToString())));

    private Task TakeAsync(GatewayConfig config, IReadOnlyList<Diagnostic> warnings)
    {
        _live.Clear();
        _live.AddRange(config.Sites.Select(site => $"{site.Id}: {string.Join(' ', site.Hosts)}"));
        return Task.CompletedTask;
    }
}
