// Builds dist/. With --check it writes nothing and fails where what is checked in differs.

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "dist");

const scripts = ["prelude.js", "main.js", ...(await readdir(join(here, "parts"))).sort().map(name => "parts/" + name)];

// Each script is a file that BannerScript puts together with others. They share one object, `gateway`; properties of ours end with "_" and get
// short names, the same in all of them. names.json has them for the data that BannerScript adds.
const result = await build({
  absWorkingDir: here,
  entryPoints: [...scripts, "ui.css", "../../Pages/pages.css"].map(path => ({ in: path, out: path.replace(/^.*\/|\.\w+$/g, "") })),
  outdir: dist,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  define: { gateway: "g" },
  mangleProps: /[a-z]_$/,
  mangleCache: {},
  write: false,
});

const files = new Map(result.outputFiles.map(file => [file.path.slice(dist.length + 1), file.text]));
files.set("names.json", JSON.stringify(result.mangleCache, null, 2) + "\n");

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
