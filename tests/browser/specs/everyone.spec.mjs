// On a phone, in the dark, in colours of the system, with a keyboard alone. views.spec.mjs looks at every view,
// and paths.spec.mjs goes the ways of docs/accessibility.md.

import { MULTI_STAGE } from "../dockerfiles.mjs";
import { expect, open, paste, stage, tab, test, text } from "../page.mjs";

const summary = (page) => page.getByRole("region", { name: "Summary" });

test("dark and light differ, and the choice outlives a reload", async ({ page }) => {
  await open(page);
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await colour();
  await page.getByRole("combobox", { name: "Theme" }).selectOption("dark");
  await expect.poll(colour).not.toBe(light);
  const dark = await colour();
  await page.reload();
  await expect.poll(colour).toBe(dark);
});

test("in colours of the system what is chosen stands out, and more contrast is given who asks", async ({ page }) => {
  await open(page);
  await paste(page, MULTI_STAGE);
  await tab(page, "Cache").click();
  const chips = page.getByRole("tabpanel", { name: "Cache" }).locator(".cache-chip");
  await expect(chips.and(page.locator("[aria-pressed=true]"))).toHaveCount(1);
  const look = (target, property) => target.evaluate((it, property) => getComputedStyle(it)[property], property);
  await page.emulateMedia({ forcedColors: "active" });
  const [chosen, other] = [true, false].map((is) => chips.and(page.locator(`[aria-pressed=${is}]`)).first());
  expect(await look(chosen, "backgroundColor")).not.toBe(await look(other, "backgroundColor"));
  expect(await look(tab(page, "Cache"), "borderBottomColor")).not.toBe(await look(tab(page, "Costs"), "borderBottomColor"));
  await page.emulateMedia({ forcedColors: null, contrast: "more" });
  expect(await look(page.locator(".header__about"), "color")).toBe(await look(page.locator("h1"), "color"));
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test("nothing is wider than the screen, in any panel", async ({ page }) => {
    await open(page);
    await paste(page, MULTI_STAGE);
    await expect(summary(page)).toContainText("2 of 3");
    for (const panel of await page.getByRole("region", { name: "Results" }).getByRole("tab").all()) {
      await panel.click();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, await panel.innerText()).toBeLessThanOrEqual(360);
    }
  });

  for (const width of [390, 360]) {
    test(`texts and unknown sizes take little room on ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 740 });
      await open(page);
      await paste(page, "FROM acme/a:1 AS a\nFROM acme/b:1 AS b\nFROM acme/c:1\nCOPY --from=a /a /\nCOPY --from=b /b /\n");
      const sizes = page.getByRole("region", { name: "Sizes of unknown base images" });
      await expect(sizes.getByRole("textbox")).toHaveCount(3);
      const box = (target) => target.boundingBox();
      expect((await box(sizes)).height, "three sizes leave room for the text").toBeLessThan(290);
      const touched = await Promise.all([
        box(sizes.getByRole("textbox").first()),
        box(sizes.getByRole("button").first()),
        box(page.locator(".button--file").filter({ hasText: "Open…" })),
        box(tab(page, "Options")),
      ]);
      for (const { height } of touched) expect(height, "a finger hits it").toBeGreaterThanOrEqual(44);
      const [, , opens, options] = touched;
      expect(Math.abs(opens.y - options.y), "Open… stands beside the tabs").toBeLessThan(4);
    });
  }

  test("what is worth a look takes no height from the text", async ({ page }) => {
    await open(page);
    const height = async () => (await page.locator(".workbench__panel:visible").boundingBox()).height;
    await paste(page, "FROM node:22 AS build\nFROM scratch\nCOPY --from=build / /\n");
    await expect(page.getByRole("region", { name: "Summary" })).toContainText("2 of 2");
    const before = await height();
    await paste(page, "FROM node:22 AS build\nFROM scratch\nCOPY --from=biuld / /\n");
    await expect(page.getByText("Worth a look")).toBeVisible();
    expect(await height()).toBe(before);
  });
});

test("a keyboard alone opens an example, a stage and the list of keys", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Examples", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("list", { name: "Examples" }).getByRole("button").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => text(page)).toContain("FROM");

  await tab(page, "Stages").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, "Layers")).toBeFocused();
  await expect(tab(page, "Layers")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowLeft");

  const first = page.getByRole("group", { name: /^Stage graph/ }).getByRole("button").first();
  await first.focus();
  await page.keyboard.press("Enter");
  await expect(first).toHaveAttribute("aria-pressed", "true");

  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await expect(keys).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
});

test("the keyboard gets out of the editor", async ({ page }) => {
  const box = await open(page);
  await box.focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(box).not.toBeFocused();
});

test("the shortcut makes a link", async ({ page }) => {
  await open(page);
  await paste(page, MULTI_STAGE);
  await page.keyboard.press("ControlOrMeta+S");
  await expect(page.getByRole("textbox", { name: "Link", exact: true })).toHaveValue(/#\d+\./);
});

test("the list of stages says what the drawing shows", async ({ page }) => {
  await open(page);
  await paste(page, MULTI_STAGE);
  await tab(page, "Stages").click();
  await expect(stage(page, /^lint\b/)).toContainText(/not needed|unused/);
  await expect(stage(page, /^server\b/)).toContainText(/target/);
});
