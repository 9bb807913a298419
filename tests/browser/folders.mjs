// Folders on the disk to drop and pick, and measuring how long the page was busy meanwhile.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes a folder `app` of `files` (path to content), and returns where it is and how to remove it. */
export async function makeFolder(files) {
  const parent = await mkdtemp(join(tmpdir(), "layerwise-"));
  const folder = join(parent, "app");
  const made = new Set();
  for (const [path, content] of Object.entries(files)) {
    const place = join(folder, path);
    const above = join(place, "..");
    if (!made.has(above)) await mkdir(above, { recursive: true });
    made.add(above);
    await writeFile(place, content);
  }
  return { folder, remove: () => rm(parent, { recursive: true, force: true }) };
}

/** The files of a Node.js project with `count` files in all, most of them in node_modules. */
export function project(count) {
  const files = {
    "Dockerfile": "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n",
    ".dockerignore": "node_modules\n*.log\n",
    "package.json": "{}\n",
    "src/index.js": "x".repeat(1_000),
    "web/node_modules/left/index.js": "y".repeat(500),
  };
  const others = count - Object.keys(files).length;
  for (let number = 0; number < others; number += 1) {
    files[`node_modules/package-${number % 400}/lib/${number}.js`] = "z".repeat(10);
  }
  return files;
}

/** Drags a folder of the disk over the page and drops it, as a person does. */
export async function drop(page, folder) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await session.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
  }
  await session.detach();
}

/** Measures from now on how long the page let nothing else happen; the returned function tells. */
export async function watchPage(page) {
  await page.evaluate(() => {
    const longest = { task: 0, frame: 0 };
    window.longest = longest;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longest.task = Math.max(longest.task, entry.duration);
    });
    observer.observe({ type: "longtask" });
    let before = performance.now();
    const frame = (now) => {
      longest.frame = Math.max(longest.frame, now - before);
      before = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  return () => page.evaluate(() => window.longest);
}
