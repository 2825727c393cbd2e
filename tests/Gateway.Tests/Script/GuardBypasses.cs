namespace Gateway.Tests.Script;

/// <summary>
/// Ways in which a script of a page could bypass the guard. Each function receives a name that no table lists, and writes it as a cookie, as
/// a storage key, or as both. On a page without the gateway's script, every function succeeds.
/// </summary>
internal static class GuardBypasses
{
    public const string Cookies = """
        plainly: id => { document.cookie = id + '=1' },
        spacedOut: id => { document.cookie = '\t ' + id + ' \t=1; \t path = / ' },
        withoutAName: id => { document.cookie = id },
        looksDeleted: id => { document.cookie = id + '=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=1000' },
        looksDeletedButIsNot: id => { document.cookie = id + '=1; Max-Age=0; Max-Age=z' },
        bySetter: id => Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set.call(document, id + '=1'),
        byLookup: id => document.__lookupSetter__('cookie').call(document, id + '=1'),
        byReflect: id => Reflect.set(document, 'cookie', id + '=1'),
        throughAnObject: id => Reflect.set(Object.create(Document.prototype), 'cookie', id + '=1', document),
        changesItsText: id => { let asked = 0; document.cookie = { toString: () => asked++ ? 'csrftoken=1' : id + '=1' } },
        store: id => cookieStore.set(id, '1'),
        storeOptions: id => cookieStore.set({ name: id, value: '1' }),
        storeSpaced: id => cookieStore.set({ name: ' ' + id + '\t', value: '1', expires: Date.now() + 1e9 }),
        storePrototype: id => CookieStore.prototype.set.call(cookieStore, id, '1'),
        """;

    public const string Storage = """
        item: id => localStorage.setItem(id, 1),
        property: id => { localStorage[id] = 1 },
        dotted: id => Function('localStorage.' + id + ' = 1')(),
        session: id => { sessionStorage[id] = 1; window.sessionStorage.setItem(id, 1) },
        assign: id => Object.assign(localStorage, { [id]: 1 }),
        define: id => Object.defineProperty(localStorage, id, { value: 1 }),
        defineMore: id => Object.defineProperties(sessionStorage, { [id]: { value: 1 } }),
        reflectSet: id => Reflect.set(localStorage, id, 1),
        reflectDefine: id => Reflect.defineProperty(localStorage, id, { value: 1 }),
        receiver: id => Reflect.set({}, id, 1, localStorage),
        prototypeCall: id => Storage.prototype.setItem.call(localStorage, id, 1),
        applied: id => Reflect.apply(Storage.prototype.setItem, sessionStorage, [id, 1]),
        getter: id => { Object.getOwnPropertyDescriptor(window, 'localStorage').get.call(window)[id] = 1 },
        fromAnEvent: id => { new StorageEvent('storage', { storageArea: localStorage }).storageArea[id] = 1 },
        changesItsKey: id => { let asked = 0; localStorage.setItem({ toString: () => asked++ ? 'stats-1' : id }, 1) },
        logical: id => { localStorage[id] ??= 1 },
        increment: id => { localStorage[id]++ },
        arrayTarget: id => { [sessionStorage[id]] = [1] },
        """;

