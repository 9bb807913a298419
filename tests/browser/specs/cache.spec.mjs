// What an edit rebuilds and why: choose one, see the line to blame, put the lines in a better order,
// and see the expensive step come from the cache.

import { expect, expectAccessible, open, paste, tab, test, text } from "../page.mjs";

const NAIVE = `FROM node:22
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
`;
const ORDERED = `FROM node:22
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
`;

const panel = (page) => page.getByRole("tabpanel", { name: "Cache" });
const step = (page, instruction) =>
  panel(page).getByRole("listitem").filter({ hasText: instruction }).first();
const chip = (page, name) => panel(page).getByRole("button", { name, exact: true });

/** Opens the panel on a Dockerfile. */
async function look(page, dockerfile) {
  await open(page);
  await paste(page, dockerfile);
  await tab(page, "Cache").click();
  await expect(panel(page)).toContainText("Step by step");
}

test("a better order keeps the packages in the cache when a source file changes", async ({ page }) => {
  await look(page, NAIVE);
  await chip(page, "a source file").click();
  await expect(chip(page, "a source file")).toHaveAttribute("aria-pressed", "true");
  await expect(step(page, "RUN npm ci")).toContainText("rebuilt");
  await expect(step(page, "RUN npm ci")).toContainText("Line 3 is rebuilt");
  await expect(panel(page)).toContainText("Line 3 caused 3 rebuilds.");

  await paste(page, ORDERED);
  await expect(step(page, "RUN npm ci")).toContainText("cached");
  await expect(step(page, "RUN npm ci")).not.toContainText("rebuilt");
  await expect(panel(page)).toContainText("Line 5 caused 2 rebuilds.");

  await chip(page, "package.json").click();
  await expect(step(page, "RUN npm ci")).toContainText("rebuilt");
  await expect(panel(page)).toContainText("When package.json changes");
});

test("the proposed order keeps the packages in the cache at a press, and can be undone", async ({ page }) => {
  await look(page, NAIVE);
  await chip(page, "a source file").click();
  await expect(step(page, "RUN npm ci")).toContainText("rebuilt");
  const proposal = panel(page).getByRole("region", { name: "Proposed order" });
  await expect(proposal.getByRole("row", { name: /RUN npm ci/ })).toContainText("rebuiltcached");
  await expectAccessible(page);
  await proposal.getByRole("button", { name: "Apply this order" }).click();
  await expect(step(page, "RUN npm ci")).toContainText("cached");
  await expect(chip(page, "a source file")).toHaveAttribute("aria-pressed", "true");
  await expect(proposal).toHaveCount(0);
  expect(await text(page)).toContain("COPY package*.json ./\nRUN npm ci\nCOPY . .");
  const editor = page.getByRole("textbox", { name: /^Dockerfile\b/ });
  await editor.press("ControlOrMeta+Z");
  await expect(step(page, "RUN npm ci")).toContainText("rebuilt");
  expect(await text(page)).not.toContain("package*.json");
  await page.getByRole("tab", { name: ".dockerignore" }).click();
  await expect(page.getByRole("textbox", { name: /dockerignore/ })).not.toContainText("node_modules");
});

test("one button brings both texts of an applied order back", async ({ page }) => {
  await look(page, NAIVE);
  await chip(page, "a source file").click();
  await panel(page).getByRole("button", { name: "Apply this order" }).click();
  await expect(panel(page).getByRole("button", { name: "Apply this order" })).toHaveCount(0);
  await expectAccessible(page);
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  await expect(undo, "who changed their mind is there already").toBeFocused();
  await undo.press("Enter");
  await expect(panel(page).getByRole("button", { name: "Apply this order" })).toBeVisible();
  await expect(undo).toHaveCount(0);
  expect(await text(page)).not.toContain("package*.json");
  await page.getByRole("tab", { name: ".dockerignore" }).click();
  await expect(page.getByRole("textbox", { name: /dockerignore/ })).not.toContainText("node_modules");
});

test("a typed time stays with its instruction when the lines change places", async ({ page }) => {
  await look(page, NAIVE);
  await chip(page, "a source file").click();
  const field = panel(page).getByLabel("Time of line 4");
  await field.fill("11 min 15 s");
  await field.press("Tab");
  await panel(page).getByRole("button", { name: "Apply this order" }).click();
  await expect(step(page, "RUN npm ci")).toContainText("cached");
  await expect(panel(page).getByLabel("Time of line 5")).toHaveValue("");
  await chip(page, "package.json").click();
  await expect(step(page, "RUN npm ci")).toContainText("rebuilt");
  await expect(panel(page).getByLabel("Time of line 4")).toHaveValue("11 min 15 s");
  await expect(panel(page).getByLabel("Time of line 5")).toHaveValue("");
});

test("the page is no longer than the window, whatever the panel holds", async ({ page }) => {
  await look(page, NAIVE);
  await expect(panel(page)).toContainText("All usual edits");
  const beyond = () => page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  expect(await beyond(), "pixels below the window").toBe(0);
});

