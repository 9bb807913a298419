// Times the real page in dist/: `node bench.mjs ROUNDS` prints, as JSON, for each thing a person
// does the milliseconds until the page's elements say what is new, and those that the worker was at
// it. Beside it stands what dockerfile-utils, the linter of editors, takes for the same texts in the
// same engine, here in Node.js. `cargo xtask bench` builds the page, runs this and makes medians of it.
// Nothing is asserted, and nothing of this is part of the tests.

import { chromium } from "@playwright/test";
import { validate } from "dockerfile-utils";
import { ORIGIN, serve } from "./server.mjs";

/** How often both texts are pasted between the second turn and the one that is called warm. */
const MORE_TURNS = 20;
const rounds = Number(process.argv[2] ?? 7);
const args = (process.env.CHROMIUM_FLAGS ?? "--headless=new --no-sandbox --disable-gpu").split(" ");

/** Stages of ten lines each. */
function stages(count) {
  const stage = (number) => `FROM node:22 AS stage${number}
ARG VERSION=1.${number}
ENV PATH=/opt/bin:$PATH
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci \\
    --omit=dev
COPY src/part${number} ./src
RUN npm run build -- --version=\${VERSION}
CMD ["node", "dist/server.js"]
`;
  return Array.from({ length: count }, (_, number) => stage(number)).join("");
}

/** Sixty lines in five stages that copy from each other. */
function fiveStages() {
  const last = "FROM nginx:1.29\n" + [0, 1, 2, 3].map((number) => {
    return `COPY --from=stage${number} /app/dist /srv/${number}\n`;
  }).join("");
  const checks = Array.from({ length: 15 }, (_, number) => `RUN echo ${number}\n`).join("");
  return stages(4) + last + checks;
}

/** A project of 100 packages with 1,000 files each, as `find -printf '%s %p\n'` lists it. */
function listing() {
  const folders = ["src", "test", "node_modules/left-pad/lib", "dist"];
  const lines = [];
  for (let at = 0; at < 100_000; at += 1) {
    const [pack, file] = [String(Math.floor(at / 1_000)).padStart(2, "0"), at % 1_000];
    const name = `module-${String(file).padStart(3, "0")}.js`;
    lines.push(`1000 ./packages/p${pack}/${folders[file % 4]}/${name}\n`);
  }
  return lines.join("");
}

/** Fifty patterns, as benches/context.rs of the analyzer has them. */
function patterns() {
  const kinds = ["**/name-#", "name-#", "**/*.ext#", "docs-#/**", "packages/*/out-#/*.map"];
  const one = (_, number) => kinds[number % kinds.length].replace("#", number);
  const own = ["**/node_modules", "**/dist", "!packages/p01/dist/module-003.js"];
  return [...own, ...Array.from({ length: 47 }, one)].join("\n");
}

/** Runs in the page before its own scripts: what times things where they happen. */
function prepare() {
  /** Milliseconds from `act` to the moment the page's elements satisfy `isShown`. */
  window.timed = (act, isShown) => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("nothing was shown for a minute")), 60_000);
    const start = performance.now();
    const observer = new MutationObserver(() => {
      if (!isShown()) return;
      observer.disconnect();
      resolve(performance.now() - start);
    });
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    observer.observe(document, all);
    act();
  });
  // The longest time in which the page could do nothing else.
  window.longest = 0;
  const note = (list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  };
  new PerformanceObserver(note).observe({ type: "longtask" });
  /** What the first row of the tree of files says. */
  window.firstRow = () => document.querySelector('[role="treeitem"]')?.ariaLabel ?? "";
  /** Whether the page leaves it to the browser to paste the text. */
  window.pasteInto = (element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const event = { clipboardData, bubbles: true, cancelable: true };
    return element.dispatchEvent(new ClipboardEvent("paste", event));
  };
}

