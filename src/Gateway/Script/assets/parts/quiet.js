// Pages that ask nothing and show no control. What opens the choices there, opens the settings page.

const { site_: site } = gateway;
const path = location.pathname;

if (site.quiet_.some(at => at.endsWith("*") ? (path + "/").startsWith(at.slice(0, -1)) : at === path)) {
  site.bare_ = true;
}
