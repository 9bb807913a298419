// A teacher writes a lesson in the page and shares it as a link; who opens the link reaches its goal by
// typing. A lesson by a stranger is words and nothing else.

import { drop, expect, expectAccessible, open, paste, saved, tab, test, text } from "../page.mjs";

const panel = (page) => page.getByRole("tabpanel", { name: "Learn" });
const button = (page, name) => panel(page).getByRole("button", { name, exact: true });
const field = (page) => panel(page).getByRole("textbox", { name: "The lesson, in Markdown" });
const copied = (page) => page.evaluate(() => navigator.clipboard.readText());

const DRAFT = `# One layer less
Steps that belong together.

See **Layers**.

\`\`\`dockerfile start
FROM node:22
RUN npm ci
RUN npm cache clean --force
\`\`\`

## Goals
- Two commands are one step. \`layers = 1\`

## Solution
\`\`\`dockerfile solution
FROM node:22
RUN npm ci && npm test
RUN npm cache clean --force
\`\`\`

## What you saw
One layer, and nothing hidden.
`;
const MENDED = "FROM node:22\nRUN npm ci && npm cache clean --force\n";

test("a lesson is written, checked, shared as a link, and done by who opens it", async ({ page, context }) => {
  await open(page);
  await paste(page, MENDED);
  await tab(page, "Learn").click();
  await button(page, "Write a lesson").click();
  await expect(panel(page)).toContainText("to mend");
  await expect(field(page)).toHaveValue(/RUN npm ci && npm cache clean/);
  await field(page).fill(DRAFT);
  await expect(panel(page)).toContainText("the goal “Two commands are one step.” is missed by the solution: 2, wanted 1");
  await button(page, "Take it as the solution").click();
  await expect(panel(page)).toContainText("Nothing is wrong with it: 1 goal, 0 hints.");
  await expectAccessible(page);
  await field(page).focus();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(panel(page), "undo takes back what a button wrote").toContainText("1 thing to mend");
  await button(page, "Take it as the solution").click();
  await page.reload();
  await expect(field(page), "the draft is kept").toHaveValue(/npm cache clean --force\n```\n\n## What you saw/);
  await button(page, "Copy link").click();
  await expect(panel(page)).toContainText("Copied.");
  const link = await copied(page);
  const file = await saved(page, () => button(page, "Save as file").click());
  expect(file.name).toBe("one-layer-less.md");

  const other = await context.newPage();
  await other.goto(link);
  await expect(panel(other)).toContainText("A lesson from a link or a file");
  await expect(panel(other)).toContainText("0 of 1 goals reached");
  await expect.poll(() => text(other)).toContain("RUN npm ci\nRUN npm cache clean");
  await expectAccessible(other);
  await paste(other, MENDED);
  await expect(panel(other)).toContainText("1 of 1 goals reached");
  await expect(panel(other)).toContainText("✓ done");
  await button(other, "Start over").click();
  await expect(panel(other)).toContainText("0 of 1 goals reached");

  await button(page, "Try it as a learner").click();
  await expect(panel(page)).toContainText("0 of 1 goals reached");
  await button(page, "Back to writing").click();
  await expect(field(page)).toHaveValue(file.text);
  await page.getByRole("button", { name: "Back to my last work" }).click();
  await expect.poll(() => text(page)).toContain("&& npm cache clean");
});

test("a lesson by a stranger is words and nothing else", async ({ page }) => {
  await open(page);
  const hostile = `<script>document.title = "gone"</script> <img src=x onerror="document.title='gone'">
[press](javascript:document.title='gone') [me](data:text/html,x) <https://safe.example>\n`;
  const lesson = DRAFT.replace("See **Layers**.", hostile).replace("# One", '# <b onclick="x">One');
  await drop(page, "main", "hostile.md", lesson);
  await expect(panel(page)).toContainText("0 of 1 goals reached");
  await expect(panel(page)).toContainText("<script>document.title");
  await expect(panel(page).locator("script, img, iframe, b, style")).toHaveCount(0);
  const links = panel(page).locator("a");
  expect(await links.evaluateAll((all) => all.map((a) => a.href))).toEqual(["https://safe.example/"]);
  await expect(page).toHaveTitle(/^Layerwise/);
});
