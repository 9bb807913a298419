// With a keyboard alone: a control that goes away when it is pressed leaves the focus where the
// person goes on, never at the beginning of the page.

import { makeFolder, drop } from "../folders.mjs";
import { expect, open, paste, tab, test } from "../page.mjs";

const region = (page, name) => page.getByRole("region", { name, exact: true });
const button = (page, name) => page.getByRole("button", { name });
const ignore = (page) => page.getByRole("textbox", { name: /^\.dockerignore\b/ });

/** Presses a button as a keyboard does. */
async function press(page, target) {
  await target.focus();
  await page.keyboard.press("Enter");
}

/** What has the focus, in a word. */
function focused(page) {
  return page.evaluate(() => {
    const { tagName, textContent, ariaLabel } = document.activeElement;
    return `${tagName} ${ariaLabel ?? textContent.trim().slice(0, 40)}`;
  });
}

async function bringFiles(page, files) {
  const made = await makeFolder(files);
  await open(page);
  await drop(page, made.folder);
  await expect(region(page, "Results")).toContainText("From the folder app.");
  await made.remove();
}

const FILES = {
  "Dockerfile": "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n",
  ".dockerignore": "node_modules\n",
  "package.json": "{}\n",
  "node_modules/a/index.js": "a".repeat(900),
  "web/node_modules/b/index.js": "b".repeat(500),
};

test("a line that is mended can be taken back where it was", async ({ page }) => {
  await bringFiles(page, FILES);
  const patterns = region(page, "What each pattern of .dockerignore does");
  await press(page, button(page, "Write **/node_modules instead"));
  const undo = patterns.getByRole("button", { name: "Undo", exact: true });
  await expect(undo).toBeFocused();
  await expect(undo).toHaveAccessibleDescription("Written into .dockerignore.");
  await expect(patterns).toContainText("leaves out 2 files, 1.40 kB");
  await expect(undo, "new numbers leave the focus alone").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(patterns).toContainText("leaves out 1 file, 900 B");
  await expect(button(page, "Write it again")).toBeFocused();
  await expect(ignore(page)).toHaveText("node_modules");
});

test("lines to begin with can be taken back where they were offered", async ({ page }) => {
  await bringFiles(page, FILES);
  const results = region(page, "Results");
  await press(page, button(page, "Add these lines"));
  await expect(button(page, "Undo")).toBeFocused();
  await expect(ignore(page)).toContainText("**/node_modules");
  await expect(results).toContainText("patterns that match nothing here");
  await page.keyboard.press("Enter");
  await expect(ignore(page)).toHaveText("node_modules");
  await page.keyboard.press("Enter");
  await expect(ignore(page)).toContainText("**/node_modules");
  await ignore(page).focus();
  await page.keyboard.type("# mine");
  await expect(button(page, "Undo"), "it would take back what was typed since").toHaveCount(0);
});

test("build arguments are typed one after the other, and removed", async ({ page }) => {
  await open(page);
  await paste(page, "ARG VERSION=1\nFROM scratch\n");
  await expect(region(page, "Summary")).toContainText("1 of 1");
  await tab(page, "Options").click();
  const add = button(page, "Add a build argument");
  await press(page, add);
  await expect(page.getByLabel("Value of build argument 1")).toBeFocused();
  await page.keyboard.type("2");
  await press(page, add);
  await expect(page.getByLabel("Name of build argument 2")).toBeFocused();
  await page.keyboard.type("OTHER");
  await press(page, button(page, "Remove build argument 2 OTHER"));
  await expect(add).toBeFocused();
  await press(page, button(page, "Remove build argument 1 VERSION"));
  await expect(add).toBeFocused();
});

test("typed sizes, files that are forgotten and read messages leave the focus nearby", async ({ page }) => {
  await bringFiles(page, { ...FILES, "Dockerfile": "FROM acme/one:1 AS one\nFROM acme/two:1\nCOPY --from=one /a /\n" });
  await page.getByLabel("The size of acme/one:1 is not known. Type it:").focus();
  await page.keyboard.type("5 MB");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("The size of acme/two:1 is not known. Type it:")).toBeFocused();
  await tab(page, "Options").click();
  await press(page, button(page, "Forget the size of acme/one:1"));
  await expect.poll(() => focused(page)).not.toMatch(/^BODY/);

  await region(page, "Input").getByRole("tab", { name: "Files", exact: true }).click();
  await press(page, button(page, "Forget these files"));
  await expect(page.getByLabel("Choose a folder")).toBeFocused();
  await page.goto("./#this-is-no-link");
  await press(page, button(page, "Dismiss this message"));
  await expect.poll(() => focused(page)).not.toMatch(/^BODY/);
});

test("who leaves a control for nothing is not brought back", async ({ page }) => {
  await bringFiles(page, FILES);
  await button(page, "Share").focus();
  await page.mouse.click(640, 110);
  await tab(page, "Layers").evaluate((element) => element.click());
  expect(await focused(page)).toMatch(/^BODY/);
});
