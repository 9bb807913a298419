// Bundles the editor into dist/editor.js. Trunk's hook runs it before every build of the page; it
// writes nothing when nothing changed, so that watching its output can never start a loop.

import { readFile, writeFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = dirname(fileURLToPath(import.meta.url));
const bundle = join(folder, "dist", "editor.js");

const result = await build({
  absWorkingDir: folder,
  entryPoints: ["src/editor.js"],
  outfile: bundle,
  bundle: true,
  format: "esm",
  minify: true,
  target: ["es2022"],
  legalComments: "none",
  write: false,
});

const [output] = result.outputFiles;
const before = await readFile(bundle).catch(() => null);
if (!before || !before.equals(output.contents)) {
  await mkdir(dirname(bundle), { recursive: true });
  await writeFile(bundle, output.contents);
}
