// What the browser asks on its user's behalf.

// Global Privacy Control, read before a script of the page can change it: off is what is sold or shared. It grants nothing.
const gpc = navigator.globalPrivacyControl;
const held = one => gpc && one.sale;
