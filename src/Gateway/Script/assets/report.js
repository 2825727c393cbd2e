// Names that did not pass: told to the gateway once a page, without values.

const told = { __proto__: null };
let untold = [];

function noteRefused(kind, name) {
  if (!told[kind + name] && untold.length < 50 && name.length < 100) told[kind + name] = untold[untold.length] = [kind, name];
}

function report() {
  if (untold[0]) post("/refused", untold);
  untold = [];
}
