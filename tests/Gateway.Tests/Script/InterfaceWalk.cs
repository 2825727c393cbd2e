namespace Gateway.Tests.Script;

/// <summary>
/// JavaScript expressions that use every member of the storage and cookie interfaces, in valid and invalid ways. Each returns a list of results:
/// the use, and what it returned or threw. On a page with the guard, the results are the same as on a page without it.
/// </summary>
internal static class InterfaceWalk
{
    private const string Tools = """
        const results = [];
        const text = value => {
          if (typeof value === 'function') return ['function', value.name, value.length, Function.prototype.toString.call(value), `${value}`, 'prototype' in value].join('/');
          if (typeof value === 'symbol') return value.toString();
          if (value && typeof value === 'object') return Object.prototype.toString.call(value) + (Object.getPrototypeOf(value) === Object.prototype ? Object.keys(value).map(key => key + ':' + (key === 'expires' ? value[key] !== null : text(value[key]))) : '');
          return typeof value + ' ' + value;
        };
        const describe = (target, key) => {
          const found = Reflect.getOwnPropertyDescriptor(target, key);
          return found ? Object.entries(found).map(([name, value]) => `${name}=${text(value)}`).join() : 'none';
        };
        const attempt = (label, act) => {
          try { results.push(`${label} -> ${text(act())}`) } catch (error) { results.push(`${label} throws ${error.name}`) }
        };
        const attemptLater = async (label, act) => {
          let made;
          try { made = act() } catch (error) { results.push(`${label} throws at once ${error.name}`); return }
          try { results.push(`${label} -> ${made instanceof Promise} ${text(await made)}`) } catch (error) { results.push(`${label} rejects ${error.name}`) }
        };
        const say = (name, value) => ({ name, toString: () => (results.push(name + ' as text'), value), valueOf: () => (results.push(name + ' as value'), value) });
        const bad = { toString() { throw new RangeError() } };
        const receivers = { object: {}, null: null, undefined, number: 5, window, storage: Storage.prototype, document: Document.prototype, child: Object.create(localStorage) };
        """;

