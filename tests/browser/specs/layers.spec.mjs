// The layers panel: what is in the image, why, what is wasted, and what a cure saves.

import { dockerfile, expect, expectAccessible, open, paste, tab, test } from "../page.mjs";

const NAIVE = `FROM node:22
WORKDIR /app
COPY package*.json ./
RUN npm install
COPY . .
RUN npm run build
RUN apt-get update && apt-get install -y python3
RUN rm -rf /var/lib/apt/lists/*
RUN chown -R node:node /app
CMD ["node", "dist/server.js"]
`;
const CURE = `FROM node:22-alpine AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
FROM node:22-alpine
WORKDIR /app
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY --from=build --chown=node:node /app/dist ./dist
CMD ["node", "dist/server.js"]
`;

const summary = (page) => page.getByRole("region", { name: "Summary" });
const panel = (page) => page.getByRole("tabpanel", { name: "Layers" });
const layer = (page, text) => panel(page).locator("li.layer").filter({ hasText: text }).first();

/** Megabytes of the final image, once everything is there. */
async function megabytes(page) {
  await expect(summary(page)).toHaveAttribute("aria-busy", "false");
  await expect(panel(page)).not.toContainText("are loading");
  const shown = await summary(page).locator("dd").first().innerText();
  const [, number, unit] = shown.match(/([\d.]+) (MB|GB)/);
  return Number(number) * (unit === "GB" ? 1_000 : 1);
}

async function openLayers(page, text) {
  await open(page);
  await paste(page, text);
  await tab(page, "Layers").click();
  await expect(panel(page)).not.toContainText("being computed");
}

test("a naive image is fat and its cure is not", async ({ page }) => {
  await openLayers(page, NAIVE);
  await expect(layer(page, "chown -R")).toContainText("MB");
  const fat = await megabytes(page);
  expect(fat, "the naive image, in MB").toBeGreaterThan(1_000);
  await paste(page, CURE);
  await expect(layer(page, "COPY --from=build")).toContainText("≈");
  const slim = await megabytes(page);
  expect(slim, "the cure, in MB").toBeGreaterThan(80);
  expect(slim, "the cure, in MB").toBeLessThan(300);
});

test("what is wasted names the two lines that cause it, and leads there", async ({ page }) => {
  await openLayers(page, NAIVE);
  await megabytes(page);
  const wasted = panel(page).getByRole("region", { name: /^Wasted/ });
  const lists = wasted.getByRole("listitem").filter({ hasText: "/var/lib/apt/lists" });
  await expect(lists).toContainText("written by line 7 are hidden by line 8");
  await expect(layer(page, "rm -rf"), "a later rm frees nothing").toContainText("0 B");
  await expect(wasted.getByRole("listitem").filter({ hasText: "hidden by line 9" })).not.toHaveCount(0);
  await lists.getByRole("button", { name: "line 8" }).click();
  await expect(await dockerfile(page)).toBeFocused();
});

test("each layer opens into what is in it and why", async ({ page }) => {
  await openLayers(page, NAIVE);
  await megabytes(page);
  const install = layer(page, "apt-get update && apt-get install -y python3");
  await install.locator("summary").click();
  await expect(install.getByRole("listitem").first()).toContainText("/var/lib/apt/lists");
});

test("the treemap is walked by keys and leads to the line", async ({ page }) => {
  await openLayers(page, NAIVE);
  await megabytes(page);
  const map = panel(page).getByRole("listbox", { name: "What the image holds, largest first" });
  await map.focus();
  await page.keyboard.press("Home");
  await expect(panel(page).locator(".treemap-facts")).toContainText("node:22");
  await page.keyboard.press("ArrowRight");
  await expect(panel(page).locator(".treemap-facts")).not.toContainText("node:22 ");
  await page.keyboard.press("Enter");
  await expect(await dockerfile(page)).toBeFocused();
});

test("the usual size of such an app stands beside the estimate", async ({ page }) => {
  await openLayers(page, CURE);
  await expect(panel(page).getByRole("region", { name: "Usual size to pull" })).toContainText("Usually 60–100 MB for a Node.js service");
});

for (const [name, width, scheme] of [["a desktop", 1280, "light"], ["a phone in the dark", 390, "dark"]]) {
  test(`axe finds nothing on ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme: scheme });
    await openLayers(page, NAIVE);
    await megabytes(page);
    await expectAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, "nothing is wider than the page").toBeLessThanOrEqual(width);
  });
}
