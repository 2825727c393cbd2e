// Words of further languages: a file each, waited for. First until the page is parsed: older browsers pass over its import map once
// something was imported.

withWords = async call => {
  try {
    if (!words.title) {
      if (document.readyState === "loading") await new Promise(done => on(document, "readystatechange", done));
      const first = site.texts[site.language];
      try {
        words = (await import(url("/" + words + ".mjs"))).default || first;
      } catch {
        // Blocked, offline, or gone with the release that this script is of.
        words = first;
      }
      if (isFrames(self)) return;
    }
    call();
  } catch {
    // No error of ours reaches the page.
  }
};
