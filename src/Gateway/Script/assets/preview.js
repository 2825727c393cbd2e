// In the frames of a preview the site asks as it does in a window.

const openDrawn = () => pin ? site.choice && open() : requestAnimationFrame(openDrawn);

listeners.push(first => {
  if (first && self !== top) ask();
  if (first && location.hash === "#dialog") on(document, "DOMContentLoaded", openDrawn);
});
