// The words of further languages: a file each. Fetched once the page is parsed: older browsers ignore its import map once something was imported.

const { url_: url } = gateway;

gateway.importWords_ = async (hash, first) => {
  if (document.readyState === "loading") await new Promise(done => document.addEventListener("readystatechange", done, { once: true }));
  try {
    return (await import(url("/" + hash + ".mjs"))).default || first;
  } catch {
    // Blocked, offline, or gone with the release that this script is of.
    return first;
  }
};
