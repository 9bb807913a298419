// Does what docs/accessibility.md tells people to do: each of its paths is a list of steps, and each step
// one of the sentences below. Nothing here knows a mouse.

import { readFile } from "node:fs/promises";
import { makeFolder, project } from "./folders.mjs";
import { dockerfile, expect } from "./page.mjs";

const DOCUMENT = new URL("../../docs/accessibility.md", import.meta.url);
/** No way by the Tab key is longer. */
const MOST_STOPS = 90;

/** What the document says: the text that its paths paste, and each path with its steps. */
export async function readPaths() {
  const [, sample, rest] = (await readFile(DOCUMENT, "utf8")).match(/```dockerfile\n([^]*?)```([^]*)/);
  const paths = rest.split(/^### /m).slice(1).map((part) => {
    const [name] = part.split("\n");
    const steps = [...part.matchAll(/^\d+\. (.*)\n(?: +```yaml\n([^]*?) +```)?/gm)];
    return { name, steps: steps.map(([, sentence, tree]) => ({ sentence, tree })) };
  });
  return { sample, paths };
}

/** Keeps from now on what a screen reader is given to read out: what changes in a live region, and what
    comes in as an alert. Of another region that comes in with its words not every screen reader reads them. */
export function listen(page) {
  return page.addInitScript(() => {
    window.heard = [];
    const live = "[role=status], [role=alert], [aria-live=polite]";
    const known = new WeakMap();
    const say = (region) => {
      const text = region.textContent.replaceAll(/\s+/g, " ").trim();
      if (text && text !== known.get(region) && !region.closest("[hidden]")) window.heard.push(text);
      known.set(region, text);
    };
    new MutationObserver((records) => {
      const changed = new Set();
      for (const { target, addedNodes } of records) {
        for (const node of addedNodes) {
          for (const region of node.parentElement?.querySelectorAll(live) ?? []) {
            if (node.contains(region) && region.role === "alert") changed.add(region);
            else if (node.contains(region)) known.set(region, region.textContent.replaceAll(/\s+/g, " ").trim());
          }
        }
        changed.add((target.nodeType === Node.TEXT_NODE ? target.parentElement : target)?.closest?.(live));
      }
      for (const region of changed) if (region?.isConnected) say(region);
    }).observe(document, { characterData: true, childList: true, subtree: true });
  });
}

/** A name or a sentence of the document, in which … stands for anything. */
function pattern(words, whole = true) {
  const parts = words.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(whole ? `^${parts.join(".*")}$` : parts.join(".*"));
}

function hasFocus(target) {
  return target.evaluateAll((all) => all.some((one) => one.getRootNode().activeElement === one));
}

function isEditing(page) {
  return page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused?.isContentEditable ?? false;
  });
}

async function pressUntil(around, key, role, name) {
  const { page } = around;
  const target = page.getByRole(role, { name: pattern(name) });
  // Who listens waits for it, too: keys are faster than what is still being computed.
  await expect(target.first()).toBeAttached();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    // Where the machine is busy, the two seconds are over before the next key: it is pressed once more.
    const again = around.escaped && (await isEditing(page));
    await Promise.all([again && page.keyboard.press("Escape"), page.keyboard.press(key)]);
    around.escaped = false;
    if (await hasFocus(target)) return;
  }
  throw new Error(`${key} does not come to ${role} “${name}” within ${MOST_STOPS} stops`);
}

async function pasteText(page, text) {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("ControlOrMeta+V");
}

async function hear(page, words, once) {
  const told = () => page.evaluate(() => window.heard);
  const wanted = expect.arrayContaining([expect.stringMatching(pattern(words, false))]);
  await expect.poll(told, "what is read out").toEqual(wanted);
  if (once) expect(await told(), "it is read out once, and nothing else").toHaveLength(1);
  await page.evaluate(() => { window.heard.length = 0; });
}

async function chooseFolder(page, key) {
  const made = await makeFolder(project(12));
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press(key)]);
  await chooser.setFiles(made.folder);
  return made.remove;
}

/** The sentences that a step may be, and what is done then. */
const SENTENCES = [
  [/^Open the page$/, async ({ page }) => {
    await page.goto("./");
    await dockerfile(page);
  }],
  [/^Paste the text$/, ({ page, sample }) => pasteText(page, sample)],
  [/^Paste “(.*)”$/, ({ page }, text) => pasteText(page, text)],
  [/^Type “(.*)”$/, ({ page }, text) => page.keyboard.type(text, { delay: 20 })],
  [/^Go to (\w+) “(.*)”$/, (around, role, name) => pressUntil(around, "Tab", role, name)],
  [/^Go back to (\w+) “(.*)”$/, (around, role, name) => pressUntil(around, "Shift+Tab", role, name)],
  [/^Press `(\S+)` until (\w+) “(.*)”$/, (around, key, role, name) => pressUntil(around, key, role, name)],
  [/^Press `(\S+)`$/, (around, key) => {
    around.escaped = key === "Escape";
    return around.page.keyboard.press(key);
  }],
  [/^Press `(\S+)` and choose the folder$/, ({ page, after }, key) => chooseFolder(page, key).then((remove) => after.push(remove))],
  [/^Hear “(.*)” once$/, ({ page }, words) => hear(page, words, true)],
  [/^Hear “(.*)”$/, ({ page }, words) => hear(page, words, false)],
  [/^The choice is on option “(.*)”$/, async ({ page }, name) => {
    const chosen = await page.evaluate(() => document.activeElement.getAttribute("aria-activedescendant"));
    await expect(page.locator(`[id="${chosen}"]`)).toHaveAccessibleName(pattern(name));
  }],
  [/^The focus is on (\w+) “(.*)”$/, async ({ page }, role, name) => {
    const target = page.getByRole(role, { name: pattern(name) });
    await expect.poll(() => hasFocus(target), `the focus is on ${role} “${name}”`).toBe(true);
  }],
  [/^Read (\w+) “(.*?)”: “(.*)”$/, async ({ page }, role, name, words) => {
    await expect(page.getByRole(role, { name: pattern(name) }).first()).toContainText(pattern(words, false));
  }],
  [/^Read (\w+) “(.*)”$/, ({ page }, role, name) => expect(page.getByRole(role, { name: pattern(name) }).first()).toBeVisible()],
  [/^Read this$/, ({ page, tree }) => expect(page.locator("body")).toMatchAriaSnapshot(tree)],
];

/** Does a step; what stands behind a dash is said to people. */
async function follow(sentence, around) {
  const [told] = sentence.split(/ – |[.:]$/);
  for (const [form, act] of SENTENCES) {
    const found = told.match(form);
    if (found) return act(around, ...found.slice(1));
  }
  throw new Error(`No test knows how to do this step of docs/accessibility.md: ${sentence}`);
}

/** Goes a path from its first step to its last. */
export async function walkPath(page, sample, steps, step) {
  const around = { page, sample, after: [] };
  await listen(page);
  for (const { sentence, tree } of steps) {
    around.tree = tree;
    await step(sentence, () => follow(sentence, around));
  }
  for (const clear of around.after) await clear();
}
