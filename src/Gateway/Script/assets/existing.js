// The site's own banner: it is hidden, and its scripts find what was decided in ours.

const Moment = Date;
const { hide: covered, unlock: unlocked, answers: toolAnswers } = site.existing;

// Each rule for itself: a selector that is none takes no other with it. What is important in a layer wins over what is outside of layers.
function coverBanner() {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const rules = covered.map(selector => selector + "{display:none!important}");
  if (unlocked) rules.push("html,body{overflow-y:visible!important}");
  for (const rule of rules) sheet.insertRule("@layer{" + rule + "}");
}

// Of the page's own parts, as banners make them unusable while they wait.
function freePage() {
  const free = ({ target }) => [document.documentElement, document.body].includes(target.parentNode) && target.removeAttribute("inert");
  new MutationObserver(changes => changes.forEach(free)).observe(document, { attributes: true, attributeFilter: ["inert"], subtree: true });
}

// The value for the decision of this day; as AnswerTemplate has it.
function fillIn(template, day) {
  const word = (_, id, yes = "true", no = "false") => id === "DECIDED" ? new Moment(day * 864e5).toISOString()
    : id === "EXPIRES" ? (day + site.days) * 864e5
      : permits(id) ? yes : no;
  return template.replace(/\{([A-Za-z][\w-]*)(?:\|([^{|}]*)\|([^{|}]*))?\}/g, word);
}

// Until there is a decision everything is refused, so that the tool neither loads anything nor asks.
function answerTool() {
  const pairs = jar.get.call(document).split("; ");
  const [, given] = pairs.map(pair => pair.split("=g1.")).find(([name]) => name === site.cookie) || [];
  const today = Math.floor(now() / 864e5);
  const left = (parseInt(given) + site.days) * 86400 - Math.floor(now() / 1000);
  const day = left > 0 ? parseInt(given) : today;
  for (const { kind, name, value } of toolAnswers) {
    const text = fillIn(value, day);
    if (kind === "cookie") putAnswer(name, text, pairs, left);
    else window[kind].setItem(name, text);
  }
}

function putAnswer(name, text, pairs, left) {
  const entries = find("cookie", name);
  const pair = name + "=" + text.replace(/[^!#-+\--:<-[\]-~]/gu, encodeURIComponent);
  const kept = pairs.filter(one => one.startsWith(name + "="));
  // What the tool wrote itself, on a parent domain or below another path, might be found first.
  if (kept.length > 1 || kept.length && kept[0] !== pair) each([{}, ...entries], entry => expire(name, entry));
  const [{ domain, path, partitioned }] = entries;
  jar.set.call(document, pair + "; Path=" + (path || "/") + (domain ? "; Domain=" + domain : "") + "; SameSite=Lax"
    + (left > 0 ? "; Max-Age=" + left : "") + (isSecureContext ? "; Secure" : "") + (partitioned ? "; Partitioned" : ""));
}

listeners.push(first => {
  if (first) {
    coverBanner();
    if (unlocked) freePage();
  }
  answerTool();
});
