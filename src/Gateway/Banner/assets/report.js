// Names that did not pass: told to the gateway once a page, without values.

const told = { __proto__: null };
let news = [];

function noteRefused(kind, name) {
  if (!told[kind + name] && news.length < 50 && name.length < 100) told[kind + name] = news[news.length] = [kind, name];
}

function report() {
  if (news.length) post("/refused", news);
  news = [];
}