/** Runs in the worker: adds up the time in which it had a question and no answer yet. */
function prepareWorker() {
  let asked = 0;
  self.took = 0;
  self.addEventListener("message", () => { asked = performance.now(); }, { capture: true });
  const send = self.postMessage.bind(self);
  self.postMessage = (...message) => {
    self.took += performance.now() - asked;
    send(...message);
  };
}

/** The editor of a text, with all of it selected. */
async function selected(page, name) {
  // The plain field that stands there first takes no pasted event.
  const editor = page.locator('[contenteditable="true"]');
  const box = page.getByRole("textbox", { name }).and(editor);
  await box.press("ControlOrMeta+A");
  return box;
}

/** Times pasting a Dockerfile until the summary counts its stages. */
async function pasteDockerfile(page, text, count) {
  const box = await selected(page, /^Dockerfile\b/);
  return box.evaluate((element, [text, count]) => {
    const summary = document.querySelector(".summary");
    return window.timed(
      () => window.pasteInto(element, text),
      () => summary.textContent.includes(` of ${count}`) && summary.ariaBusy !== "true",
    );
  }, [text, count]);
}

/** Times pasting the listing until the tree counts its files. */
function pasteListing(page, text) {
  return page.getByLabel("Or paste a listing").evaluate((element, text) => {
    return window.timed(() => {
      if (!window.pasteInto(element, text)) return;
      element.value = text;
      element.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }, () => window.firstRow().includes("100,000 files"));
  }, text);
}

/** Times editing the ignore file until the tree says something else. */
async function editIgnoreFile(page, text) {
  const box = await selected(page, /^\.dockerignore\b/);
  return box.evaluate((element, text) => {
    const before = window.firstRow();
    return window.timed(() => window.pasteInto(element, text), () => window.firstRow() !== before);
  }, text);
}

/** Dockerfiles by their lines, and how many stages they are. */
const SIZES = [["10", 1], ["100", 10], ["2,000", 200], ["10,000", 1000]];

/** Times what dockerfile-utils says of the same Dockerfiles. */
function lint(keep) {
  for (const turn of ["first", "again"]) {
    for (const [lines, count] of SIZES) {
      const text = stages(count);
      const start = performance.now();
      validate(text);
      keep(`dockerfile-utils on ${lines} lines, ${turn}`, performance.now() - start);
    }
  }
}

/** A megabyte of commands that each copy all there is. */
function hostile() {
  const lines = Array.from({ length: 45_000 }, (_, number) => `RUN cp -r / /d${number}\n`);
  return `FROM alpine\nCOPY . /\n${lines.join("")}`;
}

/**
 * Times the longest task of the page after a paste, in which it can do nothing else, until nothing is
 * left to answer: by the processor's time, which a busy machine does not stretch, as its trace tells.
 */
