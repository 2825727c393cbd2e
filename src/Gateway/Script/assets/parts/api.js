// The interface for the site's own scripts, under the name that the operator gave it.

const { listen_: listen, permits_: permits, site_: site, state_: getState } = gateway;
const api = new EventTarget();
const change = new Event("change");

listen("api", isFirst => {
  if (!isFirst) return api.dispatchEvent(change);
  Object.defineProperties(api, {
    state: {
      get: () => {
        gateway.isRead_ = true;
        const { open_: open, objected_: objected } = getState();
        return { decided: !open.length, granted: site.groups_.map(group => group.id_).filter(permits), objected };
      },
    },
    granted: {
      value: id => {
        gateway.isRead_ = true;
        return permits(id);
      },
    },
    open: { value: () => void gateway.open_() },
  });
  // A variable of the page that has this name, from before or from later, is the page's.
  if (!(site.api_ in window)) Object.defineProperty(window, site.api_, { value: Object.freeze(api), configurable: true, writable: true });
});