    /// <summary>One script, without a pause.</summary>
    public const string Storage = $$"""
        (() => {
          {{Tools}}
          const keys = ['stats-1', 'length', 'key', 'getItem', 'setItem', 'toString', 'constructor', '__proto__', '0', '-1', '', 'é', '\ud800', Symbol.iterator, Symbol.for('mine'), 7];
          for (const name of Reflect.ownKeys(Storage.prototype)) attempt(`Storage.prototype.${String(name)}`, () => describe(Storage.prototype, name));
          attempt('Storage', () => Storage);
          attempt('new Storage', () => new Storage());
          attempt('Function.prototype.toString', () => describe(Function.prototype, 'toString'));
          attempt('toString of an object', () => Function.prototype.toString.call({}));
          for (const kind of ['localStorage', 'sessionStorage']) {
            const storage = window[kind];
            const state = label => attempt(`${label}: ${kind}`, () => JSON.stringify([storage, Object.keys(storage).sort(), Reflect.ownKeys(storage).map(String).sort(), storage.length, Array.from({ length: storage.length }, (_, i) => storage.key(i)).sort()]));
            storage.clear();
            attempt(kind, () => describe(window, kind));
            attempt('same', () => window[kind] === storage && self[kind] === storage && storage.valueOf() === storage);
            attempt('types', () => [storage instanceof Storage, Object.getPrototypeOf(storage) === Storage.prototype, storage.constructor === Storage, typeof storage, `${storage}`, Array.isArray(storage), Object.isExtensible(storage), Object.isFrozen(storage), Object.isSealed(storage)].join());
            for (const [label, receiver] of Object.entries(receivers)) {
              attempt(`getter on ${label}`, () => Reflect.apply(Object.getOwnPropertyDescriptor(window, kind).get, receiver, []) === storage);
              for (const name of ['key', 'getItem', 'setItem', 'removeItem', 'clear'])
                for (const args of [[], ['stats-1'], ['stats-1', '1'], ['stats-1', '1', '2']]) attempt(`${name} on ${label} ${args}`, () => Reflect.apply(Storage.prototype[name], receiver, args));
              attempt(`length on ${label}`, () => Reflect.apply(Object.getOwnPropertyDescriptor(Storage.prototype, 'length').get, receiver, []));
            }
            for (const name of ['key', 'getItem', 'setItem', 'removeItem', 'clear'])
              for (const args of [[], [undefined], [null], [0], ['0'], [NaN], [-1], [1.5], [1e20], [Symbol()], [bad], [1n], [['a', 'b']], [{}]]) attempt(`${name} ${args.map(text)}`, () => storage[name](...args));
            for (const value of [undefined, null, 0, -0, NaN, '', 'x', true, 1n, [], [1, 2], {}, () => 1, Symbol(), bad, say('value', 'v')]) {
              attempt(`setItem ${text(value)}`, () => storage.setItem('stats-1', value));
              attempt(`set ${text(value)}`, () => { storage['stats-2'] = value });
              attempt(`read ${text(value)}`, () => [storage.getItem('stats-1'), storage['stats-2']].join());
            }
            attempt('order', () => storage.setItem(say('key', 'stats-3'), say('value', 'v'), Symbol()));
            storage.clear();
            for (const key of keys) {
              const label = String(key);
              attempt(`get ${label}`, () => storage[key]);
              attempt(`set ${label}`, () => { 'use strict'; storage[key] = `value of ${label}` });
              attempt(`has ${label}`, () => [key in storage, Object.hasOwn(storage, key)].join());
              attempt(`get ${label} again`, () => storage[key]);
              attempt(`getItem ${label}`, () => storage.getItem(typeof key === 'symbol' ? '' : key));
              attempt(`descriptor of ${label}`, () => describe(storage, key));
              state(`after ${label}`);
              attempt(`delete ${label}`, () => { 'use strict'; return delete storage[key] });
              attempt(`has ${label} then`, () => key in storage);
              storage.clear();
              delete storage[key];
              for (const flags of [{}, { value: 1 }, { value: 1, writable: true, enumerable: true, configurable: true }, { value: 2, configurable: false }, { value: 3, writable: false, enumerable: false, configurable: false }, { get: () => 1 }, { set() {} }, { get: () => 1, value: 1 }, Object.create({ value: 4, configurable: false }), null, 5]) {
                const name = `${label} ${flags && JSON.stringify(flags)} ${flags && Object.keys(flags)}`;
                attempt(`defineProperty ${name}`, () => Object.defineProperty(storage, key, flags) === storage);
                attempt(`reads ${name}`, () => [String(storage[key]), describe(storage, key), storage.length].join());
                storage.clear();
                if (typeof key === 'symbol') continue;
                attempt(`Reflect.defineProperty ${name}`, () => Reflect.defineProperty(storage, key, flags));
                attempt(`reads ${name}`, () => [String(storage[key]), storage.length].join());
                attempt(`defines ${name} over another one`, () => { storage.setItem(key, 'old'); Object.defineProperty(storage, key, flags); return storage.getItem(key) });
                storage.clear();
                attempt(`defineProperties ${name}`, () => Object.defineProperties(storage, { [key]: flags, 'stats-9': { value: 9 } }) === storage);
                attempt(`reads ${name}`, () => [String(storage[key]), storage.length].join());
                storage.clear();
              }
              attempt(`Reflect.set ${label}`, () => Reflect.set(storage, key, 1));
              attempt(`Reflect.set elsewhere ${label}`, () => { const other = {}; return [Reflect.set(storage, key, 1, other), Object.keys(other)].join() });
              attempt(`Reflect.set from elsewhere ${label}`, () => Reflect.set({}, key, 1, storage));
              attempt(`child ${label}`, () => { const child = Object.create(storage); child[key] = 1; return [Object.keys(child), child[key]].join() });
              attempt(`assign ${label}`, () => Object.assign(storage, { [key]: 2 }) === storage);
              state(`after setting ${label}`);
              storage.clear();
              delete storage[key];
            }
            Object.assign(storage, { 'stats-1': 1, 'stats-2': 2 });
            attempt('copies', () => JSON.stringify([{ ...storage }, Object.entries(storage).sort(), Object.fromEntries(Object.entries(storage))]));
            attempt('for in', () => { const found = []; for (const key in storage) found.push(key); return found.sort().join() });
            attempt('iterates', () => [...storage]);
            attempt('clones', () => structuredClone(storage));
            for (const name of ['freeze', 'seal', 'preventExtensions']) attempt(name, () => Object[name](storage) === storage);
            attempt('preventExtensions by Reflect', () => Reflect.preventExtensions(storage));
            attempt('setPrototypeOf', () => [Reflect.setPrototypeOf(storage, Storage.prototype), Reflect.setPrototypeOf(storage, {}), storage.getItem === Storage.prototype.getItem].join());
            Reflect.setPrototypeOf(storage, Storage.prototype);
            attempt('an object that inherits', () => Object.create(storage).length);
            attempt('an event', () => [new StorageEvent('storage', { storageArea: storage, key: 'k' }).storageArea === storage, new StorageEvent('storage').storageArea].join());
            attempt('initialises an event', () => { const event = new StorageEvent('storage'); event.initStorageEvent('storage', false, false, 'k', 'o', 'n', 'u', storage); return event.storageArea === storage });
            for (const area of [{}, 5, 'x', Storage.prototype]) attempt(`an event of ${typeof area}`, () => new StorageEvent('storage', { storageArea: area }).storageArea);
            attempt('replaced', () => { window[kind] = 1; return window[kind] === storage });
            storage.clear();
            state('at the end');
          }
          for (const args of [[], ['x'], ['x', null], ['x', undefined], ['x', 5]]) attempt(`new StorageEvent ${args}`, () => new StorageEvent(...args));
          attempt('StorageEvent as a function', () => StorageEvent('x'));
          attempt('StorageEvent', () => [StorageEvent.name, StorageEvent.length, `${StorageEvent}`, StorageEvent.prototype.constructor === StorageEvent, Object.getPrototypeOf(StorageEvent) === Event, Object.keys(StorageEvent.prototype)].join());
          attempt('a class that extends StorageEvent', () => { class Mine extends StorageEvent {} return [new Mine('x') instanceof Mine, new Mine('x') instanceof StorageEvent].join() });
          for (const name of ['storageArea', 'initStorageEvent']) attempt(name, () => describe(StorageEvent.prototype, name));
          return results.map(one => JSON.stringify(one));
        })()
        """;

