// Takes the picture of the README: `node screenshot.mjs FILE` photographs the release page in dist/ with
// the naive Node.js example, once the engine has weighed its layers. `cargo xtask screenshot` runs it.

import { writeFile } from "node:fs/promises";
import { chromium } from "@playwright/test";
import { ORIGIN, serve } from "./server.mjs";

const [file] = process.argv.slice(2);
const args = (process.env.CHROMIUM_FLAGS ?? "--headless=new --no-sandbox --disable-gpu").split(" ");

const server = await serve();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args });
const page = await browser.newPage({
  viewport: { width: 1280, height: 830 },
  colorScheme: "light",
  reducedMotion: "reduce",
});
await page.goto(`${ORIGIN}#example/node-naive/panel/layers`);
await page.getByRole("textbox", { name: /^Dockerfile\b/ }).waitFor();
// The outlook comes last: the words that findings are about are underlined with it.
await page.locator(".cm-lintRange").first().waitFor({ timeout: 120_000 });

// WebP, which Playwright itself does not write, is a third of a PNG here.
const session = await page.context().newCDPSession(page);
const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 85 });
await writeFile(file, Buffer.from(data, "base64"));
await browser.close();
server.close();
