// A class: a room sees a lesson in large type and follows each edit, a telephone finds the link, and
// paper has the rest.

import { expect, expectAccessible, open, paste, tab, test, text } from "../page.mjs";

const panel = (page) => page.getByRole("tabpanel", { name: "Learn" });
const button = (page, name) => page.getByRole("button", { name, exact: true });
/** The text without what is said behind its lines. */
const plain = async (page) => (await text(page)).replaceAll(/caused \d+ rebuilds?/g, "");
const SOLVED = "COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n";

test("a lesson is presented by keys and by hand, and each edit is typed", async ({ page }) => {
  await open(page, "#lesson/order-is-speed");
  await button(page, "Present").click();
  const place = page.locator(".present-place");
  await expect(place).toHaveText("Step 1 of 3: Order is speed, the start");
  await expect(page.getByRole("button", { name: "Share" })).toBeHidden();
  await expect(page.locator(".present-outcome").getByText("rebuilt")).toHaveCount(3);
  await expectAccessible(page);
  await page.keyboard.press("PageDown");
  await expect(place).toHaveText("Step 2 of 3: hint 1");
  await page.keyboard.press("ArrowLeft");
  await expect(place).toHaveText("Step 1 of 3: Order is speed, the start");
  await page.keyboard.press("ArrowRight");
  await expect(place).toHaveText("Step 2 of 3: hint 1");
  const before = await plain(page);
  await page.keyboard.press("p");
  await expect.poll(() => plain(page), "it is typed to its end").toContain(SOLVED);
  await expect(place).toHaveText("Step 3 of 3: the solution");
  await expect(page.locator(".present-outcome").getByText("rebuilt")).toHaveCount(2);
  // Each stroke is one of the editor's own, and can be taken back there.
  await page.getByRole("textbox", { name: /^Dockerfile\b/ }).click();
  const undo = async () => {
    await page.keyboard.press("ControlOrMeta+Z");
    return plain(page);
  };
  await expect.poll(undo, "undone").toBe(before);
  await page.keyboard.press("Escape");
  await expect(page.locator(".present")).toHaveCount(0);
  await expect(button(page, "Share")).toBeVisible();
  await expect(panel(page)).toContainText("Lesson 5 of 10");
});

test("who asks again sees the end of the edit, and who wants no motion at once", async ({ page }) => {
  await open(page, "#lesson/two-stages");
  await button(page, "Present").click();
  const place = page.locator(".present-place");
  await expect(place).toContainText("Step 1 of");
  const start = await plain(page);
  const play = button(page, "Type the next edit");
  await play.click();
  await expect.poll(() => plain(page), "it has begun").not.toBe(start);
  await play.click();
  await expect(place).toContainText("Step 2 of");
  const once = await plain(page);
  await button(page, "Back").click();
  await expect.poll(() => plain(page)).toBe(start);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await play.click();
  await expect.poll(() => plain(page)).toBe(once);
});

test("Space types the next edit from any button, and who leaves leaves a whole step", async ({ page }) => {
  await open(page, "#lesson/order-is-speed");
  await button(page, "Present").click();
  const place = page.locator(".present-place");
  await expect(button(page, "Type the next edit")).toBeFocused();
  await page.keyboard.press("PageDown");
  await expect(place).toHaveText("Step 2 of 3: hint 1");
  const hint = await plain(page);
  await button(page, "Back").focus();
  await page.keyboard.press("Space");
  await expect.poll(() => plain(page), "it has begun").not.toBe(hint);
  await page.keyboard.press("Escape");
  await expect(page.locator(".present")).toHaveCount(0);
  await expect(button(page, "Present")).toBeFocused();
  expect(await plain(page), "the rest of the edit was made at once").toContain(SOLVED);
});

test("Back in the moment after an edit is asked for ends it, and goes no step too far", async ({ page }) => {
  await open(page, "#lesson/order-is-speed");
  await button(page, "Present").click();
  const place = page.locator(".present-place");
  await expect(place).toContainText("Step 1 of 3");
  await page.keyboard.press("PageDown");
  await expect(place).toContainText("Step 2 of 3");
  await page.evaluate(() => {
    for (const name of ["play", "previous"]) document.querySelector(`.present-${name}`).click();
  });
  await expect(place).toContainText("Step 3 of 3");
  expect(await plain(page)).toContain(SOLVED);
  await button(page, "Back").click();
  await expect(place).toContainText("Step 2 of 3");
});

for (const [width, height] of [[1920, 1080], [1280, 720]]) {
  test(`stages and layers fit on a screen of ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, "#lesson/two-stages");
    await button(page, "Present").click();
    for (const step of [1, 2, 3, 4]) {
      await expect(page.locator(".present-place")).toContainText(`Step ${step} of 4`);
      await page.keyboard.press("PageDown");
    }
    await expect(page.locator(".present-graph")).toBeInViewport({ ratio: 1 });
    await expect(page.locator(".present-layer").last()).toBeInViewport({ ratio: 1 });
  });
}

test("on a telephone each step begins at its top", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "#lesson/two-stages");
  await button(page, "Present").click();
  const place = page.locator(".present-place");
  await expect(place).toBeInViewport();
  await page.locator(".present-layer").last().scrollIntoViewIfNeeded();
  await page.keyboard.press("PageDown");
  await expect(place).toContainText("Step 2 of");
  await expect(place).toBeInViewport();
});

test("one's own text is presented with its fixes, from any panel", async ({ page }) => {
  await open(page);
  await paste(page, "FROM debian:13\nRUN apt-get update && apt-get install -y curl\n");
  await page.keyboard.press("F2");
  await expect(page.locator(".present-place")).toContainText("the text");
  await page.keyboard.press("PageDown");
  await expect(page.locator(".present-place")).toContainText("fix 1");
  expect(await text(page)).not.toContain("install -y curl\n");
});

test("a text without a safe fix is presented with the others and what they risk", async ({ page }) => {
  await open(page);
  await paste(page, 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm run build\nCMD ["node", "a.js"]\n');
  await page.keyboard.press("F2");
  await expect(page.locator(".present-place")).toContainText("the text");
  await page.keyboard.press("PageDown");
  await expect(page.locator(".present-place")).toContainText("fix 1");
  await expect(page.locator(".present-told")).toContainText("It may change what the image does");
});

test("the link that is shared is there as a code, in the dark too", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page);
  await paste(page, "FROM debian:13\nRUN apt-get update\n");
  await button(page, "Share").click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  await button(page, "QR code, reports, embedding").click();
  await expect(page.getByRole("img", { name: `QR code of ${link}` })).toBeVisible();
  const ground = page.locator(".code-ground");
  await expect(ground).toHaveCSS("fill", "rgb(255, 255, 255)");
  await expectAccessible(page);
});

test("a handout is all that is printed of its page", async ({ page }) => {
  await open(page, "#lesson/order-is-speed");
  await button(page, "Print handout").click();
  await expect(panel(page)).toContainText("Notes");
  await button(page, "With answer key").click();
  await expect(panel(page)).toContainText("Solution");
  await expectAccessible(page);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.getByRole("heading", { name: "Order is speed" })).toBeVisible();
  await expect(button(page, "Print")).toBeHidden();
  await expect(page.getByRole("textbox", { name: /^Dockerfile\b/ })).toBeHidden();
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(255, 255, 255)");
  await page.emulateMedia({ media: "screen" });
  await button(page, "Back to the lesson").click();
  await expect(panel(page)).toContainText("of 3 goals reached");
});
