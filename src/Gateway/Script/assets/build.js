// Builds dist/. With --check it writes nothing and fails where what is checked in differs.

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "dist");

// Scripts share one object, `gateway`. Its properties and those of the data end with "_" and get short names, the same in all files.
let names = {};

async function bundle(entryPoints, define) {
  const result = await build({
    absWorkingDir: here,
    entryPoints,
    outdir: dist,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    define: { gateway: "g", ...define },
    mangleProps: /[a-z]_$/,
    mangleCache: names,
    write: false,
  });
  names = result.mangleCache;
  return result.outputFiles.map(file => [basename(file.path), file.text]);
}

const parts = (await readdir(join(here, "parts"))).sort().map(name => "parts/" + name);

// What only parts set is left out of the script for the sites that need none.
const withoutParts = Object.fromEntries(["importWords_", "isHeld_", "isRead_", "isUsed_", "limit_", "pageRules_"].map(name => ["gateway." + name, "undefined"]));
const built = [
  ...await bundle([{ in: "main.js", out: "main-with-parts" }, ...parts, "dialog.js", "frame-page.js", "ui.css", "dialog.css", "../../Pages/pages.css", "../../Pages/frame.css"], { WITH_PARTS: "true" }),
  ...await bundle(["main.js"], { WITH_PARTS: "false", ...withoutParts }),
];

// Found by trial: the smallest after Brotli.
const compress = { passes: 3, unsafe_arrows: true, hoist_funs: true, inline: 1, if_return: false, lhs_constants: false };

const files = new Map([["names.json", JSON.stringify(names, null, 2) + "\n"]]);
for (const [name, text] of built) {
  // Compressed with Brotli, the script is 2 % smaller after a second minifier.
  const { code } = extname(name) === ".js" ? await minify(text, { ecma: 2020, compress }) : { code: text.trimEnd() };
  files.set(name, code + "\n");
}

if (process.argv.includes("--check")) {
  const stale = [];
  for (const [name, text] of files) {
    if (await readFile(join(dist, name), "utf8").catch(() => "") !== text) stale.push(name);
  }
  for (const name of await readdir(dist)) if (!files.has(name)) stale.push(name);
  if (stale.length) {
    console.error(`src/Gateway/Script/assets/dist is not what the sources give: ${stale.join(", ")}. Run "npm run build" there and commit the result.`);
    process.exit(1);
  }
} else {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist);
  for (const [name, text] of files) await writeFile(join(dist, name), text);
}
