// The build context: a folder that is dropped or picked, a listing that is pasted, and what the
// Context panel makes of them.

import { drop, makeFolder, project, watchPage } from "../folders.mjs";
import { dockerfile, expect, expectAccessible, open, paste, test, text } from "../page.mjs";

const FILES = 20_000;
const results = (page) => page.getByRole("region", { name: "Results" });
const input = (page) => page.getByRole("region", { name: "Input" });
const tree = (page) => page.getByRole("tree", { name: "Files of the build context" });
const row = (page, name) => tree(page).getByRole("treeitem", { name });
const ignore = (page) => page.getByRole("textbox", { name: /^\.dockerignore\b/ });

const LISTING = `10 ./README.md
30 ./package.json
1000 ./src/index.js
200 ./src/lib/Button.js
what is this line
300000 ./node_modules/left/index.js
700000 ./node_modules/right/index.js
5000 ./web/node_modules/left/index.js
`;

async function openPanel(page) {
  await results(page).getByRole("tab", { name: "Context", exact: true }).click();
}

async function openTab(page, name) {
  await input(page).getByRole("tab", { name, exact: true }).click();
}

/** Whether the context that the stored work names is in the browser's keeping. */
function isKept(page) {
  return page.evaluate(async () => {
    const key = sessionStorage.getItem("layerwise.work")?.split(" ")[1];
    const done = (request) => new Promise((resolve) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
    });
    const bases = await indexedDB.databases();
    if (!key || key === "-" || !bases.some(({ name }) => name === "layerwise")) return false;
    const database = await done(indexedDB.open("layerwise", 1));
    const kept = await done(database.transaction("large").objectStore("large").get(key));
    database.close();
    return kept !== undefined;
  });
}

