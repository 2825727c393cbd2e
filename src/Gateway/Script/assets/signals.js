// Global Privacy Control, read before a script of the page can change it: what is sold or shared is off. It grants nothing.

const gpc = navigator.globalPrivacyControl;
held = one => gpc && one.sale;