test("a source file stays chosen in another project", async ({ page }) => {
  await look(page, NAIVE);
  await chip(page, "a source file").click();
  await paste(page, "FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n");
  await expect(step(page, "RUN go build")).toContainText("rebuilt");
  await expect(chip(page, "a source file")).toHaveAttribute("aria-pressed", "true");
  await expect(panel(page)).not.toContainText("cannot be tried");
});

test("a Dockerfile that does not build is to be mended first", async ({ page }) => {
  await look(page, NAIVE);
  await paste(page, "FROM alpine\nFOO\n");
  await expect(panel(page)).toContainText("Nothing can be replayed until the Dockerfile is mended");
  await expect(panel(page)).toContainText("Line 2: ");
  await expect(chip(page, "my edit")).toHaveAttribute("aria-pressed", "true");
  await expectAccessible(page);
  await paste(page, NAIVE);
  await expect(step(page, "RUN npm ci")).toContainText("rebuilt");
});

test("what a person edits since the version before comes first, and a colleague sees it", async ({ page }) => {
  await look(page, ORDERED);
  await expect(panel(page)).toContainText("Edit a line, and “my edit” says what that rebuilds.");
  await paste(page, ORDERED.replace("npm run build", "npm run ship"));
  await expect(chip(page, "my edit")).toHaveAttribute("aria-pressed", "true");
  await expect(panel(page)).toContainText("When my edit is built");
  await expect(panel(page)).toContainText("My edit: line 6 since the version before.");
  await expect(step(page, "RUN npm ci")).toContainText("cached");
  await expect(step(page, "RUN npm run ship")).toContainText("rebuilt");
  await chip(page, "my edit").click();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link", exact: true }).inputValue();
  await page.goto("about:blank");
  await page.goto(link);
  await expect(panel(page)).toContainText("My edit: line 6 since the version before.");
  await panel(page).getByRole("button", { name: "Take this as the version before" }).click();
  await expect(panel(page)).toContainText("Nothing is edited yet", { ignoreCase: true });
});

test("a typed time counts, and one that is none is refused", async ({ page }) => {
  await look(page, ORDERED);
  await chip(page, "a source file").click();
  const field = panel(page).getByLabel("Time of line 6");
  await field.fill("12 min 30 s");
  await field.press("Tab");
  await expect(panel(page).getByText(/→ 12 min 3\d s/)).toBeVisible();
  await page.reload();
  await expect(panel(page).getByLabel("Time of line 6")).toHaveValue("12 min 30 s");
  await panel(page).getByLabel("Time of line 6").fill("soon");
  await panel(page).getByLabel("Time of line 6").press("Tab");
  const message = await panel(page).getByLabel("Time of line 6").evaluate((it) => it.validationMessage);
  expect(message).toContain("such as 45 s");
});

test("a time that is typed anew stays while answers come, and its field has the focus", async ({ page }) => {
  await look(page, ORDERED);
  await chip(page, "a source file").click();
  const field = panel(page).getByLabel("Time of line 6");
  await field.fill("12 min 30 s");
  await field.press("Enter");
  await page.keyboard.type(" 5");
  await expect(panel(page).getByText(/→ 12 min 3\d s/)).toBeVisible();
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("12 min 30 s 5");
  await field.press("Enter");
  await expect(field).toHaveValue("12 min 35 s");
  await expect(field).toBeFocused();
});

test("each line says beside its bytes what becomes of it", async ({ page }) => {
  await look(page, NAIVE);
  await chip(page, "a source file").click();
  const signs = page.locator(".cm-mark .cm-outcome");
  await expect(signs).toHaveText(["", "✓", "↻", "↻", "↻"]);
  await expect(page.locator(".cm-note")).toHaveText("caused 3 rebuilds");
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(signs.nth(2)).toBeVisible();
  await tab(page, "Layers").click();
  await expect(signs).toHaveCount(0);
});

test("the line that breaks the cache is marked in the editor while an edit is tried", async ({ page }) => {
  // Findings mark lines too, and the same ones.
  const silent = "slim-base,split-stages,ignore-file-missing,manifests-first,package-cache-left";
  await look(page, `# layerwise global ignore=${silent}\n${NAIVE}`);
  const marked = page.locator(".cm-lintRange-warning");
  await expect(marked).toHaveText("COPY . .");
  await chip(page, "nothing").click();
  await expect(panel(page)).toContainText("Every one of 4 steps comes from the cache.");
  await expect(marked).toHaveCount(0);
  await chip(page, "a source file").click();
  await expect(marked).toHaveText("COPY . .");
  await tab(page, "Layers").click();
  await expect(marked).toHaveCount(0);
});

