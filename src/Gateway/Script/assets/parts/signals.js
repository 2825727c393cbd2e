// Global Privacy Control, read before a script of the page can change it: what is sold or shared is off. It grants nothing.

const { globalPrivacyControl } = navigator;
gateway.isHeld_ = one => globalPrivacyControl && one.sale_;
