// What layers weigh is the engine's work: it comes after the first look, with the tables that a
// Dockerfile needs, and its absence is said.

import { MULTI_STAGE } from "../dockerfiles.mjs";
import { expect, open, paste, stage, tab, test } from "../page.mjs";

const APT = `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends git
RUN rm -rf /var/lib/apt/lists/*
`;

// Lines that fill the width of an editor beside the results: a little less of it wraps them anew.
const WRAPPED = `FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /code
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
RUN python manage.py collectstatic --noinput
CMD ["gunicorn","proj.wsgi"]`;

const summary = (page) => page.getByRole("region", { name: "Summary" });
const layers = (page) => page.getByRole("tabpanel", { name: "Layers" });
const layer = (page, text) => layers(page).getByRole("listitem").filter({ hasText: text }).first();

/** Holds requests of these addresses back until the function that is returned is called. */
async function hold(context, address, then = (route) => route.continue()) {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await context.route(address, async (route) => {
    await held;
    await then(route);
  });
  return release;
}

test("the first look comes without the engine, and sizes with it", async ({ page, context }) => {
  const release = await hold(context, "**/layerwise-engine*");
  await open(page);
  await paste(page, MULTI_STAGE);
  await expect(summary(page)).toContainText("2 of 3");
  await expect(stage(page, "build")).toContainText("FROM node:22");
  await tab(page, "Layers").click();
  await expect(layers(page)).toContainText("Sizes of layers are being computed.");
  release();
  await expect(layers(page)).not.toContainText("being computed");
  await expect(layer(page, "COPY --from=build")).toContainText("≈");
  await tab(page, "Stages").click();
  await expect(stage(page, "build")).toContainText("its image ≈");
});

test("a table of packages is loaded when a Dockerfile needs it", async ({ page, context }) => {
  const asked = [];
  context.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const tables = () => asked.filter((path) => /\/(indexes|packages)\//.test(path));
  const release = await hold(context, "**/indexes/*");
  await open(page);
  await paste(page, "FROM debian:bookworm-slim\n");
  await expect(summary(page)).toHaveAttribute("aria-busy", "false");
  expect(tables(), "a base alone needs none").toEqual([]);

  await paste(page, APT);
  await tab(page, "Layers").click();
  await expect(layers(page)).toContainText("Sizes of packages (debian bookworm) are loading");
  release();
  await expect(layers(page)).not.toContainText("are loading");
  // 19.9 MB of lists and some 60 MB of packages, as the real builder has them.
  await expect(layer(page, "apt-get install")).toContainText(/≈ 1?[0-9]{2}(\.\d)? MB/);
  await expect(layer(page, "rm -rf")).toContainText("0 B");
  expect(tables()).toEqual([expect.stringContaining("/indexes/debian-bookworm.index")]);
});

test("a phone marks the heaviest lines, though it has no room for their sizes", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await paste(page, APT);
  const heavy = page.locator(".cm-mark-heavy");
  await expect(heavy).not.toHaveCount(0);
  await expect(heavy.first()).toBeVisible();
  await expect(heavy.first().locator(".cm-mark-text")).toBeHidden();
});

for (const width of [1280, 390]) {
  test(`sizes that come after a paste stand beside their lines, ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const box = await open(page);
    await paste(page, WRAPPED);
    await expect(page.locator(".cm-mark")).toHaveCount(6);
    await expect(summary(page)).toHaveAttribute("aria-busy", "false");
    // Which line each number and each size stands beside, by where its first row begins.
    const beside = () => box.evaluate((content) => {
      const root = content.getRootNode();
      const tops = (selector) => [...root.querySelectorAll(selector)]
        .filter((it) => it.getBoundingClientRect().height > 0 && it.style.visibility !== "hidden")
        .map((it) => Math.round(it.getBoundingClientRect().top));
      const lines = tops(".cm-line");
      const line = (top) => 1 + lines.findIndex((other) => Math.abs(other - top) <= 2);
      return { numbers: tops(".cm-lineNumbers .cm-gutterElement").map(line), sizes: tops(".cm-mark").map(line) };
    });
    await expect.poll(beside).toEqual({ numbers: [1, 2, 3, 4, 5, 6, 7, 8, 9], sizes: [1, 3, 5, 6, 7, 8] });
    // What becomes of each line for an edit moves none of them.
    await tab(page, "Cache").click();
    await expect(page.locator(".cm-outcome")).not.toHaveCount(0);
    await expect.poll(async () => (await beside()).numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect((await beside()).sizes).not.toContain(0);
  });
}

test("the summary is as high before there are facts as with them", async ({ page }) => {
  await open(page);
  const height = async () => (await summary(page).boundingBox()).height;
  const before = await height();
  await paste(page, APT);
  await expect(summary(page)).toContainText("hidden by later layers");
  expect(await height()).toBe(before);
});

test.describe("a table that does not load", () => {
  test.use({ provoked: /indexes|Failed to load resource/ });

  test("is said to be missing, and tried again after an edit", async ({ page, context }) => {
    await context.route("**/indexes/*", (route) => route.abort());
    await open(page);
    await paste(page, APT);
    await tab(page, "Layers").click();
    await expect(layers(page)).toContainText("The table of packages (debian bookworm) could not be loaded");
    await context.unroute("**/indexes/*");
    await paste(page, `${APT}RUN true\n`);
    await expect(layers(page)).not.toContainText("could not be loaded");
    await expect(layer(page, "apt-get install")).toContainText("≈");
  });

  test("is said to be missing where the server answers with its front page", async ({ page, context }) => {
    await context.route("**/indexes/*", (route) => route.fulfill({ body: "<!doctype html>" }));
    await open(page);
    await paste(page, APT);
    await tab(page, "Layers").click();
    await expect(layers(page)).toContainText("could not be loaded");
  });
});

test.describe("an engine that does not load", () => {
  test.use({ provoked: /layerwise-engine|Failed to load resource|dynamically imported module/ });

  test("leaves the first look, and that is said", async ({ page, context }) => {
    await context.route("**/layerwise-engine*", (route) => route.abort());
    await open(page);
    await paste(page, MULTI_STAGE);
    const told = page.getByRole("status").filter({ hasText: "what layers weigh could not be loaded" });
    await expect(told).toContainText("Your text is kept");
    await expect(summary(page)).toContainText("2 of 3");
    await tab(page, "Layers").click();
    await expect(layers(page)).toContainText("Sizes of layers could not be computed.");

    await context.unroute("**/layerwise-engine*");
    await paste(page, `${MULTI_STAGE}EXPOSE 80\n`);
    await expect(layers(page)).not.toContainText("could not be computed");
    await expect(told).toBeHidden();
  });
});
