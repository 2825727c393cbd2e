using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>
/// Storage libraries write a key of their own, read it and remove it before they use a storage. The key is in no table. The test succeeds, declared
/// keys are stored, and the library's key is not.
/// </summary>
public sealed class StorageLibrariesTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    // Each returns whether the storage can be used.
    private const string FeatureTests = """
        ({
          store: storage => { const key = '__storejs__'; storage.setItem(key, key); const ok = storage.getItem(key) === key; storage.removeItem(key); return ok },
          localForage: storage => { const key = '_localforage_support_test'; storage.setItem(key, true); storage.removeItem(key); return true },
          lscache: storage => { const key = '__lscachetest__'; storage.setItem(key, key); storage.removeItem(key); return !(key in storage) },
          modernizr: storage => { storage.setItem('modernizr', 'modernizr'); storage.removeItem('modernizr'); return true },
          property: storage => { storage.__probe__ = 'x'; const ok = storage.__probe__ === 'x'; delete storage.__probe__; return ok && storage.__probe__ === undefined },
          counted: storage => { const before = storage.length; storage.setItem('_probe', 1); const ok = storage.length === before + 1 && Object.keys(storage).includes('_probe'); storage.removeItem('_probe'); return ok },
          defined: storage => { Object.defineProperty(storage, '_probe', { value: 'x', configurable: false }); return storage.getItem('_probe') === 'x' },
          left: storage => { storage.setItem('_left', 'x'); return storage.getItem('_left') === 'x' },
        })
        """;

    [Theory, MemberData(nameof(Names))]
    public Task Feature_tests_of_storage_libraries_succeed_and_leave_nothing(string name) => RunAsync(name, async tab =>
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        await tab.GotoAsync(server.BareUrl);
        await tab.EvaluateAsync<string>($"document.cookie = 'cookies_preferences={PageServer.Cookie(server.Notice, PageServer.Today, ["statistics"])}; path=/'");
        await tab.GotoAsync(server.Url);

        Assert.Equal("", await tab.EvaluateAsync<string>($$"""
            (async () => {
              const failed = [];
              for (const kind of ['localStorage', 'sessionStorage']) {
                for (const [name, test] of Object.entries({{FeatureTests}})) {
                  if (!test(window[kind])) failed.push(kind + ' ' + name);
                  await 0;
                  if (window[kind].length) failed.push(kind + ' after ' + name + ': ' + Object.keys(window[kind]));
                }
              }
              localStorage.setItem('stats-1', 'x');
              await new Promise(done => setTimeout(done));
              if (localStorage.getItem('stats-1') !== 'x') failed.push('the declared key is gone');
              return failed.join();
            })()
            """));
    });

    // A key that the table lists is refused at once: that the storage seems not to work there is the visitor's choice.
    [Theory, MemberData(nameof(Names))]
    public Task A_listed_key_that_is_not_granted_cannot_be_read_back(string name) => RunAsync(name, async tab =>
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        await tab.GotoAsync(server.Url);

        Assert.Equal("null 0", await tab.EvaluateAsync<string>(
            "(() => { localStorage.setItem('stats-1', 'x'); localStorage['stats-2'] = 'x'; return `${localStorage.getItem('stats-1')} ${localStorage.length}` })()"));
    });

    // The rest of a script does not run once its frame is removed, nor does what it left for later.
    [Theory, MemberData(nameof(Names))]
    public Task A_frame_that_is_removed_and_a_page_that_is_left_at_once_leave_no_key(string name) => RunAsync(name, async tab =>
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        server.Body = "<script>if (self !== top && location.hash) { localStorage.own = sessionStorage.own = 1; frameElement.remove() }</script>";
        await tab.GotoAsync(server.Url);
        await tab.EvaluateAsync<string>("""
            (async () => {
              const frame = document.body.appendChild(document.createElement('iframe'));
              frame.src = '/frame#remove';
              while (frame.isConnected) await new Promise(done => setTimeout(done, 10));
              const blank = document.body.appendChild(document.createElement('iframe'));
              blank.contentWindow.localStorage.blank = 1;
              blank.remove();
            })()
            """);
        Assert.Equal("0 0", await tab.EvaluateAsync<string>("`${localStorage.length} ${sessionStorage.length}`"));

        await tab.LoadsAsync(() => tab.EvaluateAsync<string>("(() => { localStorage.left = sessionStorage.left = 1; document.body.appendChild(Object.assign(document.createElement('a'), { href: '/bare' })).click(); return '' })()"));
        Assert.Equal("0 0", await tab.EvaluateAsync<string>("`${localStorage.length} ${sessionStorage.length}`"));
    });
}