    /// <summary>A promise. On a page of a secure context.</summary>
    public const string Cookies = $$"""
        (async () => {
          {{Tools}}
          const forget = async () => {
            for (const { name } of await cookieStore.getAll()) for (const path of ['/', '/x']) for (const partitioned of [false, true]) await cookieStore.delete({ name, path, partitioned }).catch(() => {});
          };
          const state = async label => {
            results.push(`${label}: ${(await cookieStore.getAll()).map(text).sort()} ${document.cookie.split('; ').sort()}`);
            await forget();
          };
          for (const target of [CookieStore.prototype, Document.prototype, HTMLDocument.prototype])
            for (const name of target === CookieStore.prototype ? Reflect.ownKeys(target) : ['cookie']) attempt(String(name), () => describe(target, name));
          attempt('cookieStore', () => [describe(window, 'cookieStore'), cookieStore instanceof CookieStore, `${cookieStore}`, Object.keys(cookieStore)].join());
          attempt('new CookieStore', () => new CookieStore());
          receivers.cookieStore = CookieStore.prototype;
          const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
          for (const [label, receiver] of Object.entries(receivers)) {
            attempt(`document.cookie of ${label}`, () => get.call(receiver));
            for (const line of ['csrftoken=1', 'x']) attempt(`document.cookie of ${label} = ${line}`, () => set.call(receiver, line));
            attempt(`setter of ${label} without a value`, () => set.call(receiver));
            for (const name of ['set', 'delete', 'get', 'getAll'])
              for (const args of [[], ['x'], ['x', '1'], [{ name: 'x', value: '1' }]]) await attemptLater(`${name} of ${label} ${args.map(text)}`, () => Reflect.apply(CookieStore.prototype[name], receiver, args));
          }
          // Firefox takes a line without "=" for a name, and the guard for a value.
          await state('after wrong receivers');
          for (const value of ['', ' ', ';', '=', 'a=', '=b', ' a = b ', 'a=b; path=/x', 'a=b; path=x', 'a=b; domain=other.test', 'a=b; secure', 'a=b; httponly', 'a="b;c"', 'a=b=c', 'a\t=\tb', 'a=\u0001', 'a\n=b', 'a=é', 'é=a', '__Host-a=b', '__Secure-a=b; secure', [], ['a=b'], Symbol(), bad, say('line', 'a=b'), 'a=' + 'b'.repeat(5000), 'a=b; max-age=100', 'a=b; expires=Fri, 01 Jan 2100 00:00:00 GMT']) {
            attempt(`document.cookie = ${text(value)}`, () => { document.cookie = value });
            await state('reads');
          }
          const texts = { none: undefined, null: null, number: 5, empty: '', blank: ' a ', tab: '\ta', semicolon: 'a;b', equals: 'a=b', control: 'a\u0001b', line: 'a\nb', latin: 'é', surrogate: '\ud800', object: {}, array: ['a'], big: 1n, symbol: Symbol(), bad, host: '__Host-a', secure: '__Secure-a', http: '__Http-a', long: 'a'.repeat(5000) };
          for (const [label, value] of Object.entries(texts)) {
            await attemptLater(`set(${label}, b)`, () => cookieStore.set(value, 'b'));
            await state('reads');
            await attemptLater(`set(a, ${label})`, () => cookieStore.set('a', value));
            await state('reads');
            for (const key of ['name', 'value', 'path', 'domain', 'sameSite', 'partitioned', 'expires']) {
              await attemptLater(`set({ ${key}: ${label} })`, () => cookieStore.set({ name: 'a', value: 'b', [key]: value }));
              await state('reads');
            }
            await cookieStore.set('a', 'b');
            await attemptLater(`delete(${label})`, () => cookieStore.delete(value));
            for (const key of ['name', 'path', 'domain', 'partitioned']) await attemptLater(`delete({ ${key}: ${label} })`, () => cookieStore.delete({ name: 'a', [key]: value }));
            await state('reads');
            await cookieStore.set('a', 'b');
            for (const name of ['get', 'getAll']) {
              await attemptLater(`${name}(${label})`, () => cookieStore[name](value));
              await attemptLater(`${name}({ name: ${label} })`, () => cookieStore[name]({ name: value }));
            }
            await forget();
          }
          for (const args of [[], ['a'], ['a', 'b', 'c'], [{}], [{ name: 'a' }], [{ value: 'a' }], [{ name: 'a', value: undefined }], [null], [undefined], [5], [true], [Symbol()], [() => 1], [[]], ['a', { name: 'b' }], [{ name: 'a', value: 'b' }, 'c']]) {
            for (const name of ['set', 'delete', 'get', 'getAll']) await attemptLater(`${name} ${args.map(text)}`, () => cookieStore[name](...args));
            await state('reads');
          }
          for (const [key, values] of Object.entries({
            path: ['/', '/x', '/x/', 'x', '//', '/a;b', '/\u0001'],
            domain: ['localhost', '.localhost', 'other.test', 'LOCALHOST', 'a.localhost'],
            sameSite: ['strict', 'lax', 'none', 'Strict', 'x'],
            partitioned: [true, false, 0, 1, ''],
            expires: [0, -1, NaN, Infinity, -Infinity, '0', 'x', '9e12', 9e12, new Date(9e12), [], true, say('expires', 9e12)],
          }))
            for (const value of values) {
              await attemptLater(`set ${key} ${text(value)}`, () => cookieStore.set({ name: 'a', value: 'b', [key]: value }));
              await state('reads');
            }
          class Mine { get name() { results.push('name'); return 'a' } get value() { results.push('value'); return 'b' } }
          await attemptLater('an object with getters', () => cookieStore.set(new Mine()));
          await state('reads');
          await attemptLater('an object that inherits', () => cookieStore.set(Object.create({ name: 'a', value: 'b', path: '/x' })));
          await state('reads');
          await attemptLater('a getter that throws', () => cookieStore.set({ name: 'a', get value() { throw new RangeError() } }));
          await attemptLater('conversions', () => cookieStore.set({ name: say('name', 'a'), value: say('value', 'b'), path: say('path', '/') }));
          await attemptLater('conversions of two', () => cookieStore.set(say('name', 'a'), say('value', 'b')));
          await state('reads');
          return results.map(one => JSON.stringify(one));
        })()
        """;
}
