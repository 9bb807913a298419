// The page without a network, and the page of which a newer version comes.

import { readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { MULTI_STAGE } from "../dockerfiles.mjs";
import { readPage, serve } from "../server.mjs";
import { expect, expectAccessible, open, paste, tab, test as base, text } from "../page.mjs";

/**
 * A server of the page that can be shut, and whose files can be others than those of `dist/`. A newer
 * version is the same page with another number, and with `changed` instead of what some files hold.
 */
class Site {
  files = new Map();
  asked = [];

  async open(port = 0) {
    const read = async (path) => {
      this.asked.push(path);
      return this.files.get(path) ?? readPage(path);
    };
    this.server = await serve({ port, read });
    this.port = this.server.address().port;
    this.address = `http://127.0.0.1:${this.port}/some/sub-path/`;
  }

  async shut() {
    if (!this.server) return;
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    this.server = null;
    await closed;
  }

  /** Serves another version from now on. */
  async update(number, changed = {}) {
    const worker = String(await readPage("sw.js"));
    const [, written] = worker.match(/^const LIST = (.+);$/m);
    const list = JSON.parse(written);
    const page = String(await readPage("index.html"));
    const files = { ...changed, "index.html": page.replace(list.version, number) };
    for (const [path, content] of Object.entries(files)) {
      this.files.set(path, Buffer.from(content));
      list.files[path] = createHash("sha256").update(content).digest("base64");
    }
    list.version = number;
    this.files.set("sw.js", Buffer.from(worker.replace(written, () => JSON.stringify(list))));
  }
}

const test = base.extend({
  site: async ({}, use) => {
    const site = new Site();
    await site.open();
    await use(site);
    await site.shut();
  },
  baseURL: async ({ site }, use) => use(site.address),
});
test.use({ serviceWorkers: "allow" });

const summary = (page) => page.getByRole("region", { name: "Summary" });
const about = (page) => page.getByRole("contentinfo");
const newer = (page) => page.getByRole("status").filter({ hasText: "A newer version of Layerwise is ready" });

/** Waits until the browser has everything. */
const kept = (page) => expect(about(page).getByText("Works without a network.")).toBeVisible();

/** Opens the page, and waits until the browser has everything. */
async function openAndKeep(page, fragment) {
  await open(page, fragment);
  await kept(page);
}

/** The version a page says it is. */
const version = (page) => page.locator("script[data-js]").getAttribute("data-version");

/** How many workers keep the page; `null` while it is being reloaded. */
const registrations = (page) => page.evaluate(async () => {
  return (await navigator.serviceWorker.getRegistrations()).length;
}).catch(() => null);

/** Has the browser look for a newer version, as it does by itself now and then. */
const look = (page) => page.evaluate(async () => (await navigator.serviceWorker.ready).update());

test("after the first visit everything works with the network cut", async ({ page, context, site }) => {
  await openAndKeep(page);
  await site.shut();
  await context.setOffline(true);
  await page.reload();
  await paste(page, MULTI_STAGE);
  await expect(summary(page)).toContainText("2 of 3");
  await expect(summary(page)).toHaveAttribute("aria-busy", "false");
  // A table of packages that nothing asked for while there was a network.
  await paste(page, "FROM debian:trixie\nRUN apt-get update && apt-get install -y curl\n");
  await expect(page.getByText(/could not be loaded/)).toBeHidden();
  await tab(page, "Layers").click();
  await expect(page.getByRole("tabpanel", { name: "Layers" })).toContainText("packages");
  await tab(page, "Cache").click();
  await expect(page.getByRole("tabpanel", { name: "Cache" })).toContainText("rebuilt");
  await tab(page, "Learn").click();
  await page.getByRole("tabpanel", { name: "Learn" }).getByRole("button", { name: /Order/ }).first().click();
  await expect(page.getByRole("tabpanel", { name: "Learn" })).toContainText("Goals");
  await page.getByRole("button", { name: "Examples", exact: true }).click();
  await page.getByRole("list", { name: "Examples" }).getByRole("button").first().click();
  await expect.poll(() => text(page)).toContain("npm install");
  const other = await context.newPage();
  await open(other, "#example/go-scratch");
  await expect.poll(() => text(other)).toContain("golang");
});

test("a newer version waits until one reloads, and keeps the work", async ({ page, site }) => {
  await openAndKeep(page);
  await paste(page, "FROM alpine:3.22\n# mine\n");
  const before = await version(page);
  await site.update("0123456789abcdef");
  await look(page);
  await expect(newer(page)).toBeVisible();
  await expectAccessible(page);
  expect(await version(page), "nothing happens by itself").toBe(before);
  await newer(page).getByRole("button", { name: "Reload" }).click();
  await expect.poll(() => version(page)).toBe("0123456789abcdef");
  await expect.poll(() => text(page)).toContain("# mine");
  await expect(newer(page)).toBeHidden();
});

test("who dismisses the notice gets the newer version with the next visit", async ({ page, context, site }) => {
  await openAndKeep(page);
  const before = await version(page);
  await site.update("0123456789abcdef");
  await look(page);
  await newer(page).getByRole("button", { name: "Dismiss this message" }).click();
  await expect(newer(page)).toBeHidden();
  await page.reload();
  expect(await version(page)).toBe(before);
  await page.goto("about:blank");
  const next = await context.newPage();
  await expect.poll(async () => {
    await next.goto("./");
    return version(next);
  }).toBe("0123456789abcdef");
});

test("a tab goes on with its own version while another has the newer one", async ({ page, context, site }) => {
  await openAndKeep(page);
  await paste(page, "FROM alpine:3.22\n# first tab\n");
  const before = await version(page);
  const other = await context.newPage();
  await open(other);
  // The tab has asked for one of these, and not yet for the other.
  const examples = JSON.parse(String(await readPage("examples.json")));
  const { title } = examples.examples[0];
  examples.examples[0].title = "Newer app";
  await site.update("0123456789abcdef", {
    "examples.json": JSON.stringify(examples),
    "worker.js": `self.isNewer = true;\n${await readPage("worker.js")}`,
  });
  await look(other);
  await newer(other).getByRole("button", { name: "Reload" }).click();
  await expect.poll(() => version(other)).toBe("0123456789abcdef");
  await paste(other, "FROM alpine:3.22\n# second tab\n");
  await expect(summary(other)).toContainText("1 of 1");

  expect(await version(page), "nobody reloads a tab under one's hands").toBe(before);
  // The worker ends, and the one that follows is of the same version.
  const first = page.workers().at(-1);
  const next = page.waitForEvent("worker");
  await first.evaluate(() => self.close());
  const restarted = await next;
  await paste(page, MULTI_STAGE);
  await expect(summary(page)).toContainText("2 of 3");
  expect(await restarted.evaluate(() => self.isNewer === true), "the worker of this version").toBe(false);
  expect(await other.workers().at(-1).evaluate(() => self.isNewer === true)).toBe(true);
  const menu = async (page) => {
    await page.getByRole("button", { name: "Examples", exact: true }).click();
    return page.getByRole("list", { name: "Examples" });
  };
  await expect(await menu(other)).toContainText("Newer app");
  await expect(await menu(page)).toContainText(title);
  await page.reload();
  await expect.poll(() => version(page)).toBe("0123456789abcdef");
  await expect.poll(() => text(page)).toContain("npm run build");
  // What only the older version had is forgotten.
  await kept(page);
  const lists = await page.evaluate(async () => {
    const [shelf] = await caches.keys();
    const keys = await (await caches.open(shelf)).keys();
    return keys.map(({ url }) => url.split("kept/version/")[1]).filter(Boolean);
  });
  expect(lists).toEqual(["0123456789abcdef"]);
});

test("a server that has half of a newer version changes nothing", async ({ page, site }) => {
  await openAndKeep(page);
  const before = await version(page);
  await site.update("0123456789abcdef", { "editor.js": "// newer" });
  site.files.delete("editor.js");
  await look(page).catch(() => {});
  await expect.poll(() => page.evaluate(async () => {
    const { installing, waiting } = await navigator.serviceWorker.ready;
    return Boolean(installing ?? waiting);
  })).toBe(false);
  await expect(newer(page)).toBeHidden();
  await page.reload();
  expect(await version(page)).toBe(before);
});

test("a server for development takes everything back that was kept", async ({ page, site }) => {
  await openAndKeep(page);
  const worker = String(await readPage("sw.js")).replace(/^const LIST = .+;$/m, "const LIST = null;");
  const plain = String(await readPage("index.html")).replace(/ data-version="\w+"/, "");
  site.files.set("sw.js", Buffer.from(worker)).set("index.html", Buffer.from(plain));
  await page.reload();
  await expect.poll(() => version(page)).toBe(null);
  await expect.poll(() => registrations(page)).toBe(0);
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([]);
});

test("a frame keeps nothing", async ({ page }) => {
  await page.goto("./#example/go-scratch/panel/layers/embed");
  await expect(page.getByRole("tabpanel")).toContainText("/server");
  await expect(about(page)).toBeHidden();
  expect(await registrations(page)).toBe(0);
});

test("says its version and of when its data is", async ({ page }) => {
  await open(page);
  const rows = String(await readFile(new URL("../../../crates/analyzer/data/images.jsonl", import.meta.url)));
  const days = rows.match(/"date":"\d{4}-\d\d-\d\d"/g).map((date) => date.slice(8, -1)).sort();
  const trixie = String(await readPage("indexes/debian-trixie.index")).match(/^date (.+)$/m)[1];
  const npm = String(await readPage("packages/npm.tsv")).match(/^# date: (.+)$/m)[1];
  await expect(about(page)).toContainText(/^Layerwise \d+\.\d+\.\d+/);
  await expect(about(page)).toContainText(`base images up to ${days.at(-1)}`);
  await expect(about(page)).toContainText(new RegExp(`Debian ([-\\d]+ to )?${trixie}, `));
  await expect(about(page)).toContainText(`npm ${npm}, `);
});

test("can be installed", async ({ page, context }) => {
  await openAndKeep(page);
  const session = await context.newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // What tests open is a private window.
  const others = installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito");
  expect(others).toEqual([]);
  const { url, errors } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { icons, start_url: start } = await (await page.request.get(url)).json();
  expect(new URL(start, url).href).toBe(new URL("./", page.url()).href);
  for (const icon of icons) {
    expect((await page.request.get(new URL(icon.src, url).href)).status(), icon.src).toBe(200);
  }
});
