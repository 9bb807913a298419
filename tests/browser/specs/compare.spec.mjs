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
const HISTORY = `IMAGE          CREATED        CREATED BY                           SIZE      COMMENT
3f1b2c4d5e6f   2 hours ago    RUN /bin/sh -c npm ci # buildkit     212MB     buildkit.dockerfile.v0
<missing>      2 hours ago    COPY . . # buildkit                  1.2MB     buildkit.dockerfile.v0
<missing>      2 hours ago    WORKDIR /app                         0B        buildkit.dockerfile.v0
`;

const panel = (page, name) => page.getByRole("tabpanel", { name });

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
  await page.getByLabel("Compare with another Dockerfile").fill(AFTER);
  await expect(panel(page, "Compare")).toContainText("Compared with the pasted Dockerfile.");
  await panel(page, "Compare").getByRole("button", { name: "Clear it" }).click();
  await expect(page.getByLabel("Compare with another Dockerfile")).toHaveValue("");
});

test("what Docker printed is held against every line, taken over, and kept", async ({ page }) => {
  await look(page, "Reality check");
  const field = page.getByLabel("What Docker says of the real image");
  await field.fill(HISTORY);
  await expect(panel(page, "Reality check").getByRole("row", { name: /npm ci/ })).toContainText("212 MB");
  await expectAccessible(page);
  await panel(page, "Reality check").getByRole("button", { name: "Take the truth over" }).click();
  await expect(panel(page, "Reality check").getByRole("row", { name: /npm ci/ })).toContainText("within");
  await page.reload();
  await expect(field).toHaveValue(HISTORY);
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
