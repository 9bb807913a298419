// What is assumed: dragged, typed, reset and kept; and how long a pull takes.

import { expect, expectAccessible, open, paste, test } from "../page.mjs";

const APP =
  "FROM node:22 AS build\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\n" +
  "FROM node:22-slim\nCOPY --from=build /app/node_modules /app/node_modules\n";
const NAME = "/app/node_modules, from npm install";

const summary = (page) => page.getByRole("region", { name: "Summary" });
const size = async (page) => (await summary(page).locator("dd").first().innerText()).trim();

/** Opens the page on the app, with the assumptions in sight. */
async function openApp(page) {
  await open(page);
  await paste(page, APP);
  await page.getByRole("tab", { name: "Layers" }).click();
  const assumed = page.getByRole("region", { name: "Assumed" });
  await expect(assumed.getByRole("slider", { name: `Size of ${NAME}` })).toBeVisible();
  return assumed;
}

test("a slider moves the number, by keyboard and by pointer, and can be taken back", async ({ page }) => {
  const assumed = await openApp(page);
  const slider = assumed.getByRole("slider", { name: `Size of ${NAME}` });
  const before = await size(page);
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(slider).toHaveAttribute("aria-valuetext", "60.1 MB");
  await expect.poll(() => size(page)).not.toBe(before);
  const least = await size(page);
  const box = await slider.boundingBox();
  await page.mouse.move(box.x + 10, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2, { steps: 8 });
  // The button is still down: the number moves while the hand does.
  await expect(slider).toHaveAttribute("aria-valuetext", "600 MB");
  await expect.poll(() => size(page)).not.toBe(least);
  await page.mouse.up();
  await assumed.getByRole("button", { name: `Reset ${NAME}` }).click();
  await expect.poll(() => size(page)).toBe(before);
  await expect(slider).toBeFocused();
});

test("a typed size counts, outlives a reload, and all are reset at once", async ({ page }) => {
  const assumed = await openApp(page);
  const before = await size(page);
  const field = assumed.getByRole("textbox", { name: `Type the size of ${NAME}` });
  await field.fill("1 GB");
  await field.press("Enter");
  await expect.poll(() => size(page)).toMatch(/^1\.\d+ GB$/);
  const typed = await size(page);
  await page.reload();
  await expect.poll(() => size(page)).toBe(typed);
  await expect(field).toHaveValue("1.00 GB");
  await assumed.getByRole("button", { name: "Reset all 1" }).click();
  await expect.poll(() => size(page)).toBe(before);
  await expect(field).toHaveValue("");
});

test("the line of an assumption is shown, and axe finds nothing", async ({ page }) => {
  const assumed = await openApp(page);
  await assumed.getByText("more that the image does not hold").click();
  await expectAccessible(page);
  await assumed.getByRole("button", { name: `line 4 ${NAME}` }).click();
  const selected = () => page.evaluate(() => getSelection().toString());
  await expect.poll(selected).toContain("RUN npm install");
});

test("a pull is timed as it is chosen, and a link carries the choice", async ({ page }) => {
  await openApp(page);
  const time = summary(page).locator(".summary__pull span");
  const pull = summary(page).getByRole("combobox", { name: "Pull at" });
  const usual = await time.innerText();
  await pull.selectOption("10");
  await expect(time).not.toHaveText(usual);
  const slow = await time.innerText();
  await pull.selectOption("10 w");
  await expect(time).not.toHaveText(slow);
  await page.reload();
  await expect(pull).toHaveValue("10 w");
});
