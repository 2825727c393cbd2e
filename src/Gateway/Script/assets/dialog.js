// The dialog in which the visitor chooses for each purpose. Loaded when it is opened, with its words and styles.

const { site_: site, state_: getState } = gateway;

gateway.makeDialog_ = ({ words_: words, el_: el, button_: button, cross_: cross, twins_: twins, link_: policyLink, note_: makeStatus, decide_: decide, isGranted_: isGranted }) => {
  // Arrays can have other methods in the page by now.
  const each = (list, call) => {
    const found = [];
    for (let i = 0; i < list.length; i++) found[i] = call(list[i], i);
    return found;
  };

  function makeEntry({ names_: names }, [provider, policy, duration, purpose, kind]) {
    const facts = [[words.provider_, policy ? el("a", { href: policy, rel: "noreferrer" }, provider) : provider], [words.duration_, duration], [words.purpose_, purpose]];
    const shown = el("li", {});
    each(names, (name, i) => shown.append(i ? words.comma_ ?? ", " : "", el("code", {}, name)));
    const list = el("dl", {});
    each(facts, ([term, text]) => list.append(el("dt", {}, term), el("dd", {}, text)));
    shown.append(kind ? ` (${kind})` : "", list);
    return shown;
  }

  // A group, with its check box if there is anything to choose; its state stands in words beside it.
  function makeGroup(group, index) {
    const { id_: id, version_: version } = group;
    const [title, text] = words.groups_[index];
    const isAudience = id === "audience" && !version;
    const box = el("input", { type: "checkbox", name: id, "aria-describedby": "about-" + id, change: showState });
    const shown = el("span", { class: "state" });
    function showState() {
      const [without, ticked] = version ? [words.refused_, words.allowed_] : isAudience ? [words.audience_, words.objected_] : [words.always_];
      shown.textContent = box.checked ? ticked : without;
    }
    box.checked = version ? isGranted(group) : isAudience && getState().objected_;
    showState();
    const entries = el("ul", { role: "list" });
    each(site.entries_, (entry, i) => entry.group_ === index && entries.append(makeEntry(entry, words.entries_[i])));
    return el("div", { class: "group" },
      el("h3", {}, version ? el("label", {}, box, title) : title, shown),
      el("p", { id: "about-" + id }, text),
      isAudience && el("label", {}, box, words.object_),
      el("details", {}, el("summary", {}, words.details_[index]), entries));
  }

  const note = makeStatus();
  const ticked = where => each(dialog.querySelectorAll(where + ">label>:checked"), box => box.name);
  const objected = () => ticked(".group");
  let asks = false;
  each(site.groups_, group => asks ||= !!group.version_);
  const dialog = el("dialog", { "aria-labelledby": "choose", close: () => dialog.remove() },
    el("div", { class: "head" },
      el("h2", { id: "choose", tabindex: "-1", autofocus: "" }, words.manage_),
      cross(words.close_, () => dialog.close())),
    words.test_ && el("p", { class: "test" }, words.test_),
    el("p", {}, words.dialogIntro_),
    gateway.isHeld_?.({ sale_: true }) && el("p", { class: "note" }, words.gpc_),
    ...each(site.groups_, makeGroup),
    el("p", { class: "links" }, policyLink()),
    el("div", { class: "actions" },
      note,
      button(words.save_, asks ? "save" : "choice", () => decide("save", ticked("h3"), objected(), note)),
      asks && twins(note, objected)));
  return dialog;
};
