// Two versions side by side, a real image beside the estimate, and what it all costs: panels that
// the engine lays out, with fields that never lose a letter.

import { expect, expectAccessible, open, paste, tab, test } from "../page.mjs";

const BEFORE = `FROM node:22
WORKDIR /app
COPY . .
RUN npm ci
`;
const AFTER = `FROM node:22-alpine
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
`;
const STAGES = `FROM node:22 AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
FROM node:22-alpine
WORKDIR /app
COPY --from=build /app /app
`;
const HISTORY = `IMAGE          CREATED        CREATED BY                           SIZE      COMMENT
3f1b2c4d5e6f   2 hours ago    RUN /bin/sh -c npm ci # buildkit     212MB     buildkit.dockerfile.v0
<missing>      2 hours ago    COPY . . # buildkit                  1.2MB     buildkit.dockerfile.v0
<missing>      2 hours ago    WORKDIR /app                         0B        buildkit.dockerfile.v0
`;

const panel = (page, name) => page.getByRole("tabpanel", { name });

const choose = (page, name) => panel(page, "Compare").getByRole("button", { name, exact: true });

async function look(page, name) {
  await open(page);
  await paste(page, BEFORE);
  await tab(page, name).click();
}

test("an edit stands beside the version before, and so does any other Dockerfile", async ({ page }) => {
  await look(page, "Compare");
  await expect(panel(page, "Compare")).toContainText("Nothing has changed");
  await paste(page, AFTER);
  await expect(panel(page, "Compare").getByRole("row", { name: /^Image/ })).toContainText("−");
  await expect(panel(page, "Compare")).toContainText("What an edit rebuilds");
  await expectAccessible(page);
  await choose(page, "A pasted Dockerfile").click();
  await page.getByLabel("The other Dockerfile").fill("FROM scratch\n");
  await expect(panel(page, "Compare")).toContainText("Before is the pasted Dockerfile");
  await panel(page, "Compare").getByText("Its ignore file").click();
  await page.getByLabel("The other .dockerignore").fill("node_modules\n");
  await expect(panel(page, "Compare")).toContainText("Ignore file");
  await choose(page, "The version before").press("Enter");
  await expect(choose(page, "The version before")).toBeFocused();
  await expect(choose(page, "The version before")).toHaveAttribute("aria-pressed", "true");
  await expect(panel(page, "Compare")).toContainText("Before is the version before");
});

test("stages and layers are drawn beside each other, and each step after an edit", async ({ page }) => {
  await look(page, "Compare");
  await paste(page, STAGES);
  const picture = (name) => panel(page, "Compare").getByRole("img", { name });
  await expect(picture(/stage/)).toHaveCount(2);
  await expect(picture(/layer/)).toHaveCount(2);
  // Shapes of another namespace than SVG's would be there and never be seen.
  const box = await picture(/layer/).first().locator("rect").first().boundingBox();
  expect(box.width).toBeGreaterThan(200);
  const steps = () => panel(page, "Compare").getByRole("table", { name: /^Steps after an edit/ });
  const copied = () => steps().getByRole("row", { name: /npm ci/ });
  await choose(page, "a source file").click();
  await expect(copied()).toContainText("rebuilt");
  await expect(copied()).toContainText("cached");
  await choose(page, "nothing").click();
  await expect(copied()).not.toContainText("rebuilt");
  await expectAccessible(page);
});

test("somebody's link is compared with one's own work, opened or pasted", async ({ page, context }) => {
  const other = await context.newPage();
  await open(other);
  await paste(other, AFTER);
  await other.getByRole("button", { name: "Share" }).click();
  await expect(other.getByLabel("Link", { exact: true })).toHaveValue(/#1\./);
  const link = await other.getByLabel("Link", { exact: true }).inputValue();
  await other.close();

  await look(page, "Compare");
  await choose(page, "A pasted link").click();
  await page.getByLabel("A link to somebody's version").fill(link);
  await expect(panel(page, "Compare")).toContainText("Before is what the pasted link holds");
  await expect(panel(page, "Compare").getByRole("row", { name: /^Image/ })).toContainText("+");

  await page.evaluate((fragment) => (location.hash = fragment), link.split("#")[1]);
  await tab(page, "Compare").click();
  await expect(panel(page, "Compare")).toContainText("what was on the page before this was opened");
  await expect(panel(page, "Compare").getByRole("row", { name: /^Image/ })).toContainText("−");
  await page.reload();
  await tab(page, "Compare").click();
  await expect(panel(page, "Compare")).toContainText("what was on the page before this was opened");
});

test("a version that is kept stays to compare with when an example is opened", async ({ page }) => {
  await look(page, "Compare");
  await choose(page, "Keep this version to compare with").click();
  await expect(panel(page, "Compare")).toContainText("It is kept");
  await paste(page, AFTER);
  await choose(page, "The kept version").click();
  await expect(panel(page, "Compare")).toContainText("Before is the version that was kept");
  await page.evaluate(() => (location.hash = "example/node-multi-stage"));
  await tab(page, "Compare").click();
  await choose(page, "The kept version").click();
  await expect(panel(page, "Compare")).toContainText("multi-stage");
});

test("what Docker printed is held against every line, taken over, and kept", async ({ page }) => {
  await look(page, "Reality check");
  const field = page.getByLabel("What Docker says of the real image");
  await field.fill(HISTORY);
  await expect(panel(page, "Reality check").getByRole("row", { name: /npm ci/ })).toContainText("212 MB");
  await expectAccessible(page);
  await panel(page, "Reality check").getByRole("button", { name: "Take the truth over" }).click();
  await expect(panel(page, "Reality check").getByRole("row", { name: /npm ci/ })).toContainText("within");
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(page.getByText("What was measured is taken over.")).toBeVisible();
  await expect(undo).toBeFocused();
  await undo.click();
  await expect(panel(page, "Reality check").getByRole("button", { name: "Take the truth over" })).toBeVisible();
  await page.reload();
  await expect(field).toHaveValue(HISTORY);
});

test("every panel's tab is in sight, however narrow the window", async ({ page }) => {
  await look(page, "Costs");
  for (const width of [1280, 1024, 390]) {
    await page.setViewportSize({ width, height: 844 });
    for (const one of await page.getByRole("tablist", { name: "Results" }).getByRole("tab").all()) {
      const box = await one.boundingBox();
      expect(box.x >= 0 && box.x + box.width <= width, `${await one.innerText()} at ${width}`).toBe(true);
    }
  }
  await page.getByLabel("Pulls a day").fill("-5");
  await expect(panel(page, "Costs")).toContainText("“-5” is not understood");
  await expectAccessible(page);
});

test("what is typed stays while answers come, letter by letter", async ({ page }) => {
  await look(page, "Costs");
  const field = page.getByLabel("Pulls a day");
  await field.click();
  await page.keyboard.type("123456");
  await expect(field).toHaveValue("123456");
  await expect(field).toBeFocused();
  await expect(panel(page, "Costs")).toContainText("123");
  await expectAccessible(page);
  await page.reload();
  await expect(field).toHaveValue("123456");
});
