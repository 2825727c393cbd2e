// An element of the site that opens the choices. Where there is one, whenever it comes, the control does not show.

marks = `:root:has(${site.opener}) site-gateway{--g-pin:none}`;
const focusControl = focusPin;
focusPin = () => {
  const own = document.querySelector(site.opener);
  if (own) own.focus({ preventScroll: true });
  else focusControl();
};
ears.click = event => {
  if (!event.target.closest(site.opener)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  open();
};
