// An element of the site that opens the choices. Where there is one, whenever it comes, the control does not show.

const { focusControl_: focusControl, pageListeners_: pageListeners, site_: { opener_: opener } } = gateway;

gateway.pageRules_ = `:root:has(${opener}){--g-pin:none}`;
gateway.focusControl_ = () => {
  const own = /** @type {HTMLElement} */ (document.querySelector(opener));
  if (own) own.focus({ preventScroll: true });
  else focusControl();
};
pageListeners.click = event => {
  if (!event.target.closest(opener)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  gateway.open_();
};
