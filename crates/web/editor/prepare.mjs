// What Trunk runs before every build: installs the locked packages when they are missing or the
// lock changed, then bundles. Needs nothing but Node and npm.

import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const lock = await readFile(join(folder, "package-lock.json"), "utf8");
const stamp = join(folder, "node_modules", ".layerwise-lock");

if ((await readFile(stamp, "utf8").catch(() => "")) !== lock) {
  console.log("Installing the editor's npm packages (once)");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const run = spawnSync(npm, ["ci", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (run.status !== 0) {
    console.error("npm ci failed in crates/web/editor; the messages above say why");
    process.exit(1);
  }
  await writeFile(stamp, lock);
}

await import("./build.mjs");
