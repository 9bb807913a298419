// Draws the PNG icons of the manifest from the SVG files beside them: `node icons.mjs`. Run by hand when
// a drawing changes; what it writes is kept in git.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const FOLDER = new URL("../../static/icons/", import.meta.url);
const ICONS = [["icon", 192], ["icon", 512], ["maskable", 512]];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const [name, size] of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const svg = await readFile(new URL(`${name}.svg`, FOLDER), "utf8");
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
  const path = fileURLToPath(new URL(`${name}-${size}.png`, FOLDER));
  await page.screenshot({ path, omitBackground: true });
}
await browser.close();