    public const string Frames = """
        contentWindow: id => use(add().contentWindow, id),
        contentDocument: id => use(add().contentDocument.defaultView, id),
        itsDocument: id => { add().contentDocument.cookie = id + '=1' },
        byNumber: id => { const n = length; add(); use(window[n], id) },
        frames: id => { const n = frames.length; add(); use(frames[n], id) },
        byName: id => { add({ name: 'name' + id }); use(window['name' + id], id) },
        innerHtml: id => { const n = length; document.body.appendChild(document.createElement('div')).innerHTML = '<iframe></iframe>'; use(window[n], id) },
        adjacentHtml: id => { const n = length; document.body.insertAdjacentHTML('beforeend', '<p><iframe></iframe>'); use(window[n], id) },
        withAnAddress: id => use(add({ src: '/bare' }).contentWindow, id),
        withAnAddressByNumber: async id => { const n = length; add({ src: '/bare' }); await 0; use(window[n], id) },
        anotherPage: id => loaded(add({ src: '/bare' })).then(frame => use(frame.contentWindow, id)),
        anotherPageByNumber: id => { const n = length; return loaded(add({ src: '/bare' })).then(() => use(window[n], id)) },
        keptWindow: id => { const frame = add(); const kept = frame.contentWindow; frame.src = '/bare'; return loaded(frame).then(() => use(kept, id)) },
        itsPrototype: id => Object.getOwnPropertyDescriptor(add().contentWindow.Document.prototype, 'cookie').set.call(document, id + '=1'),
        ourStorageByItsGetter: id => { Object.getOwnPropertyDescriptor(add().contentWindow, 'localStorage').get.call(window)[id] = 1 },
        itsStorageByOurGetter: id => { Object.getOwnPropertyDescriptor(window, 'localStorage').get.call(add().contentWindow)[id] = 1 },
        itsItem: id => { const { Storage, localStorage } = add().contentWindow; Storage.prototype.setItem.call(localStorage, id, 1) },
        srcdoc: id => ran(id, () => add({ srcdoc: script(id) })),
        srcdocLater: id => ran(id, () => { add().srcdoc = script(id) }),
        srcdocTwice: id => loaded(add({ srcdoc: 'x' })).then(frame => ran(id, () => { frame.srcdoc = '<!doctype html><html lang=fr>' + script(id) })),
        srcdocAttribute: id => ran(id, () => add().setAttribute('srcDoc', script(id))),
        srcdocMarkup: id => ran(id, () => document.body.insertAdjacentHTML('beforeend', `<iframe srcdoc="${script(id)}"></iframe>`)),
        written: id => ran(id, () => { const { contentDocument } = add(); contentDocument.open(); contentDocument.write(script(id)); contentDocument.close() }),
        address: id => ran(id, () => add({ src: 'javascript:' + code(id) })),
        blob: id => ran(id, () => add({ src: URL.createObjectURL(new Blob([script(id)], { type: 'text/html' })) })),
        inAFrame: id => { const { document } = add().contentWindow; use(document.body.appendChild(document.createElement('iframe')).contentWindow, id) },
        inAFrameByNumber: id => { const inner = add().contentWindow; inner.document.body.append(document.createElement('iframe')); use(inner[0], id) },
        inAShadow: id => { const shadow = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' }); shadow.innerHTML = '<iframe></iframe>'; use(shadow.firstChild.contentWindow, id) },
        object: id => loaded(add({ data: '/bare', type: 'text/html' }, 'object')).then(object => use(object.contentWindow, id)),
        objectDocument: id => loaded(add({ data: '/bare', type: 'text/html' }, 'object')).then(object => use(object.contentDocument.defaultView, id)),
        objectPicture: id => loaded(add({ data: '/picture.svg', type: 'image/svg+xml' }, 'object')).then(object => use(object.getSVGDocument().defaultView, id)),
        embed: id => loaded(add({ src: '/picture.svg', type: 'image/svg+xml' }, 'embed')).then(embed => use(embed.getSVGDocument().defaultView, id)),
        embedByNumber: id => { const n = length; return loaded(add({ src: '/bare', type: 'text/html' }, 'embed')).then(() => use(window[n], id)) },
        framePicture: id => loaded(add({ src: '/picture.svg' })).then(frame => use(frame.getSVGDocument().defaultView, id)),
        popUp: id => { const popUp = open(''); use(popUp, id); popUp.close() },
        afterItsEnd: id => { const frame = add(); const { set } = Object.getOwnPropertyDescriptor(frame.contentWindow.Document.prototype, 'cookie'); frame.remove(); set.call(document, id + '=1') },
        """;

    /// <summary>A way that no script can block in time. What it writes is removed later.</summary>
    public const string Beyond = """
        withAnAddressByNumberAtOnce: id => { const n = length; add({ src: '/bare' }); use(window[n], id) },
        """;

    /// <summary>A JavaScript expression that tries all ways and returns a <see cref="Tried"/>.</summary>
    /// <param name="patience">How long to wait for the written name to appear, in milliseconds.</param>
    public static string Try(string ways, int patience) => $$"""
        (async () => {
          const add = (properties, tag = 'iframe') => document.body.appendChild(Object.assign(document.createElement(tag), properties));
          const loaded = frame => new Promise(done => { frame.onload = () => done(frame) });
          const use = (win, id) => { win.document.cookie = id + '=1'; win.localStorage[id] = 1; win.sessionStorage.setItem(id, 1) };
          const code = id => `try { document.cookie = '${id}=1' } catch {} localStorage.${id} = 1; parent.${id}(); void 0`;
          const script = id => `<script>${code(id)}</script>`;
          const ran = (id, act) => new Promise(done => { window[id] = done; act() });
          const round = new Set();
          const arrived = id => [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].join().includes(id);
          const errors = [];
          const all = Object.entries({ {{ways}} });
          const start = Math.random().toString(36).slice(2);
          for (const [name, way] of all) {
            const id = `way${start}${all.findIndex(one => one[0] === name)}x`;
            try { await way(id) } catch (error) { errors.push(`${name}: ${error}`) }
            // A write by another window of the page becomes visible a little later.
            const end = Date.now() + {{patience}};
            do await new Promise(done => setTimeout(done, 30)); while (!arrived(id) && Date.now() < end);
            if (arrived(id)) round.add(name);
          }
          all.forEach(([name], i) => arrived(`way${start}${i}x`) && round.add(name));
          return { all: all.map(one => one[0]), round: [...round], errors };
        })()
        """;
}

/// <summary>Names of all ways, names of the ways that succeeded, and errors that the ways threw.</summary>
internal sealed record Tried(string[] All, string[] Round, string[] Errors);