test("any file can be tried, and one that is not there is answered with a sentence", async ({ page }) => {
  await look(page, ORDERED);
  await panel(page).getByLabel("This file").fill("package.json");
  await panel(page).getByLabel("What happens to it").selectOption("touch");
  await panel(page).getByRole("button", { name: "Try" }).click();
  await expect(panel(page)).toContainText("When only the time of package.json changes");
  await expect(chip(page, "only the time of package.json changes")).toHaveAttribute("aria-pressed", "true");

  await panel(page).getByLabel("This file").fill("none/such.js");
  await panel(page).getByLabel("What happens to it").selectOption("modify");
  await panel(page).getByRole("button", { name: "Try" }).click();
  await expect(panel(page)).toContainText("This edit cannot be tried");
  await expect(panel(page)).toContainText("none/such.js");
});

test("the table of all edits has headers, and nothing in the panel is in anybody's way", async ({ page }) => {
  await look(page, NAIVE);
  const table = panel(page).getByRole("region", { name: "All usual edits" }).getByRole("table");
  await expect(table.getByRole("columnheader", { name: "a source file" })).toBeVisible();
  await expect(table.getByRole("row", { name: /RUN npm ci/ })).toContainText("rebuilt");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, "the table scrolls inside itself").toBeLessThanOrEqual(0);
  await expectAccessible(page);
});

test("a long path is no wider than a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await look(page, `FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /src
COPY pom.xml .
COPY src src
RUN mvn --batch-mode package
FROM eclipse-temurin:21-jre
COPY --from=build /src/target/application.jar /
`);
  await expect(panel(page).getByRole("heading", { name: /^When/ })).toContainText("com/example");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, "nothing stands beyond the page").toBeLessThanOrEqual(0);
});

test("nine edits stand side by side without scrolling", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const args = "ARG FLAVOR=plain\nARG VERSION=1\n";
  await look(page, `FROM node:22 AS build\nWORKDIR /app\n${args}COPY package*.json ./\nRUN npm ci
COPY . .\nRUN npm run build\nFROM nginx:1.29\nCOPY --from=build /app/dist /usr/share/nginx/html\n`);
  const box = panel(page).getByRole("group", { name: "All usual edits" });
  const columns = await box.getByRole("columnheader").count();
  expect(columns, "the steps and a column for each edit").toBeGreaterThan(7);
  const hidden = await box.evaluate((it) => it.scrollWidth - it.clientWidth);
  expect(hidden, "nothing of the table is out of sight").toBeLessThanOrEqual(0);
});

test("a link opens on the edit that was tried", async ({ page }) => {
  await look(page, ORDERED);
  await chip(page, "package.json").click();
  await expect(panel(page)).toContainText("When package.json changes");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link", exact: true }).inputValue();
  await page.goto("about:blank");
  await page.goto(link);
  await expect(panel(page)).toContainText("When package.json changes");
  expect(await text(page)).toContain("RUN npm ci");
});

test("who builds, on what and how often is chosen, counts, and is kept", async ({ page }) => {
  await look(page, ORDERED);
  await chip(page, "nothing").click();
  await expect(panel(page)).toContainText("Every one of 5 steps comes from the cache.");
  await panel(page).getByLabel("Built again by").selectOption("a fresh runner without cache");
  await expect(panel(page)).toContainText("5 of 5 steps rebuilt.");
  await panel(page).getByLabel("Built again by").selectOption("the same builder, with --no-cache");
  await expect(panel(page)).toContainText("5 of 5 steps rebuilt.");
  await panel(page).getByLabel("Cache mounts").selectOption("are empty");
  await panel(page).getByLabel("Times a day").selectOption("50");
  await expect(panel(page)).toContainText("A week, 50 such edits a day");
  await page.reload();
  await expect(panel(page)).toContainText("5 of 5 steps rebuilt.");
  await expect(panel(page).getByLabel("Times a day").locator("option:checked")).toHaveText("50");
  await expect(panel(page).getByLabel("Cache mounts").locator("option:checked")).toHaveText("are empty");
  await expectAccessible(page);
});

test("the drawing says of each stage what becomes of it", async ({ page }) => {
  await look(page, `FROM node:22 AS build
WORKDIR /app
COPY . .
RUN npm run build
FROM alpine:3.22 AS tools
RUN apk add curl
FROM scratch
COPY --from=tools /usr/bin /bin
COPY --from=build /app/dist /
`);
  const drawing = panel(page).getByRole("group", { name: /^Stage graph/ });
  await expect(drawing.getByRole("button", { name: /^Stage build,.*rebuilt/ })).toBeVisible();
  await expect(drawing.getByRole("button", { name: /^Stage tools,.*cached/ })).toBeVisible();
  await chip(page, "alpine:3.22 moves").click();
  await expect(drawing.getByRole("button", { name: /^Stage build,.*cached/ })).toBeVisible();
  await expect(drawing.getByRole("button", { name: /^Stage tools,.*rebuilt/ })).toBeVisible();
  await expectAccessible(page);
});
