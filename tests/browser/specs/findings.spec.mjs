// What rules find, in the editor: said where it is, mended at a press, with the mouse and without.

import { dockerfile, expect, expectAccessible, open, paste, tab, test, text } from "../page.mjs";

const LINES = "FROM debian:12-slim\nRUN apt-get update && apt-get install -y curl\nUSER 1000\nCMD [\"curl\"]\n";
const CLEANED = /install -y curl &&.* rm -rf \/var\/lib\/apt\/lists\/\*|rm -rf \/var\/lib\/apt\/lists\/\*/;

const tooltip = (page) => page.locator(".cm-tooltip-lint");
const action = (page, name) => tooltip(page).getByRole("button", { name });
const ignored = (page) => page.getByRole("textbox", { name: /^\.dockerignore/ });
const underlined = (box, words) => box.locator(".cm-lintRange", { hasText: words });
const undo = (page) => page.locator('.notices__line[data-kind="undo"]').getByRole("button", { name: "Undo" });

/** The Dockerfile with its findings. */
async function look(page, lines, words) {
  await open(page);
  await paste(page, lines);
  const box = await dockerfile(page);
  await expect(underlined(box, words).first()).toBeVisible();
  return box;
}

/** Lists the files of the folder. */
async function bring(page, listing) {
  await tab(page, "Files").click();
  await page.getByLabel("Or paste a listing").fill(listing);
}

test("a finding says what it costs and is mended where it stands, and the way back is one key", async ({ page }) => {
  const box = await look(page, LINES, "apt-get update");
  await underlined(box, "apt-get update").first().hover();
  await expect(tooltip(page)).toContainText(/lists of packages stay.*The fix saves .* MB/s);
  await expect(tooltip(page)).toContainText("package-lists-left, DL3009");
  await expectAccessible(page);
  await action(page, /Remove the lists of packages/).click();
  await expect.poll(() => text(page)).toMatch(CLEANED);
  await page.keyboard.press("ControlOrMeta+Z");
  await expect.poll(() => text(page)).toBe(LINES);
  await expect(undo(page)).toHaveCount(0);
});

test("findings are reached and mended by keyboard alone, and undone by the page's button", async ({ page }) => {
  const box = await look(page, LINES, "apt-get update");
  await box.press("ControlOrMeta+Home");
  await page.keyboard.press("F8");
  await expect(tooltip(page)).toContainText("lists of packages");
  await page.keyboard.press("ControlOrMeta+.");
  await expect(action(page, /Remove the lists of packages/)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(box).toBeFocused();
  await page.keyboard.press("ControlOrMeta+.");
  await expect(action(page, /Remove the lists of packages/)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => text(page)).toMatch(CLEANED);
  await undo(page).click();
  await expect.poll(() => text(page)).toBe(LINES);
});

test("a tooltip that a key brought goes with Escape, and when something else has the focus", async ({ page }) => {
  const box = await look(page, LINES, "apt-get update");
  await box.press("ControlOrMeta+Home");
  await page.keyboard.press("F8");
  await expect(tooltip(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tooltip(page)).toHaveCount(0);
  await expect(box).toBeFocused();
  await page.keyboard.press("F8");
  await expect(tooltip(page)).toBeVisible();
  await tab(page, "Learn").focus();
  await expect(tooltip(page)).toHaveCount(0);
});

test("what may break something says so, and a rule can be told to be silent", async ({ page }) => {
  const box = await look(page, LINES, "apt-get install");
  await underlined(box, "apt-get install").first().hover();
  await expect(action(page, /may change what the image does: What was only recommended/)).toBeVisible();
  const comment = "# layerwise ignore=recommended-packages";
  const silence = tooltip(page).locator("li", { hasText: "recommended-packages" });
  await silence.getByRole("button", { name: "Ignore this rule here" }).click();
  await expect.poll(() => text(page)).toBe(LINES.replace("RUN", `${comment}\nRUN`));
  await expect(async () => {
    await page.mouse.move(0, 0);
    await underlined(box, "apt-get install").first().hover();
    await expect(tooltip(page)).toContainText("Nothing says which version", { timeout: 1_000 });
    await expect(tooltip(page)).not.toContainText("only recommend");
  }).toPass();
});

test("a fix of the ignore file alone is undone by the key in the Dockerfile", async ({ page }) => {
  await open(page);
  await bring(page, "9000000 .git/objects/pack\n900 main.js\n");
  await tab(page, ".dockerignore").click();
  await ignored(page).click();
  await page.keyboard.type("*.md");
  await tab(page, "Dockerfile").click();
  const lines = "FROM node:22-slim\nWORKDIR /app\nCOPY . .\n";
  await paste(page, lines);
  const box = await dockerfile(page);
  await expect(async () => {
    await page.mouse.move(0, 0);
    await underlined(box, "COPY").first().hover();
    await expect(tooltip(page)).toContainText(".git", { timeout: 1_000 });
  }).toPass();
  await tooltip(page).locator("li", { hasText: "clutter-copied" }).getByRole("button").first().click();
  await tab(page, ".dockerignore").click();
  await expect(ignored(page)).toContainText(".git");
  await tab(page, "Dockerfile").click();
  await box.focus();
  await page.keyboard.press("ControlOrMeta+Z");
  await tab(page, ".dockerignore").click();
  await expect(ignored(page)).not.toContainText(".git");
  await tab(page, "Dockerfile").click();
  await expect.poll(() => text(page)).toBe(lines);
});

test("the ignore file has its findings too, each said once", async ({ page }) => {
  await open(page);
  await paste(page, "FROM node:22-slim\nWORKDIR /app\nCOPY . .\n");
  await bring(page, "9000000 .git/objects/pack\n900 main.js\n");
  await tab(page, ".dockerignore").click();
  await ignored(page).click();
  await page.keyboard.type("dist # ours");
  const place = underlined(ignored(page), "dist");
  await expect(async () => {
    await page.mouse.move(0, 0);
    await place.first().hover();
    await expect(action(page, /Put the comment above/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(tooltip(page).locator("li")).toHaveCount(1);
  await action(page, /Put the comment above/).click();
  await expect(ignored(page).locator(".cm-line")).toHaveText(["# ours", "dist"]);
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(ignored(page).locator(".cm-line")).toHaveText(["dist # ours"]);
});

test("a fix that is older than what was typed is never applied", async ({ page }) => {
  const box = await look(page, LINES, "apt-get update");
  await box.press("ControlOrMeta+Home");
  await page.keyboard.press("F8");
  await expect(action(page, /Remove the lists of packages/)).toBeVisible();
  const button = await action(page, /Remove the lists of packages/).elementHandle();
  await box.press("ControlOrMeta+End");
  await page.keyboard.type("# typed");
  await button.evaluate((it) => it.click());
  await expect.poll(() => text(page)).toBe(`${LINES}# typed`);
  await expect(undo(page)).toHaveCount(0);
});
