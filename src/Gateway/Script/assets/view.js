// What the visitor sees: the bar that asks, the dialog, the control that opens it again, and messages. All in one shadow root.

import { decide } from "./choice.js";
import { isGranted, site, state } from "./consent.js";
import { adjust, sheetOf } from "./placement.js";
import { on, url } from "./requests.js";
import { hasMark } from "./sweep.js";

/** The words of the language in which this window asks. */
export let words;

/** The element of the page that holds it all. */
export let home;

/** The bar while it asks. */
export let bar;

/** The corner with the control and the messages. */
export let corner;

/** The style sheet that lifts the corner above what the page has there. */
export let lift;

let all;
let control;
let dialog;
let message;
let isDismissed = false;

// An element; attributes that are functions listen to the event of that name.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value.call) on(node, name, value);
    else node.setAttribute(name, value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

/** A link to a page of the gateway. */
export const link = (path, text) => el("a", { href: url(path) }, text);

const button = (text, style, click) => el("button", { type: "button", class: style, click }, text);

const makeStatus = () => el("p", { role: "status", class: "note" });

const policyLink = (text = words.policy_, part = "") => link("/policy?lang=" + words.lang_ + part, text);

// Accept and refuse are the same in everything but their words.
function twins(note, objected) {
  const twin = (choice, text) => button(text, "choice", () => decide(choice, [], objected(), note));
  return el("div", { class: "twins" }, twin("accept", words.accept_), twin("refuse", words.refuse_));
}

function makeBar() {
  const note = makeStatus();
  return el("section", { class: "bar " + site.position_, "aria-labelledby": "ask" },
    el("div", { class: "text" },
      el("h2", { id: "ask" }, words.title_),
      el("p", {}, words.intro_),
      el("ul", { role: "list" }, ...site.groups_.map((group, i) => group.version_
        && el("li", {}, el("strong", {}, words.groups_[i][0]), " – ", words.groups_[i][1]))),
      ...words.effect_.map(text => el("p", {}, text)),
      el("p", { class: "links" }, policyLink(words.providers_, "#providers"), policyLink())),
    el("div", { class: "actions" },
      twins(note, () => state.objected_ ? ["audience"] : []),
      button(words.customise_, "other", open),
      note));
}

function makeEntry({ names_: names, provider_: provider }, [duration, purpose, kind]) {
  const facts = [[words.provider_, provider], [words.duration_, duration], [words.purpose_, purpose]];
  return el("li", {},
    ...names.flatMap((name, i) => [i && (words.comma_ ?? ", "), el("code", {}, name)]), kind && ` (${kind})`,
    el("dl", {}, ...facts.flatMap(([term, text]) => [el("dt", {}, term), el("dd", {}, text)])));
}

// A group, with its check box if there is anything to choose; its state stands in words beside it.
function makeGroup(group, index) {
  const { id_: id, version_: version } = group;
  const [title, text, details] = words.groups_[index];
  const isAudience = id === "audience" && !version;
  const box = el("input", { type: "checkbox", name: id, "aria-describedby": "about-" + id, change: showState });
  const shown = el("span", { class: "state" });
  function showState() {
    const [without, ticked] = version ? [words.refused_, words.allowed_] : isAudience ? [words.audience_, words.objected_] : [words.always_];
    shown.textContent = box.checked ? ticked : without;
  }
  box.checked = version ? isGranted(group) : isAudience && state.objected_;
  showState();
  return el("div", { class: "group" },
    el("h3", {}, version ? el("label", {}, box, title) : title, shown),
    el("p", { id: "about-" + id }, text),
    isAudience && el("label", {}, box, words.object_),
    el("details", {}, el("summary", {}, details),
      el("ul", { role: "list" }, ...site.entries_.map((entry, i) => entry.group_ === index && makeEntry(entry, words.entries_[i])))));
}

function makeDialog() {
  const note = makeStatus();
  const ticked = where => [...dialog.querySelectorAll(where + ">label>:checked")].map(box => box.name);
  const objected = () => ticked(".group");
  return el("dialog", { "aria-labelledby": "choose", close: () => dialog.remove() },
    el("h2", { id: "choose", tabindex: "-1", autofocus: "" }, words.manage_),
    el("p", {}, words.dialogIntro_),
    gateway.isHeld_?.({ sale_: true }) && el("p", { class: "note" }, words.gpc_),
    ...site.groups_.map(makeGroup),
    el("p", { class: "links" }, policyLink()),
    el("div", { class: "actions" },
      note,
      button(words.save_, "other", () => decide("save", ticked("h3"), objected(), note)),
      site.groups_.some(group => group.version_) && twins(note, objected),
      button(words.close_, "quiet", () => dialog.close())));
}

/** Opens the dialog. */
export function open() {
  say("");
  dialog?.remove();
  dialog = makeDialog();
  all.append(dialog);
  dialog.showModal();
}

/** Shows a message, or takes it away. */
export function say(text, offersReload = false) {
  const [shown, reload, dismiss] = message.children;
  message.className = text ? "said on" : "said";
  shown.textContent = text;
  reload.hidden = !offersReload;
  dismiss.hidden = !text;
}

/** Whether the banner stays away on this page though there is something to ask. */
export const dismiss = value => isDismissed = value;

/** Shows the bar where there is something to ask, else the control. Focus that was in what goes away moves to the control. */
export function show() {
  const asks = state.open_[0] && !isDismissed;
  dialog?.close();
  if (asks && !bar) {
    bar = makeBar();
    all.prepend(bar);
  } else if (!asks) {
    const hadFocus = bar?.matches(":focus-within");
    bar?.remove();
    bar = undefined;
    if (hadFocus) gateway.focusControl_();
  }
  adjust();
}

/** Says that the choice is saved, after a load that it brought about: what the page itself has given the focus keeps it. */
export function announceSaved() {
  if (!hasMark) return;
  say(words.saved_);
  if (document.activeElement === document.body) gateway.focusControl_();
}

/** Puts a form with hidden fields into the page and gives it back. */
export function appendForm(action, fields) {
  const form = el("form", { method: "post", action, hidden: "" },
    ...Object.entries(fields).flatMap(([name, values]) => [values].flat().map(value => el("input", { name, value }))));
  all.append(form);
  return form;
}

export const controlElement = () => control?.firstChild;

gateway.focusControl_ = () => controlElement().focus({ preventScroll: true });

/** Makes everything anew, in these words. */
export function draw(found = words) {
  words = found;
  home = el("site-gateway", { "data-gateway": "", popover: "manual" });
  const root = home.attachShadow({ mode: "open" });
  lift = sheetOf("");
  root.adoptedStyleSheets = [sheetOf(gateway.css_), lift];
  control = el("section", { class: "pin", "aria-label": words.area_ }, site.choice_ ? button(words.manage_, "", open) : policyLink());
  message = el("div", {},
    el("p", { role: "status" }),
    button(words.reload_, "other", () => location.reload()),
    button(words.dismiss_, "other", () => {
      say("");
      gateway.focusControl_();
    }));
  corner = el("div", { class: "corner" }, message, control);
  all = el("div", { class: "all", lang: words.lang_, dir: words.dir_ }, corner);
  root.append(all);
  say("");
  bar = undefined;
  show();
}
