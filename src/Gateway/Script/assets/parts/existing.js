// The site's own banner: it is hidden, and its scripts find what was decided in ours.

const { adopt_: adopt, expire_: expire, find_: find, listen_: listen, permits_: permits, sheetOf_: sheetOf, site_: site } = gateway;
const { hide_: hidden, unlock_: unlocks, answers_: answers } = site.existing_;
const { Date: DateType } = window;
const cookieProperty = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");

// Each rule for itself: a selector that is none takes no other with it. What is important in a layer wins over what is outside of layers.
function hideBanner() {
  const sheet = sheetOf("");
  adopt(document, sheet);
  const rules = hidden.map(selector => selector + "{display:none!important}");
  if (unlocks) rules.push("html,body{overflow-y:visible!important}");
  for (const rule of rules) sheet.insertRule?.("@layer{" + rule + "}");
}

// Of the page's own parts, as banners make them unusable while they wait.
function freePage() {
  const free = ({ target }) => [document.documentElement, document.body].includes(target.parentNode) && target.removeAttribute("inert");
  new MutationObserver(changes => changes.forEach(free)).observe(document, { attributes: true, attributeFilter: ["inert"], subtree: true });
}

// The value for a decision of this day, as AnswerTemplate of the gateway describes it.
function fillIn(template, day) {
  const word = (_, id, yes = "true", no = "false") => id === "DECIDED" ? new DateType(day * 864e5).toISOString()
    : id === "EXPIRES" ? (day + site.days_) * 864e5
      : permits(id) ? yes : no;
  return template.replace(/\{([A-Za-z][\w-]*)(?:\|([^{|}]*)\|([^{|}]*))?\}/g, word);
}

// Until there is a decision everything is refused, so that the tool neither loads anything nor asks.
function answerTool() {
  const pairs = cookieProperty.get.call(document).split("; ");
  const [, given] = pairs.map(pair => pair.split("=g1.")).find(([name]) => name === site.cookie_) || [];
  const today = Math.floor(DateType.now() / 864e5);
  const left = (parseInt(given) + site.days_) * 86400 - Math.floor(DateType.now() / 1000);
  const day = left > 0 ? parseInt(given) : today;
  for (const { kind_: kind, name_: name, value_: value } of answers) {
    const text = fillIn(value, day);
    if (kind === "cookie") setAnswer(name, text, pairs, left);
    else window[kind].setItem(name, text);
  }
}

function setAnswer(name, text, pairs, left) {
  const entries = find("cookie", name);
  const pair = name + "=" + text.replace(/[^!#-+\--:<-[\]-~]/gu, encodeURIComponent);
  const kept = pairs.filter(one => one.startsWith(name + "="));
  // What the tool wrote itself, on a parent domain or below another path, might be found first.
  if (kept.length > 1 || kept.length && kept[0] !== pair) expire(name, entries);
  const [{ domain_: domain, path_: path, partitioned_: partitioned }] = entries;
  cookieProperty.set.call(document, pair + "; Path=" + (path || "/") + (domain ? "; Domain=" + domain : "") + "; SameSite=Lax"
    + (left > 0 ? "; Max-Age=" + left : "") + (isSecureContext ? "; Secure" : "") + (partitioned ? "; Partitioned" : ""));
}

listen("existing", isFirst => {
  if (isFirst) {
    hideBanner();
    if (unlocks) freePage();
  }
  answerTool();
});
