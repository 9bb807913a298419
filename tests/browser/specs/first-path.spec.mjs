// Paste a Dockerfile, see its stages and its base images' weight, share it.

import { BROKEN, MULTI_STAGE } from "../dockerfiles.mjs";
import { dockerfile, expect, open, paste, stage, tab, test, text } from "../page.mjs";

const SIZE = /\d[\d.,]* [kMG]B/;

test("pasting a Dockerfile shows its stages and their sizes", async ({ page }) => {
  await open(page);
  await paste(page, MULTI_STAGE);
  await tab(page, "Stages").click();
  for (const [name, base] of [["build", "node:22"], ["lint", "node:22"], ["server", "node:22-alpine"]]) {
    await expect(stage(page, new RegExp(`^${name}\\b`))).toContainText(base);
    await expect(stage(page, new RegExp(`^${name}\\b`))).toContainText(SIZE);
  }
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("2 of 3");
});

test("the drawing has every stage, and a click lights up its lines", async ({ page }) => {
  await open(page);
  await paste(page, MULTI_STAGE);
  await tab(page, "Stages").click();
  const graph = page.getByRole("group", { name: /^Stage graph/ });
  const node = graph.getByRole("button", { name: /\bbuild\b/ }).first();
  await expect(graph.getByRole("button")).toHaveCount(3);
  await node.click();
  await expect(node).toHaveAttribute("aria-pressed", "true");
  const lit = (await dockerfile(page)).locator(".cm-stageLine");
  await expect(lit.first()).toContainText("FROM node:22 AS build");
  await expect(lit.filter({ hasText: "FROM node:22-alpine" })).toHaveCount(0);
});

test("what is estimated is said to be, with its range", async ({ page }) => {
  await open(page);
  await paste(page, MULTI_STAGE);
  await tab(page, "Layers").click();
  const layer = page.getByRole("listitem").filter({ hasText: "COPY --from=build" });
  await expect(layer).toContainText(/≈ .*–/);
});

test("typing is analysed too", async ({ page }) => {
  const box = await open(page);
  await paste(page, "FROM alpine:3.22\n");
  await tab(page, "Stages").click();
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("1 of 1");
  await box.press("ControlOrMeta+End");
  await page.keyboard.type("FROM scratch AS last");
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("1 of 2");
});

test("a link opens on the same text and the same result", async ({ page, context }) => {
  await open(page);
  await paste(page, `${MULTI_STAGE}# ünï©ødé 🐳\n`);
  await tab(page, "Stages").click();
  await expect(stage(page, /^server\b/)).toContainText(SIZE);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link", exact: true }).inputValue();
  expect(new URL(link).search, "the state must not be in the query").toBe("");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  const other = await context.newPage();
  await other.goto("about:blank");
  await other.goto(link);
  expect(await text(other)).toBe(await text(page));
  await tab(other, "Stages").click();
  await expect(stage(other, /^server\b/)).toHaveText(await stage(page, /^server\b/).innerText(), {
    useInnerText: true,
  });
});

test("a damaged link says so and the page stays usable", async ({ page }) => {
  await open(page, "#1.%%%not-a-link");
  await expect(page.getByRole("status").first()).toContainText(/link/i);
  await paste(page, "FROM alpine:3.22\n");
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("1 of 1");
});

test("a reload keeps the work", async ({ page }) => {
  await open(page);
  await paste(page, MULTI_STAGE);
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("2 of 3");
  const before = await text(page);
  await page.reload();
  await expect.poll(() => text(page)).toBe(before);
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("2 of 3");
});

test("a broken line is named at its place, and the rest is analysed", async ({ page }) => {
  await open(page);
  await paste(page, BROKEN);
  const errors = page.getByRole("region", { name: "What the builder would refuse" });
  await expect(errors).toContainText("Line 3");
  await expect(errors).toContainText(/INSTALL/);
  const box = await dockerfile(page);
  await expect(box.locator(".cm-lintRange-error").first()).toContainText("INSTALL");
  await tab(page, "Stages").click();
  await expect(stage(page, /^build\b/)).toContainText("node:22");
  await expect(stage(page, /^server\b/)).toBeVisible();
});

test("an example opens from the menu", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Examples", exact: true }).click();
  const menu = page.getByRole("list", { name: "Examples" });
  expect(await menu.getByRole("button").count()).toBeGreaterThanOrEqual(4);
  await menu.getByRole("button", { name: /Go to scratch/ }).click();
  await expect.poll(() => text(page)).toContain("FROM scratch");
  await expect(page).toHaveURL(/#example\/go-scratch$/);
});
