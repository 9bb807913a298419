// What to change: what the image could be, every fix at a press, and the way back.

import { dockerfile, expect, expectAccessible, open, paste, saved, tab, test, text } from "../page.mjs";

const NAIVE = `FROM node:22
WORKDIR /app
COPY package*.json ./
RUN npm ci
RUN apt-get update && apt-get install -y build-essential
COPY . .
RUN chown -R node:node /app
CMD node dist/server.js
`;

const summary = (page) => page.getByRole("region", { name: "Summary" });
const panel = (page) => page.getByRole("tabpanel", { name: /^Advice/ });
const button = (page, name) => panel(page).getByRole("button", { name, exact: true });
const ignored = (page) => page.getByRole("textbox", { name: /^\.dockerignore/ });

/** Opens the panel on a Dockerfile, by what the summary says of it. */
async function look(page) {
  await open(page);
  await paste(page, NAIVE);
  await summary(page).getByRole("button", { name: /could be/ }).click();
  await expect(button(page, "Apply all")).toBeVisible();
}

test("the summary says what the image could be and leads to how", async ({ page }) => {
  await look(page);
  await expect(page.getByRole("tab", { name: /^Advice \(\d+\)$/ })).toHaveAttribute("aria-selected", "true");
  await expect(panel(page)).toContainText(/GB → ≈ .* \(−\d+ %\)/);
  await panel(page).locator("summary").first().click();
  await expect(panel(page).getByRole("columnheader", { name: "Saves" }).first()).toBeVisible();
  await expectAccessible(page);
});

test("all fixes are applied at a press, and one press takes them back in both texts", async ({ page }) => {
  await look(page);
  await button(page, "Apply all").click();
  await expect.poll(() => text(page)).not.toBe(NAIVE);
  const line = page.locator('.notices__line[data-kind="undo"]');
  await line.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => text(page)).toBe(NAIVE);
  await expect(line).toHaveCount(0);
  await tab(page, ".dockerignore").click();
  await expect(ignored(page).locator(".cm-line")).toHaveCount(1);
});

test("the editor's own undo takes a fix back in the ignore file as well", async ({ page }) => {
  await look(page);
  await button(page, "Apply all").click();
  await tab(page, ".dockerignore").click();
  await expect(ignored(page)).toContainText("node_modules");
  await tab(page, "Dockerfile").click();
  await (await dockerfile(page)).click();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect.poll(() => text(page)).toBe(NAIVE);
  await tab(page, ".dockerignore").click();
  await expect(ignored(page)).not.toContainText("node_modules");
});

test("a report for a pull request has both sizes and a link that opens the page", async ({ page }) => {
  await look(page);
  const press = () => button(page, "Save as Markdown").click();
  const { name, text } = await saved(page, press);
  expect(name).toBe("layerwise.md");
  expect(text).toContain("### What to change");
  const [, link] = text.match(/\[Open it in Layerwise\]\((\S+)\)/);
  await page.goto(link);
  await expect(await dockerfile(page)).toContainText("FROM node:22");
});
