// Examples: the menu with its headings, stories and targets, a cure step by step, and links to one.

import { expect, expectAccessible, open, paste, tab, test, text } from "../page.mjs";

const MINE = "FROM alpine:3.22\nRUN echo mine\n";
const menu = (page) => page.getByRole("list", { name: "Examples" }).first();
const panel = (page, name) => page.getByRole("tabpanel", { name });

async function choose(page, name) {
  await page.getByRole("button", { name: "Examples", exact: true }).click();
  await menu(page).getByRole("button", { name }).click();
}

test("a cure is walked through step by step, each beside the one before", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Examples", exact: true }).click();
  const steps = menu(page).getByRole("list", { name: /^Node\.js/ });
  await expect(steps.getByRole("button")).toHaveCount(7);
  await expect(steps.getByRole("button", { name: /^Step 1: naive about 1\.\d GB .*\.$/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(menu(page)).toHaveCount(0);

  await choose(page, /^Step 3/);
  await expect.poll(() => text(page)).toContain("FROM node:22-slim");
  await tab(page, "Compare").click();
  await expect(panel(page, "Compare")).toContainText("Before is the step before this one");
  await page.getByRole("button", { name: "Next step" }).click();
  await expect(page.getByText("Step 4: manifests first. An edit")).toBeVisible();
  await expect(page).toHaveURL(/#example\/node-manifests-first$/);
  await expect(panel(page, "Compare").getByRole("row", { name: /^Image/ })).toContainText("−");
  await expect(panel(page, "Compare")).toContainText("RUN --mount=type=cache");
  await page.reload();
  await expect(panel(page, "Compare")).toContainText("Before is the step before this one");
  await expect(page.getByRole("button", { name: "Back to my last work" })).toHaveCount(0);
});

test("a link opens an example with its files, in place of work that is kept", async ({ page }) => {
  await open(page);
  await paste(page, MINE);
  await page.evaluate(() => (location.hash = "example/php-fpm"));
  await expect.poll(() => text(page)).toContain("FROM composer:2");
  await tab(page, "Files").first().click();
  await expect(page.getByText("Folder php-fpm")).toBeVisible();
  await page.evaluate(() => (location.hash = "example/none"));
  await expect(page.getByText("There is no example called “none”.")).toBeVisible();
  await page.getByRole("button", { name: "Back to my last work" }).click();
  await expect.poll(() => text(page)).toContain("echo mine");
});

test.describe("without the file of examples", () => {
  test.use({ provoked: /examples\.json|ERR_FAILED|Failed to load/ });

  test("the page says so, and tries again when the menu is opened", async ({ page }) => {
    await page.route("**/examples.json", (route) => route.abort());
    await open(page, "#example/go-scratch");
    await expect(page.getByText("The example could not be loaded")).toBeVisible();
    await expect(page.getByText("The examples could not be loaded.")).toBeVisible();
    await page.unroute("**/examples.json");
    await choose(page, /Go to scratch/);
    await expect.poll(() => text(page)).toContain("FROM scratch");
  });
});