async function longestTask(browser, page, text) {
  await browser.startTracing(page, { categories: ["toplevel"] });
  const box = await selected(page, /^Dockerfile\b/);
  await box.evaluate(async (element, text) => {
    const summary = document.querySelector(".summary");
    const start = performance.now();
    window.pasteInto(element, text);
    const isBusy = () => summary.ariaBusy === "true" || performance.now() - start < 1_500;
    while (isBusy()) await new Promise((resolve) => setTimeout(resolve, 50));
  }, text);
  const { traceEvents: events } = JSON.parse((await browser.stopTracing()).toString());
  const isMain = ({ name, args }) => name === "thread_name" && args.name === "CrRendererMain";
  const threads = new Set(events.filter(isMain).map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = events.filter(({ name, ph, pid, tid }) => {
    return ph === "X" && name.endsWith("RunTask") && threads.has(`${pid} ${tid}`);
  });
  return Math.max(0, ...tasks.map(({ dur, tdur }) => (tdur ?? dur) / 1_000));
}

/** Times what blocks a page, in a tab of its own. */
async function blocking(browser, keep) {
  const page = await browser.newPage({ baseURL: ORIGIN });
  await page.addInitScript(prepare);
  await page.goto("./");
  await pasteDockerfile(page, "FROM alpine:3.22\nRUN touch /a\n", 1);
  await page.waitForFunction(() => document.querySelector(".summary").ariaBusy !== "true");
  const texts = SIZES.slice(2).map(([lines, count]) => [`${lines} lines`, stages(count)]);
  for (const [name, text] of [...texts, ["a hostile megabyte", hostile()]]) {
    keep(`longest task of the page, ${name} pasted`, await longestTask(browser, page, text));
  }
  await page.close();
}

async function round(browser, keep) {
  lint(keep);
  const page = await browser.newPage({ baseURL: ORIGIN });
  await page.addInitScript(prepare);
  // One takes the first look, the other is the engine, which knows sizes.
  const workers = new Set();
  page.on("worker", async (worker) => {
    worker.on("close", () => workers.delete(worker));
    await worker.evaluate(prepareWorker).then(() => workers.add(worker), () => {});
  });
  await page.goto("./");
  const time = async (name, act) => {
    const all = [...workers];
    await Promise.all(all.map((worker) => worker.evaluate(() => { self.took = 0; })));
    const shown = await act();
    const took = all.filter((worker) => workers.has(worker));
    // The engine is the one that is at it for longer.
    const times = await Promise.all(took.map((it) => it.evaluate(() => self.took)));
    keep(name, shown, times.length > 0 ? Math.max(...times) : undefined);
  };
  await pasteDockerfile(page, "FROM alpine:3.22\nRUN touch /a\n", 1);
  await page.waitForFunction(() => document.querySelector(".summary").ariaBusy !== "true");
  // The browser compiles the wasm for a quick start first, and function by function for speed
  // while it runs: what a person meets who has edited for a while comes after some more turns.
  for (const turn of ["first", "again", ...Array(MORE_TURNS).fill(null), "warm"]) {
    for (const [lines, count] of turn ? SIZES : SIZES.slice(0, 3)) {
      const paste = () => pasteDockerfile(page, stages(count), count);
      if (turn) await time(`Dockerfile of ${lines} lines pasted, ${turn}`, paste);
      else await paste();
    }
  }
  const [input, results] = ["Input", "Results"].map((name) => page.getByRole("region", { name }));
  // What an edit rebuilds is answered with the report: what it takes is the difference.
  await pasteDockerfile(page, fiveStages(), 5);
  await results.getByRole("tab", { name: "Cache", exact: true }).click();
  for (const turn of ["once", "again", "again"]) {
    await pasteDockerfile(page, `# ${turn} ${Math.random()}\n${stages(2)}`, 2);
    await time(`60 lines in five stages with all usual edits, ${turn}`, () => {
      return pasteDockerfile(page, fiveStages(), 5);
    });
  }
  await pasteDockerfile(page, "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n", 1);
  await results.getByRole("tab", { name: "Context", exact: true }).click();
  await input.getByRole("tab", { name: "Files", exact: true }).click();
  await page.evaluate(() => { window.longest = 0; });
  await time("listing of 100,000 files pasted", () => pasteListing(page, listing()));
  keep("longest task of the page meanwhile", await page.evaluate(() => window.longest));
  await input.getByRole("tab", { name: ".dockerignore", exact: true }).click();
  const lines = "**/node_modules\n**/dist\n!packages/p01/dist\n";
  await time("ignore file edited beside 100,000 files", () => editIgnoreFile(page, lines));
  await time("50 patterns beside 100,000 files", () => editIgnoreFile(page, patterns()));
  await page.close();
}

const server = await serve();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args });
const timed = new Map();
const keep = (name, shown, worker) => {
  const row = timed.get(name) ?? { name, shown: [], worker: [] };
  row.shown.push(shown);
  if (worker !== undefined) row.worker.push(worker);
  timed.set(name, row);
};
for (let at = 0; at < rounds; at += 1) {
  await round(browser, keep);
  await blocking(browser, keep);
}
await browser.close();
server.close();
console.log(JSON.stringify([...timed.values()]));
