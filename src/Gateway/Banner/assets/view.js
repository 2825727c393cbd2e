// What the visitor sees: the bar that asks, the dialog, the control that reopens it, and messages. All in one shadow root.

let all;
let bar;
let dialog;
let pin;
let said;
let dismissed = false;
let pad;
let words;

// An element; attributes that are functions listen to the event of that name. No error of ours reaches the page.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") on(node, name, value);
    else if (value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

function on(target, type, listener, capture) {
  const safe = async event => {
    try {
      await listener(event);
    } catch {
      busy = false;
    }
  };
  target.addEventListener(type, safe, capture);
}

function link(path, text) {
  return el("a", { href: url(path) }, text);
}

function button(text, style, click) {
  return el("button", { type: "button", class: style, click }, text);
}

// The legal twins: the same in everything but their words.
function twins(note, objected) {
  return el("div", { class: "twins" },
    button(words.accept, "choice", () => decide("accept", [], objected(), note)),
    button(words.refuse, "choice", () => decide("refuse", [], objected(), note)));
}

function status() {
  return el("p", { role: "status", class: "note" });
}

function asked() {
  return site.groups.map((group, i) => [group, words.groups[i], i]).filter(([group]) => group.version);
}

function makeBar() {
  const note = status();
  return el("section", { class: site.top ? "bar top" : "bar", "aria-labelledby": "ask" },
    el("div", { class: "text" },
      el("h2", { id: "ask" }, words.title),
      el("p", null, words.intro),
      el("ul", { role: "list" }, ...asked().map(([, [title, text]]) => el("li", null, el("strong", null, title), " \u2013 ", text))),
      ...words.effect.map(text => el("p", null, text)),
      el("p", { class: "links" }, link(words.policyPath + "#providers", words.providers), link(words.policyPath, words.policy))),
    el("div", { class: "actions" },
      twins(note, () => state.objected ? ["audience"] : []),
      button(words.customise, "other", open),
      note));
}

function fact(name, value) {
  return [el("dt", null, name), el("dd", null, value)];
}

function makeEntry(entry, [duration, purpose, kind]) {
  return el("li", null,
    el("code", null, entry.names.join(", ")), kind && " (" + kind + ")",
    el("dl", null,
      ...fact(words.provider, entry.provider), ...fact(words.duration, duration), ...fact(words.purpose, purpose)));
}

// A group with its check box, if there is anything to choose; its state stands in words beside it.
function makeGroup(group, [title, text, details], index) {
  const audience = group.id === "audience" && !group.version;
  const box = (audience || group.version) && el("input", { type: "checkbox", name: group.id, "aria-describedby": "about-" + group.id });
  const shown = el("span", { class: "state" });
  const tell = () => {
    shown.textContent = !box ? words.always
      : audience ? box.checked ? words.objected : words.audience
        : box.checked ? words.allowed : words.refused;
  };
  if (box) {
    box.checked = audience ? state.objected : runs(group);
    on(box, "change", tell);
  }
  tell();
  const entries = site.entries.map((entry, i) => entry.group === index && makeEntry(entry, words.entries[i]));
  const label = box && !audience ? el("label", null, box, title) : title;
  return el("div", { class: "group" },
    el("h3", null, label, shown),
    el("p", { id: "about-" + group.id }, text),
    audience && el("label", null, box, words.object),
    el("details", null, el("summary", null, details), el("ul", { role: "list" }, ...entries)));
}

function makeDialog() {
  const note = status();
  const ticked = () => [...dialog.querySelectorAll("input:checked")].map(box => box.name);
  const objects = site.groups.some(group => group.id === "audience" && !group.version);
  const objected = () => ticked().filter(id => objects && id === "audience");
  const granted = () => ticked().filter(id => !objected().includes(id));
  return el("dialog", { "aria-labelledby": "choose", close: () => dialog.remove() },
    el("div", { class: "inner" },
      el("h2", { id: "choose", tabindex: "-1", autofocus: true }, words.manage),
      el("p", null, words.dialogIntro),
      gpc && words.gpc && el("p", { class: "note" }, words.gpc),
      ...site.groups.map((group, i) => makeGroup(group, words.groups[i], i)),
      el("p", { class: "links" }, link(words.policyPath, words.policy))),
    el("div", { class: "foot" },
      note,
      el("div", { class: "actions" },
        button(words.save, "other", () => decide("save", granted(), objected(), note)),
        asked().length > 0 && twins(note, objected),
        button(words.close, "quiet", () => dialog.close()))));
}

function open() {
  say("");
  dialog?.remove();
  dialog = makeDialog();
  pin.before(dialog);
  dialog.showModal();
}

function say(text, reload) {
  said.classList.toggle("on", text !== "");
  said.firstChild.textContent = text;
  said.children[1].hidden = !reload;
}

// The bar where there is something to ask, else the control. Focus that was in what goes away moves to the control.
function show() {
  const asks = state.open.length > 0 && !dismissed;
  dialog?.close();
  pin.hidden = asks;
  if (asks && !bar) {
    bar = makeBar();
    all.prepend(bar);
    // In the top layer nothing of the page can cover it.
    if (bar.showPopover) {
      bar.popover = "manual";
      bar.showPopover();
    }
    pad.observe(bar);
  } else if (!asks && bar) {
    const focused = bar.contains(all.getRootNode().activeElement);
    pad.unobserve(bar);
    clear(0);
    bar.remove();
    bar = undefined;
    if (focused) pin.firstChild.focus({ preventScroll: true });
  }
}

// Room for the bar, so that what the keyboard reaches does not stop behind it (WCAG 2.4.11).
let clear = () => {};
function makePad() {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  clear = height => sheet.replaceSync(height ? ":root{scroll-padding-" + (site.top ? "top" : "bottom") + ":" + height + "px}" : "");
  pad = new ResizeObserver(([box]) => bar && clear(Math.ceil(box.borderBoxSize[0].blockSize)));
}

function makePin() {
  return site.choice
    ? el("section", { class: "pin", "aria-label": words.area }, button(words.manage, "", open))
    : el("section", { class: "pin", "aria-label": words.area }, link(words.policyPath, words.policy));
}

// Between head and body: the site's own selectors for what is in the body stay true.
function draw() {
  const host = el("site-gateway", { "data-gateway": true });
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  pin = makePin();
  said = el("div", { class: "said" },
    el("p", { role: "status" }),
    button(words.reload, "other", () => location.reload()),
    button(words.dismiss, "other", () => {
      say("");
      pin.firstChild.focus({ preventScroll: true });
    }));
  all = el("div", { class: site.right ? "all right" : "all", lang: words.lang, dir: words.dir }, said, pin);
  root.append(all);
  makePad();
  on(window, "input", event => {
    typed = typed || event.target !== host;
  }, true);
  document.documentElement.insertBefore(host, document.body);
  show();
}
