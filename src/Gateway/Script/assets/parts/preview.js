// In the frames of a preview the site asks as it does in a window.

const { ask_: ask, control_: control, listen_: listen, site_: site } = gateway;
const openWhenDrawn = () => control() ? site.choice_ && gateway.open_() : requestAnimationFrame(openWhenDrawn);

listen("preview", isFirst => {
  if (isFirst && self !== top) ask();
  if (isFirst && location.hash === "#dialog") document.addEventListener("DOMContentLoaded", openWhenDrawn);
});
