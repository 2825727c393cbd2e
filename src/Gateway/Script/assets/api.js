// The interface for the site's own scripts, under the name that the operator gave it.

const api = new EventTarget();
const news = new Event("change");

listeners.push(first => {
  if (!first) return api.dispatchEvent(news);
  Object.defineProperties(api, {
    state: { get: () => ({ decided: !state.open.length, granted: site.groups.map(group => group.id).filter(permits), objected: !!state.objected }) },
    granted: { value: permits },
    open: { value: () => pin?.firstChild.click() },
  });
  // A variable of the page that has this name, from before or from later, is the page's.
  site.api in window || Object.defineProperty(window, site.api, { value: Object.freeze(api), configurable: true, writable: true });
});
