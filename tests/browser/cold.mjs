// Times a first visit to the page in dist/ as a slow phone makes it: `node cold.mjs ROUNDS` prints, as
// JSON, when what of a link is shown, in milliseconds from the start. The processor is four times
// slower, the line has 1.6 Mbit/s, nothing is cached, and files come in brotli, as a host sends them.
// `cargo xtask bench --only cold` runs this. Nothing is asserted.

import { chromium } from "@playwright/test";
import { ORIGIN, serve } from "./server.mjs";

const rounds = Number(process.argv[2] ?? 5);
const args = (process.env.CHROMIUM_FLAGS ?? "--headless=new --no-sandbox --disable-gpu").split(" ");
/** A link to seven lines for Node.js. */
const LINK = "#1.XzNQ_YsFn8g2wdzCKb9qMaDAl4f2Q4A";
/** 1.6 Mbit/s, in bytes. */
const LINE = 200_000;

/** Runs in the page before its own scripts: notes when something is there for the first time. */
function prepare() {
  const STAGES = "stages and the size of the base are shown";
  window.seen = {};
  const marks = {
    "the field can be typed into": () => document.querySelector("#app textarea, [contenteditable]"),
    [STAGES]: () => /Stages needed\s*\d/.test(summary()?.textContent ?? ""),
    "the editor is there": () => document.querySelector('[contenteditable="true"]'),
    "all layers are analysed": () => {
      return STAGES in window.seen && summary().ariaBusy !== "true"
        && !/not estimated/.test(summary().textContent);
    },
  };
  const summary = () => document.querySelector(".summary");
  const look = () => {
    for (const [name, isThere] of Object.entries(marks)) {
      if (!(name in window.seen) && isThere()) window.seen[name] = performance.now();
    }
  };
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(look).observe(document, all);
}

async function visit(browser) {
  const context = await browser.newContext({ baseURL: ORIGIN });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  const line = { latency: 0, downloadThroughput: LINE, uploadThroughput: LINE, offline: false };
  await devtools.send("Network.emulateNetworkConditions", line);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(prepare);
  await page.goto(`./${LINK}`, { waitUntil: "commit" });
  await page.waitForFunction(() => window.seen["all layers are analysed"], null, { timeout: 120_000 });
  const seen = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    return { "something is painted": paint?.startTime, ...window.seen };
  });
  await context.close();
  return Object.entries(seen).filter(([, time]) => time !== undefined);
}

const server = await serve({ asHost: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args });
const timed = new Map();
for (let at = 0; at < rounds; at += 1) {
  for (const [name, time] of await visit(browser)) {
    const row = timed.get(name) ?? { name, shown: [], worker: [] };
    row.shown.push(time);
    timed.set(name, row);
  }
}
await browser.close();
server.close();
console.log(JSON.stringify([...timed.values()]));