async function pasteListing(page, listing = LISTING) {
  await open(page);
  await paste(page, "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCOPY src/index.js gone.txt /app/\n");
  await openTab(page, "Files");
  // Pasted, as people do it: Playwright's `fill` types a text area line by line.
  await page.getByLabel("Or paste a listing").focus();
  await page.evaluate((listing) => navigator.clipboard.writeText(listing), listing);
  await page.keyboard.press("ControlOrMeta+V");
  await openPanel(page);
  await expect(row(page, /^node_modules\//)).toBeVisible();
}

test.describe("a folder of 20,000 files", () => {
  let made;
  test.beforeAll(async () => {
    test.setTimeout(120_000);
    made = await makeFolder(project(FILES));
  });
  test.afterAll(() => made.remove());

  test("is dropped, and every number is right", async ({ page }) => {
    test.slow();
    await open(page);
    const longest = await watchPage(page);
    await drop(page, made.folder);
    await expect(row(page, /^node_modules\//)).toBeVisible({ timeout: 60_000 });
    const measured = await longest();
    console.log(`longest task ${measured.task} ms, longest frame ${Math.round(measured.frame)} ms`);

    await expect(results(page)).toContainText("From the folder app.");
    await expect(results(page)).toContainText("In all20,000 files, 202 kB");
    await expect(row(page, /^node_modules\//)).toHaveAccessibleName(
      "node_modules/, 19,995 files, 200 kB, left out by line 1",
    );
    await expect(row(page, /^src\//)).toHaveAccessibleName("src/, 1 file, 1.00 kB, sent");
    expect(await text(page), "the page was empty, so the folder's Dockerfile is opened").toContain("npm ci");
    await openTab(page, ".dockerignore");
    await expect(ignore(page)).toContainText("node_modules");
    await openTab(page, "Files");
    await expect(input(page)).toContainText("Folder app: 20,000 files, 202 kB");
  });

  test("is picked, and reading it can be stopped", async ({ page }) => {
    test.slow();
    await open(page);
    await openTab(page, "Files");
    await page.getByLabel("Choose a folder").setInputFiles(made.folder);
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText(/^Reading the folder app/)).toHaveCount(0);
    await expect(page.getByText("Reading was cancelled; nothing changed.")).toBeVisible();
    await expect(input(page)).toContainText("None yet.");

    await page.getByLabel("Choose a folder").setInputFiles(made.folder);
    await expect(input(page)).toContainText("Folder app: 20,000 files, 202 kB", { timeout: 60_000 });
    await expect(page.getByText("Reading was cancelled"), "it is over").toHaveCount(0);
    await page.getByRole("button", { name: "Forget these files" }).click();
    await expect(input(page)).toContainText("None yet.");
  });

  test("stays with the worker while the text changes", async ({ page }) => {
    test.slow();
    await open(page);
    await drop(page, made.folder);
    await expect(row(page, /^node_modules\//)).toBeVisible({ timeout: 60_000 });
    await openTab(page, ".dockerignore");
    const longest = await watchPage(page);
    await ignore(page).press("ControlOrMeta+End");
    await page.keyboard.type("src");
    await expect(row(page, /^src\//)).toHaveAccessibleName(/left out by line 3/);
    await ignore(page).press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
    await expect(row(page, /^node_modules\//)).toHaveAccessibleName(/, sent$/);
    const measured = await longest();
    console.log(`longest task ${measured.task} ms, longest frame ${Math.round(measured.frame)} ms`);
  });

  test("shows only the rows in sight, and the last one can be reached", async ({ page }) => {
    test.slow();
    await open(page);
    await drop(page, made.folder);
    await row(page, /^node_modules\//).click({ timeout: 60_000 });
    await expect(tree(page).getByRole("treeitem").nth(20)).toHaveAttribute("aria-level", "2");
    expect(await tree(page).getByRole("treeitem").count()).toBeLessThan(100);
    await page.keyboard.press("End");
    const last = row(page, /^package\.json,/);
    await expect(last).toBeInViewport();
    await expect(last).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowDown");
    await expect(last).toBeFocused();
    await page.keyboard.press("Home");
    await expect(row(page, /^node_modules\//)).toBeInViewport();
    await expect(row(page, /^node_modules\//)).toBeFocused();
  });
});

test("a folder and a listing survive a reload", async ({ page }) => {
  const made = await makeFolder({ "src/index.js": "1234", "README.md": "12" });
  await open(page);
  await paste(page, "FROM node:22\nCOPY . .\n");
  await openTab(page, "Files");
  await page.getByLabel("Or paste a listing").fill("7 ./typed.js\n");
  await expect(input(page), "the listing is read before the folder comes").toContainText("Your listing: 1 file, 7 B");
  await drop(page, made.folder);
  await expect(input(page)).toContainText("Folder app: 2 files, 6 B");
  await expect.poll(() => isKept(page), "the folder is kept soon after it came").toBe(true);
  await page.reload();
  await expect(input(page)).toContainText("Folder app: 2 files, 6 B");
  await expect(page.getByLabel("Or paste a listing")).toHaveValue("7 ./typed.js\n");
  await page.getByRole("button", { name: "Use this listing instead" }).click();
  await expect(input(page)).toContainText("Your listing: 1 file, 7 B");
  await made.remove();
});

test("a link carries the files, large folders summed up, and opens to the same numbers", async ({ page, context }) => {
  const many = Array.from({ length: 2_000 }, (_, number) => `10 ./node_modules/p${number % 40}/${number}.js`);
  await pasteListing(page, `${many.join("\n")}\n300 ./src/index.js\n`);
  await openTab(page, ".dockerignore");
  await ignore(page).click();
  await page.keyboard.type("node_modules");
  await expect(results(page)).toContainText("Sent1 file, 300 B");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link", exact: true }).inputValue();
  expect(link.length).toBeLessThan(12_000);
  await expect(page.getByRole("region", { name: "Link to this page" })).toContainText("summed up by folder");

  const other = await context.newPage();
  await other.goto(link);
  await expect(results(other)).toContainText("In all2,001 files, 20.3 kB");
  await expect(results(other)).toContainText("Sent1 file, 300 B");
  await expect(row(other, /^node_modules\//)).toHaveAccessibleName(
    "node_modules/, 2,000 files, 20.0 kB, left out by line 1",
  );
});

test("the Dockerfile of a folder is offered when another one is open", async ({ page }) => {
  const made = await makeFolder({ "Dockerfile": "FROM scratch\nCOPY a /\n", "a": "1" });
  await open(page);
  await paste(page, "FROM alpine:3.22\n# mine\n");
  await drop(page, made.folder);
  await expect(page.getByText("You brought a Dockerfile that differs from the one here.")).toBeVisible();
  expect(await text(page)).toContain("# mine");
  await page.getByRole("button", { name: "Open it" }).click();
  await expect.poll(() => text(page)).toContain("FROM scratch");
  const box = await dockerfile(page);
  await box.focus();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect.poll(() => text(page), "what was replaced comes back").toContain("# mine");
  await made.remove();
});

test("a pasted listing is read, and its bad line is named", async ({ page }) => {
  await pasteListing(page);
  await expect(results(page)).toContainText("7 files, 1.01 MB");
  await expect(input(page)).toContainText("One line could not be read; the others count.");
  await input(page).getByRole("button", { name: /^Line 5 This line/ }).click();
  const selected = () => page.getByLabel("Or paste a listing").evaluate(
    (area) => area.value.slice(area.selectionStart, area.selectionEnd),
  );
  expect(await selected()).toBe("what is this line");
});

test("editing the ignore file moves the tree, and a row leads to its line", async ({ page }) => {
  await pasteListing(page);
  await expect(row(page, /^node_modules\//)).toHaveAccessibleName("node_modules/, 2 files, 1.00 MB, sent");
  await openTab(page, ".dockerignore");
  await ignore(page).click();
  await page.keyboard.type("# what stays at home\nnode_modules");
  await expect(row(page, /^node_modules\//)).toHaveAccessibleName(/left out by line 2$/);
  await expect(results(page)).toContainText("Sent5 files, 6.24 kB");

  await openTab(page, "Dockerfile");
  await row(page, /^node_modules\//).getByRole("button", { name: /^Line 2/ }).click();
  await expect(ignore(page)).toBeFocused();
  await expect(ignore(page)).toContainText("node_modules");

  await expect(results(page)).toContainText("misses 1 file, 5.00 kB further down");
  await results(page).getByRole("button", { name: "Write **/node_modules instead" }).click();
  await expect(ignore(page)).toContainText("**/node_modules");
  await expect(row(page, /^web\//)).toHaveAccessibleName(/left out by line 2$/);
});

test("a keyboard alone goes through the tree", async ({ page }) => {
  await pasteListing(page);
  await page.getByRole("searchbox", { name: "Search" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(row(page, /^node_modules\//)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(row(page, /^node_modules\//)).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowRight");
  await expect(row(page, /^right\//)).toBeFocused();
  await expect(row(page, /^right\//)).toHaveAttribute("aria-level", "2");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(row(page, /^node_modules\//)).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("s");
  await expect(row(page, /^src\//)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(row(page, /^lib\//)).toBeVisible();
  await page.keyboard.press("End");
  await expect(row(page, /^README\.md/)).toBeFocused();
});

test("a search keeps the folders above what it finds", async ({ page }) => {
  await pasteListing(page);
  await page.getByRole("searchbox", { name: "Search" }).fill("button");
  await expect(tree(page).getByRole("treeitem")).toHaveCount(3);
  await expect(row(page, /^Button\.js/)).toBeVisible();
  await page.getByRole("searchbox", { name: "Search" }).fill("nowhere");
  await expect(results(page)).toContainText("Nothing matches “nowhere”.");
});

test("a search takes wildcards and says how much it found", async ({ page }) => {
  await pasteListing(page);
  const search = page.getByRole("searchbox", { name: "Search" });
  await search.fill("*.JS");
  await expect(results(page)).toContainText("Found: 5 files, 1.01 MB.");
  await search.fill("src/**");
  await expect(results(page)).toContainText("Found: 2 files, 1.20 kB.");
  await expect(row(page, /^index\.js/)).toBeVisible();
});

test("the ignore file that counts is named", async ({ page }) => {
  const made = await makeFolder({
    "Dockerfile": "FROM node:22\nCOPY . .\n",
    "Dockerfile.dockerignore": "*.md\n",
    ".dockerignore": "src\n",
    "README.md": "12",
    "src/index.js": "1234",
  });
  await open(page);
  await drop(page, made.folder);
  await expect(results(page)).toContainText("Its Dockerfile.dockerignore counts; a .dockerignore is not read");
  await expect(results(page)).toContainText("What each pattern of Dockerfile.dockerignore does");
  await openTab(page, "Dockerfile.dockerignore");
  await expect(ignore(page)).toContainText("*.md");
  await made.remove();
});

test("patterns without a match are few words, and many of them are folded away", async ({ page }) => {
  await pasteListing(page);
  await openTab(page, ".dockerignore");
  await ignore(page).click();
  await page.keyboard.insertText("README.md\n*.a\n*.b\n*.c\n");
  const patterns = page.getByRole("region", { name: "What each pattern of .dockerignore does" });
  await expect(patterns.getByText("matches nothing")).toHaveCount(3);
  await expect(patterns.getByText("matches nothing").first()).toBeVisible();
  await page.keyboard.insertText("*.d\nsrc\n");
  const fold = patterns.getByText("4 patterns that match nothing here");
  await expect(patterns.getByRole("listitem")).toHaveCount(2);
  await fold.focus();
  await page.keyboard.press("Enter");
  await expect(patterns.getByRole("listitem")).toHaveCount(6);
  await expectAccessible(page);
  await ignore(page).focus();
  await page.keyboard.insertText("[\n");
  await expect(patterns.getByText("not applied")).toHaveCount(6);
  await expect(results(page)).toContainText("The builder refuses this .dockerignore and stops");
});

test("an assumed project is marked, and its sizes can be typed", async ({ page }) => {
  await open(page);
  await paste(page, "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n");
  await openPanel(page);
  await expect(results(page)).toContainText("These are not your files.");
  await openTab(page, "Files");
  const size = input(page).getByLabel("package-lock.json");
  await size.fill("3 MB");
  await size.press("Enter");
  await expect(row(page, /^package-lock\.json/)).toHaveAccessibleName(/3\.00 MB/);
});

test("a starter .dockerignore is written with one click and can be undone", async ({ page }) => {
  await pasteListing(page);
  await expect(results(page)).toContainText(/A \.dockerignore for .* would leave out 3 files, 1\.0\d MB more/);
  await results(page).getByRole("button", { name: "Write this .dockerignore" }).click();
  await expect(row(page, /^node_modules\//)).toHaveAccessibleName(/left out by line/);
  await expect(ignore(page)).toContainText("node_modules");
  await ignore(page).focus();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(row(page, /^node_modules\//)).toHaveAccessibleName(/, sent$/);
});

for (const colorScheme of ["light", "dark"]) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("axe finds nothing in the tree or the Files tab", async ({ page }) => {
      test.slow();
      await pasteListing(page);
      await row(page, /^node_modules\//).click();
      await openTab(page, ".dockerignore");
      await ignore(page).click();
      await page.keyboard.type("node_modules\n*.log # logs");
      await expect(results(page)).toContainText("part of the pattern");
      await openTab(page, "Files");
      await input(page).getByText("Commands that print one").click();
      await expectAccessible(page);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test("nothing is wider than the screen", async ({ page }) => {
    await pasteListing(page);
    await row(page, /^node_modules\//).tap();
    await expect(row(page, /^right\//)).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(360);
  });
});

test("what each COPY ships leads to its line", async ({ page }) => {
  await pasteListing(page);
  const copies = page.getByRole("region", { name: "What each COPY ships" });
  await expect(copies).toContainText("7 files, 1.01 MB");
  await copies.getByRole("button", { name: /COPY \. \./ }).click();
  await expect(await dockerfile(page)).toBeFocused();
});
