// What the visitor sees: the bar that asks, the control that opens the dialog, and messages. All in one shadow root.

import { decide } from "./choice.js";
import { isGranted, site, state } from "./consent.js";
import { adjust, adopt, sheetOf } from "./placement.js";
import { collect, each, join, ownKeys } from "./platform.js";
import { on, url } from "./requests.js";
import { onClick } from "./shield.js";
import { hasMark } from "./sweep.js";

/** The words of the language in which this window asks. */
export let words;

/** The element that holds it all. */
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

// An element; an attribute that is a function is what a click does, or a listener to the event of that name.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  each(ownKeys(attributes), name => {
    const value = attributes[name];
    if (name === "click") onClick(node, value);
    else if (value.call) on(node, name, value);
    else node.setAttribute(name, value);
  });
  node.append(...collect(children, child => child));
  return node;
}

/** A link to a page of the gateway. */
export const link = (path, text) => el("a", { href: url(path) }, text);

const button = (text, style, click) => el("button", { type: "button", class: style, click }, text);

const cross = (text, click) => el("button", { type: "button", class: "cross", "aria-label": text, title: text, click }, "\u00d7");

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
      words.test_ && el("p", { class: "test" }, words.test_),
      el("h2", { id: "ask" }, words.title_),
      el("p", {}, words.intro_),
      // Where the window is small, the names stand before what they mean. To be seen: the list says the same.
      el("p", { class: "names", "aria-hidden": "true" }, join(collect(site.groups_, (group, i) => group.version_ && words.groups_[i][0]), " · ")),
      el("ul", { role: "list" }, ...collect(site.groups_, (group, i) => group.version_
        && el("li", {}, el("strong", {}, words.groups_[i][0]), " – ", words.groups_[i][1]))),
      el("p", { class: "small" }, words.effect_ + " ", el("span", { class: "links" }, policyLink(words.providers_, "#providers"), policyLink()))),
    el("div", { class: "actions" },
      twins(note, () => state.objected_ ? ["audience"] : []),
      button(words.customise_, "other", open),
      note));
}

const settings = () => "/?lang=" + words.lang_ + "&return=" + encodeURIComponent(location.pathname + location.search);

/** Opens the dialog, or the settings page where that is not possible. */
export async function open() {
  if (!home) return self === top && location.assign(url("/"));
  if (!site.choice_) return location.assign(policyLink().href);
  say("");
  try {
    if (!words.save_) {
      const { default: add } = await import(url(`/${site.dialogs_[words.lang_]}.mjs`));
      add(gateway, words);
    }
  } catch {
    // Blocked by the page's own policy, offline, or gone with the release that this script is of.
    return location.assign(url(settings()));
  }
  adopt(home.shadowRoot, dialogStyles ??= sheetOf(gateway.dialogCss_));
  dialog?.remove();
  dialog = gateway.makeDialog_({ words_: words, el_: el, button_: button, cross_: cross, twins_: twins, link_: policyLink, note_: makeStatus, decide_: decide, isGranted_: isGranted });
  all.append(dialog);
  dialog.showModal();
}

let dialogStyles;

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

/** What the visitor is told where a choice could not be saved. */
export const sayFailed = note => note.replaceChildren(words.failed_ + " ", link(settings(), words.manage_));

/** Puts a form with hidden fields into the page and gives it back. */
export function appendForm(action, fields) {
  const form = el("form", { method: "post", action, hidden: "" });
  each(ownKeys(fields), name => each(typeof fields[name] === "string" ? [fields[name]] : fields[name], value => form.append(el("input", { name, value }))));
  all.append(form);
  return form;
}

export const controlElement = () => control?.firstChild;

gateway.focusControl_ = () => controlElement().focus({ preventScroll: true });

/** Makes everything anew, in these words. */
export function draw(found = words) {
  words = found;
  home?.remove();
  home = el("site-gateway", { "data-gateway": "", popover: "manual" });
  const root = home.attachShadow({ mode: "open" });
  lift = sheetOf("");
  adopt(root, sheetOf(gateway.css_), lift);
  control = el("section", { class: "pin", "aria-label": words.area_ }, site.choice_ ? button(words.manage_, "", open) : policyLink());
  message = el("div", {},
    el("p", { role: "status" }),
    button(words.reload_, "other", () => location.reload()),
    cross(words.dismiss_, () => {
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
