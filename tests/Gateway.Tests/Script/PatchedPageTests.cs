using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>A page that replaces built-in functions after the guard has started cannot break or bypass it, or access its hidden objects.</summary>
public sealed class PatchedPageTests(Browser browser, Firefox firefox)
{
    private static readonly string[] Patches = ["throws", "lies", "pollutes"];

    // In each mode, the steps of the page use no function that the page has replaced.
    private const string Patched = """
        (async mode => {
          const local = localStorage;
          const session = sessionStorage;
          const proto = Storage.prototype;
          const leaks = [];
          const { getOwnPropertyDescriptor, ownKeys, apply } = Reflect;
          const isHidden = one => typeof one === 'object' && one !== null && one !== local && one !== session && one.__proto__ === proto;
          let armed = false;
          if (mode === 'pollutes') {
            for (const name of ['apply', 'construct', 'defineProperty', 'getOwnPropertyDescriptor', 'has', 'ownKeys', 'deleteProperty', 'getPrototypeOf', 'storage', 'name', 'maxAge', 'kind', 'seconds', 'statistics', 'number', 'audience', 'days'])
              Object.prototype[name] = one => { if (isHidden(one)) leaks[leaks.length] = name };
          } else {
            const changes = [];
            for (const place of [String, Array, RegExp, Map, Set, WeakMap, WeakSet, Function, Number, Promise, Object, Date].map(one => one.prototype).concat(Object, Reflect, Math, JSON, Date, Array)) {
              for (const name of ownKeys(place)) {
                const found = getOwnPropertyDescriptor(place, name);
                if (name === 'constructor' || !found || typeof found.value !== 'function' || !found.writable) continue;
                changes.push([place, name, function (...args) {
                  if (!armed) return apply(found.value, this, args);
                  if (isHidden(this) || isHidden(args[0]) || isHidden(args[1])) leaks[leaks.length] = String(name);
                  if (mode === 'throws') throw new Error(name);
                  return place === RegExp.prototype ? ['csrftoken', 'csrftoken', 'csrftoken'] : true;
                }]);
              }
            }
            for (let i = 0; i < changes.length; i++) changes[i][0][changes[i][1]] = changes[i][2];
            window.Proxy = window.WeakMap = window.Date = window.Reflect = window.RegExp = function () { throw new Error('gone') };
          }
          const errors = [];
          const step = act => { try { act() } catch (error) { errors[errors.length] = error.message } };
          armed = true;
          step(() => { document.cookie = 'evil=1' });
          step(() => { document.cookie = 'csrftoken=1; max-age=99999999; path=/' });
          step(() => { local.evil = 1 });
          step(() => { local.setItem('evil', 1) });
          step(() => { local.setItem('stats-b', 1) });
          step(() => { session.evil = 1 });
          let frame;
          step(() => { frame = document.createElement('iframe'); document.body.appendChild(frame) });
          step(() => { frame.contentWindow.document.cookie = 'evil=1' });
          step(() => { window[0].localStorage.evil = 1 });
          step(() => { frame.contentWindow.sessionStorage.setItem('evil', 1) });
          step(() => { cookieStore.set('evil', '1') });
          await 0;
          armed = false;
          return [leaks.length, errors.length && errors[0], local.length, session.length, local['stats-b'], document.cookie.includes('csrftoken=1'), document.cookie.includes('evil')] + '';
        })
        """;

    [Fact]
    public Task Replaced_built_in_functions_do_not_affect_the_guard_in_Chromium() => browser.RunAsync(page => HoldsAsync(new ChromiumTab(page)));

    [Fact]
    public Task Replaced_built_in_functions_do_not_affect_the_guard_in_Firefox() => firefox.RunAsync(HoldsAsync);

    private static async Task HoldsAsync(ITab tab)
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        var choice = PageServer.Cookie(server.Notice, PageServer.Today, ["statistics"]);
        foreach (var mode in Patches)
        {
            await tab.GotoAsync(server.BareUrl);
            await tab.EvaluateAsync<string>($"document.cookie = 'cookies_preferences={choice}; path=/'");
            await tab.GotoAsync(server.Url);
            Assert.Equal((mode, "0,0,1,0,1,true,false"), (mode, await tab.EvaluateAsync<string>($"{Patched}('{mode}')")));
        }
    }
}
