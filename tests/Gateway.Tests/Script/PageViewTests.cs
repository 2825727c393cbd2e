using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>A page sees the same cookies, storage and errors with and without the guard, except for refused writes.</summary>
public sealed class PageViewTests(Browser browser, Firefox firefox)
{
    // Each function returns a value or throws an error. Keys that begin with "stats-" are granted.
    private const string Looks = """
        lengths: () => [localStorage.length, sessionStorage.length, document.cookie.includes('stats')],
        set: () => { 'use strict'; localStorage['stats-a'] = 1; localStorage['stats-b'] = { toString: () => 'text' }; return [localStorage['stats-a'], localStorage['stats-b'], localStorage.length] },
        again: () => { localStorage['stats-a'] = 2; return localStorage.getItem('stats-a') },
        keys: () => [Object.keys(localStorage).sort(), Object.values(localStorage).sort(), JSON.stringify({ ...localStorage }).length, JSON.stringify(localStorage).length],
        walk: () => { const seen = []; for (const key in localStorage) seen.push(key); return seen.sort() },
        key: () => [localStorage.key(0) !== null, localStorage.key(99), localStorage.getItem('none'), localStorage.none],
        has: () => { 'use strict'; return ['stats-a' in localStorage, 'none' in localStorage, Object.hasOwn(localStorage, 'stats-a'), localStorage.hasOwnProperty('length'), delete localStorage['stats-a'], delete localStorage.none, 'stats-a' in localStorage] },
        describe: () => JSON.stringify(Object.getOwnPropertyDescriptor(localStorage, 'stats-b')),
        define: () => [Object.defineProperty(localStorage, 'stats-c', { value: 'v' }) === localStorage, Reflect.defineProperty(localStorage, 'stats-c', { value: 'w' }), Reflect.set(localStorage, 'stats-d', 'x'), localStorage['stats-c'], localStorage['stats-d']],
        otherReceiver: () => { const other = {}; return [Reflect.set(localStorage, 'stats-e', 'v', other), other['stats-e'], localStorage['stats-e'] ?? null] },
        inherits: () => { const child = Object.create(localStorage); child['stats-f'] = 1; return [Object.keys(child), localStorage['stats-f'] ?? null, child['stats-b']] },
        lengthIsNoKey: () => { 'use strict'; localStorage.length = 7 },
        same: () => [localStorage === localStorage, window.localStorage === localStorage, localStorage === sessionStorage, new Set([localStorage, self.localStorage]).size],
        type: () => [localStorage instanceof Storage, String(localStorage), Object.prototype.toString.call(sessionStorage), localStorage.constructor === Storage, Object.getPrototypeOf(localStorage) === Storage.prototype, Storage.prototype.constructor === Storage, typeof localStorage],
        call: () => { Storage.prototype.setItem.call(localStorage, 'stats-g', 'v'); return [Storage.prototype.getItem.call(localStorage, 'stats-g'), Storage.prototype.getItem.apply(localStorage, ['stats-g'])] },
        wrongThis: () => Storage.prototype.getItem.call({}, 'stats-a'),
        tooFew: () => localStorage.setItem('stats-a'),
        symbolValue: () => { localStorage['stats-h'] = Symbol() },
        symbolKey: () => { 'use strict'; localStorage[Symbol.for('own')] = 1; return localStorage[Symbol.for('own')] },
        ownError: () => { try { localStorage['stats-i'] = { toString() { throw new RangeError() } } } catch (error) { return error.name } },
        full: () => { 'use strict'; localStorage['stats-j'] = 'x'.repeat(2e7) },
        freeze: () => Object.freeze(localStorage),
        extensible: () => [Object.isExtensible(localStorage), Object.isFrozen(sessionStorage), Reflect.preventExtensions(localStorage)],
        descriptors: () => [[window, 'localStorage'], [window, 'sessionStorage'], [Storage.prototype, 'setItem'], [Storage.prototype, 'length'], [Document.prototype, 'cookie'], [window, 'StorageEvent'], [StorageEvent.prototype, 'storageArea'], [HTMLIFrameElement.prototype, 'contentWindow']].map(([place, name]) => {
          const { value, get, set, ...rest } = Object.getOwnPropertyDescriptor(place, name);
          return [rest, ...[value, get, set].map(one => one && [one.name, one.length, /\[native code\]/.test(one), 'prototype' in one, typeof one])];
        }),
        names: () => [Storage, Document, HTMLIFrameElement, StorageEvent].map(type => Object.getOwnPropertyNames(type.prototype).filter(name => name !== 'setAttribute').sort()),
        event: () => { const event = new StorageEvent('storage', { storageArea: localStorage, key: 'k', newValue: 'v' }); return [event.storageArea === localStorage, event.key, event.newValue, event.type, event instanceof StorageEvent, event.constructor === StorageEvent, new StorageEvent('x').storageArea, new StorageEvent('x', null).key] },
        oldEvent: () => { const event = document.createEvent('StorageEvent'); event.initStorageEvent('y', false, false, 'k', null, null, '', sessionStorage); return [event.storageArea === sessionStorage, event.key] },
        ownEvent: () => { class Own extends StorageEvent {} const event = new Own('x', { storageArea: localStorage }); return [event instanceof Own, event.storageArea === localStorage] },
        calledEvent: () => StorageEvent('x'),
        noEvent: () => new StorageEvent(),
        otherDocument: () => new Promise(done => {
          addEventListener('storage', event => done([event.key, event.newValue, event.storageArea === localStorage]), { once: true });
          document.body.appendChild(document.createElement('iframe')).contentWindow.localStorage['stats-k'] = 'v';
        }),
        frame: () => { const win = document.querySelector('iframe').contentWindow; win.localStorage['stats-l'] = 1; return [win === window[0], win.localStorage instanceof win.Storage, win.localStorage instanceof Storage, localStorage['stats-l'], win.document === document.querySelector('iframe').contentDocument] },
        cookie: () => { document.cookie = 'csrftoken=1; path=/; samesite=lax'; document.cookie = ' sessionid = a=b '; return document.cookie.split('; ').filter(one => !one.startsWith('cookies_')).sort() },
        cookieGoes: () => { document.cookie = 'csrftoken=; expires=Thu, 01-Jan-1970 00:00:00 GMT; path=/'; return document.cookie.includes('csrftoken') },
        cookieOdd: () => { for (const odd of ['', ';', ';;;', '=', ';path=/']) document.cookie = odd; return [Object.hasOwn(document, 'cookie'), 'cookie' in document] },
        cookieSymbol: () => { document.cookie = Symbol() },
        cookieWrongThis: () => Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').get.call({}),
        store: async () => { await cookieStore.set('sessionid', 'c'); await cookieStore.set({ name: 'csrftoken', value: 'd', path: '/', sameSite: 'lax' }); await cookieStore.delete('csrftoken'); return (await cookieStore.getAll()).map(one => one.name + one.value).filter(one => !one.startsWith('cookies_')).sort() },
        storeErrors: () => Promise.all([cookieStore.set(), cookieStore.set('a'), cookieStore.set({}), cookieStore.set({ name: 'sessionid', value: ';' }), cookieStore.delete()].map(one => one.catch(error => error.name))),
        clear: () => { localStorage.removeItem('stats-b'); localStorage.clear(); return [localStorage.length, Object.keys(localStorage)] },
        """;

    private const string Look = $$"""
        (async () => {
          const seen = [];
          for (const [name, look] of Object.entries({ {{Looks}} })) {
            try { seen.push(name + ': ' + JSON.stringify(await look())) } catch (error) { seen.push(name + ': throws ' + error.name) }
          }
          return seen;
        })()
        """;

    [Fact]
    public Task A_page_sees_the_same_with_and_without_the_guard_in_Chromium() => browser.RunAsync(page => IsTheSameAsync(new ChromiumTab(page)));

    [Fact]
    public Task A_page_sees_the_same_with_and_without_the_guard_in_Firefox() => firefox.RunAsync(IsTheSameAsync);

    private static async Task IsTheSameAsync(ITab tab)
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        await tab.GotoAsync(server.BareUrl);
        var choice = PageServer.Cookie(server.Notice, PageServer.Today, ["statistics"]);
        await tab.EvaluateAsync<string>($"document.cookie = 'cookies_preferences={choice}; path=/'");
        await tab.GotoAsync(server.Url);
        var guarded = await tab.EvaluateAsync<string[]>(Look);
        await tab.GotoAsync(server.BareUrl);
        var bare = await tab.EvaluateAsync<string[]>(Look);

        Assert.Equal(bare, guarded);
    }
}
