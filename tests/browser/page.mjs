// What every browser test stands on: a page in which nothing may go wrong unseen, and the few
// things a person does again and again.

import { readFile } from "node:fs/promises";
import { test as base, expect } from "@playwright/test";

const axeSource = readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** A test of the page that fails on any complaint of the browser or request to elsewhere. */
export const test = base.extend({
  // What complaints that a test provokes on purpose look like.
  provoked: [null, { option: true }],
  context: async ({ context, provoked, baseURL }, use) => {
    const { origin } = new URL(baseURL);
    const complaints = [];
    const complain = (text) => {
      if (!provoked?.test(text)) complaints.push(text);
    };
    context.on("page", (page) => {
      page.on("console", (message) => {
        if (message.type() === "error") complain(`console: ${message.text()}`);
      });
      page.on("pageerror", (error) => complain(`page: ${error}`));
      page.on("crash", () => complain("the page crashed"));
    });
    context.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) {
        complain(`request: ${request.method()} ${url}`);
      }
    });
    context.on("response", (response) => {
      if (response.status() >= 400) complain(`response: ${response.status()} ${response.url()}`);
    });
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
    await use(context);
    expect(complaints, "the browser complained, or something left the page's origin").toEqual([]);
  },
});

/** The Dockerfile's editor, once CodeMirror has taken the place of the plain field. */
export async function dockerfile(page) {
  const box = page.getByRole("textbox", { name: /^Dockerfile\b/ });
  await expect(box).toHaveAttribute("contenteditable", "true");
  return box;
}

/** Opens the page at a fragment and waits for its editor. */
export async function open(page, fragment = "") {
  await page.goto(`./${fragment}`);
  return dockerfile(page);
}

/** Replaces the Dockerfile by pasting, as most people do it. */
export async function paste(page, text) {
  const box = await dockerfile(page);
  await box.click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("ControlOrMeta+V");
}

/** The editor's text, which only holds the lines in sight of a long file. */
export async function text(page) {
  const box = await dockerfile(page);
  const lines = await box.locator(".cm-line").allTextContents();
  return lines.join("\n");
}

/** The tab of a panel or an editor text. */
export function tab(page, name) {
  return page.getByRole("tab", { name, exact: true });
}

/** The row of a stage in the list beside the drawing. */
export function stage(page, name) {
  return page.getByRole("listitem").filter({ has: page.getByRole("button", { name }) });
}

/** Opens every panel and every text, and has `look` look at each once it is there. */
export async function walk(page, look) {
  const computed = page.locator(".results__panel").getByText("This is being computed.", { exact: true });
  for (const region of ["Results", "Input"]) {
    const tabs = page.getByRole("region", { name: region, exact: true }).getByRole("tab");
    await expect(tabs.first()).toBeVisible();
    for (const one of await tabs.all()) {
      await one.click();
      await expect(one).toHaveAttribute("aria-selected", "true");
      await expect(computed).toHaveCount(0);
      await look(page);
    }
  }
}

/** What the browser saves when `press` is done: the file's name and its bytes as text. */
export async function saved(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

/** Drops a file on an element, as if it came from the disk. */
export async function drop(page, selector, name, text) {
  const transfer = await page.evaluateHandle(([name, text]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name));
    return transfer;
  }, [name, text]);
  for (const event of ["dragenter", "dragover", "drop"]) {
    await page.dispatchEvent(selector, event, { dataTransfer: transfer });
  }
}

/** What axe looks at: all that WCAG 2.2 asks for up to AA, and what its makers hold to be good. */
const RULES = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

/** Says what axe finds in the page, one sentence each; by all its rules or by a few. The page has no
    frames, so axe is asked right there: the builder of its package opens another page each time. */
export async function findBarriers(page, rules = RULES) {
  const isThere = await page.evaluate(() => "axe" in window);
  if (!isThere) await page.evaluate(await axeSource);
  const violations = await page.evaluate(async (runOnly) => {
    const found = await window.axe.run(document, { runOnly, resultTypes: ["violations"] });
    return found.violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ target }) => target) }));
  }, rules);
  return violations.map(({ id, help, at }) => `${id}: ${help}: ${at.map((one) => one.join(" ")).join(", ")}`);
}

/** Asks axe what a screen reader or a weak eye would stumble over: nothing, if all is well. */
export async function expectAccessible(page) {
  // What is half faded in has no contrast yet.
  const moving = () => page.evaluate(() => {
    const ends = (animation) => Number.isFinite(animation.effect.getComputedTiming().endTime);
    return document.getAnimations().filter(ends).length;
  });
  await expect.poll(moving, "animations that still run").toBe(0);
  expect(await findBarriers(page)).toEqual([]);
}

export { expect };
