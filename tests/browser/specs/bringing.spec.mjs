// How a folder, a listing, a file or a link comes into the page, what is said of it, and what it
// must not take away.

import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { drop as dropFolder, makeFolder } from "../folders.mjs";
import { drop as dropFile, expect, expectAccessible, open, paste, test, text } from "../page.mjs";

const MINE = "FROM alpine:3.22\n# mine\n";
const LARGE = 12_000;
const input = (page) => page.getByRole("region", { name: "Input" });
const results = (page) => page.getByRole("region", { name: "Results" });
const field = (page) => page.getByLabel("Or paste a listing");
const message = (page) => page.locator('.notices__line[data-kind="message"]');

async function openFiles(page) {
  await input(page).getByRole("tab", { name: "Files", exact: true }).click();
}

async function pasteListing(page, listing) {
  await field(page).focus();
  await page.evaluate((listing) => navigator.clipboard.writeText(listing), listing);
  await page.keyboard.press("ControlOrMeta+V");
}

/** So many lines of a listing, which are more than a field is given. */
function large(lines) {
  const line = (_, number) => `10 ./node_modules/package-${number % 40}/lib/${number}.js\n`;
  return Array.from({ length: lines }, line).join("");
}

test("a link's files are said to have come with the link", async ({ page, context }) => {
  await open(page);
  await paste(page, "FROM node:22\nCOPY . .\n");
  await openFiles(page);
  await pasteListing(page, `${large(2_000)}300 ./src/index.js\n`);
  await expect(input(page)).toContainText("Your listing: 2,001 files");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link", exact: true }).inputValue();

  const other = await context.newPage();
  await other.goto(link);
  await openFiles(other);
  await expect(input(other)).toContainText("The link’s files: 2,001 files, 20.3 kB");
  await expect(input(other)).toContainText(/came with the link: [\d,]+ entries, summarised by folder/);
  await expect(input(other)).toContainText("Drop the folder itself for exact numbers.");
  await expect(input(other)).not.toContainText("Read: every name");
  await results(other).getByRole("tab", { name: "Context", exact: true }).click();
  await expect(results(other)).toContainText("From the files that came with the link.");
  await expect(results(other)).not.toContainText("you pasted");
});

test("a listing without sizes names no form that nobody chose", async ({ page }) => {
  await open(page);
  await openFiles(page);
  await pasteListing(page, "./package.json\n./src/index.js\n");
  await expect(input(page)).toContainText("No line could be read: each needs the path of a file and its bytes.");
  await expect(input(page).getByRole("button", { name: /^Line 1/ })).toHaveCount(0);
});

test("of a folder, what is counted and what a browser cannot see is said", async ({ page }) => {
  const made = await makeFolder({ "src/index.js": "1234", "README.md": "12" });
  await mkdir(join(made.folder, "empty"));
  await symlink("src/index.js", join(made.folder, "link.js"));
  await open(page);
  await openFiles(page);
  await dropFolder(page, made.folder);
  await expect(page.getByText("Read the folder app: 2 files and 1 empty folder.")).toBeAttached();
  await expect(input(page)).toContainText("Folder app: 2 files, 6 B");
  await expect(input(page)).toContainText("Browsers do not tell symbolic links from files");
  await input(page).getByRole("tab", { name: "Dockerfile", exact: true }).click();
  await paste(page, "FROM scratch\nCOPY link.js /\n");
  await expect(input(page)).toContainText("or it is a symbolic link, which browsers do not show.");
  await input(page).getByRole("tab", { name: "Files" }).click();
  await page.getByRole("button", { name: "Forget these files" }).click();
  await expect(input(page)).toContainText("None yet.");
  await expect(page.getByText("Read the folder app"), "what is forgotten").toHaveCount(0);
  await made.remove();
});

test("a warning goes when the next drop is good", async ({ page }) => {
  const made = await makeFolder({ "sub/a": "1" });
  await mkdir(join(made.folder, "none"));
  await open(page);
  await dropFolder(page, join(made.folder, "none"));
  await expect(message(page)).toContainText("There is no file in what you brought");
  await dropFolder(page, join(made.folder, "sub"));
  await expect(message(page)).toHaveCount(0);
  await made.remove();
});

test("an ignore file goes with its folder, and the person's own stays until it is removed", async ({ page }) => {
  const made = await makeFolder({ "with/.dockerignore": "*.md\n", "with/a": "1", "without/b": "12" });
  const ignore = page.locator("#dockerignore-editor");
  const kept = page.getByText("without has no .dockerignore; the one in the editor is kept.");
  await open(page);
  await input(page).getByRole("tab", { name: ".dockerignore", exact: true }).click();
  const box = ignore.getByRole("textbox");
  await dropFolder(page, join(made.folder, "with"));
  await expect(ignore).toContainText("*.md");
  await dropFolder(page, join(made.folder, "without"));
  await expect(message(page)).toContainText("without has no .dockerignore; the one of the folder before went with it.");
  await expect(ignore).not.toContainText("*.md");
  await expect(kept).toHaveCount(0);
  await box.focus();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(ignore, "undo brings it back").toContainText("*.md");

  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("mine");
  await dropFolder(page, join(made.folder, "without"));
  await expect(kept).toBeVisible();
  await expect(ignore).toContainText("mine");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(ignore).not.toContainText("mine");
  await expect(kept).toHaveCount(0);
  await made.remove();
});

test("an untouched ignore file is forgotten with its folder", async ({ page }) => {
  const made = await makeFolder({ ".dockerignore": "*.md\n", "a": "1" });
  const ignore = page.locator("#dockerignore-editor");
  const forget = async () => {
    await openFiles(page);
    await page.getByRole("button", { name: "Forget these files" }).click();
    await expect(input(page)).toContainText("None yet.");
  };
  await open(page);
  await dropFolder(page, made.folder);
  await expect(ignore).toContainText("*.md");
  await forget();
  await expect(page.getByLabel("Choose a folder"), "a finger is led on too").toBeFocused();
  await expect(message(page)).toContainText("The .dockerignore of the folder went with it.");
  await expect(ignore).not.toContainText("*.md");
  await expect(page.getByText("Assumed sizes"), "there is no text to assume from").toHaveCount(0);

  await dropFolder(page, made.folder);
  await expect(ignore).toContainText("*.md");
  await input(page).getByRole("tab", { name: ".dockerignore", exact: true }).click();
  await ignore.getByRole("textbox").press("ControlOrMeta+End");
  await page.keyboard.type("mine");
  await forget();
  await expect(ignore, "what somebody changed is theirs").toContainText("mine");
  await made.remove();
});

test("what is worth a look in a listing is read out", async ({ page }) => {
  await open(page);
  await openFiles(page);
  await pasteListing(page, "12 app/a.js\n30 app/src/b.js\n");
  const remark = page.getByRole("status").filter({ hasText: "Line 1: " });
  await expect(remark).toContainText("app");
});

test("a refused ignore file is an error that leads to its line", async ({ page }) => {
  const made = await makeFolder({ ".dockerignore": "*.md\nweb/[\n", "a": "1" });
  await open(page);
  await paste(page, "FROM scratch\nCOPY . /\n");
  await dropFolder(page, made.folder);
  await expect(results(page).getByRole("region", { name: "What each COPY ships" })).toContainText("not known");
  await input(page).getByRole("button", { name: /^\.dockerignore, line 2/ }).click();
  const tab = input(page).getByRole("tab", { name: ".dockerignore", exact: true });
  await expect(tab).toHaveAttribute("aria-selected", "true");
  await input(page).getByRole("tab", { name: "Dockerfile", exact: true }).click();
  await page.getByRole("button", { name: /^1 error/ }).click();
  await expect(tab).toHaveAttribute("aria-selected", "true");
  await expect.poll(() => page.evaluate(() => String(getSelection())), "what is refused").toContain("web/[");
  await made.remove();
});

test("a dropped file replaces nothing of the person's unasked", async ({ page }) => {
  const box = await open(page);
  await paste(page, MINE);
  await dropFile(page, "main", "one.txt", "Dear all,\n");
  await expect(message(page)).toContainText("one.txt is neither named nor written like a Dockerfile");
  expect(await text(page)).toContain("# mine");

  await dropFile(page, "main", "one.txt", "# theirs\nFROM scratch\n");
  await expect(page.getByText("You brought a Dockerfile that differs from the one here.")).toBeVisible();
  await expect(message(page), "the warning before it is over").toHaveCount(0);
  await page.getByRole("button", { name: "Keep mine" }).click();
  expect(await text(page)).toContain("# mine");

  await dropFile(page, "main", "Dockerfile", "# theirs\nFROM scratch\n");
  await page.getByRole("button", { name: "Open it" }).click();
  await expect.poll(() => text(page)).toContain("# theirs");
  await box.focus();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect.poll(() => text(page), "what was replaced comes back").toContain("# mine");
});

test("a listing that is still being typed does not replace a folder", async ({ page }) => {
  const made = await makeFolder({ "src/index.js": "1234", "README.md": "12" });
  // Holds the pause after typing back until the test lets it end.
  await page.addInitScript(() => {
    const [set, clear, held] = [window.setTimeout, window.clearTimeout, new Map()];
    window.setTimeout = (act, time, ...more) => {
      if (time !== 200) return set(act, time, ...more);
      const id = set(() => {}, 0);
      held.set(id, act);
      return id;
    };
    window.clearTimeout = (id) => {
      held.delete(id);
      clear(id);
    };
    window.endPauses = () => {
      held.forEach((act) => act());
      return held.size;
    };
  });
  await open(page);
  await openFiles(page);
  await field(page).fill("7 ./typed.js\n");
  await dropFolder(page, made.folder);
  await expect(input(page)).toContainText("Folder app: 2 files, 6 B");
  await expect(input(page)).toContainText("This listing is not used at the moment.");
  expect(await page.evaluate(() => window.endPauses()), "pauses that still run").toBe(0);
  await expect(field(page)).toHaveValue("7 ./typed.js\n");
  await page.getByRole("button", { name: "Use this listing instead" }).click();
  await expect(input(page)).toContainText("Your listing: 1 file, 7 B");
  await made.remove();
});

test("a large listing is pasted past the field, kept, pasted over and cleared", async ({ page }) => {
  test.slow();
  await open(page);
  await paste(page, "FROM node:22\nCOPY . .\n");
  await openFiles(page);
  await pasteListing(page, `${large(LARGE)}what is this\n`);
  await expect(input(page)).toContainText("Your listing: 12,000 files, 120 kB");
  await expect(input(page)).toContainText("12,001 lines pasted, of which the field shows 1,000.");
  const shown = await field(page).inputValue();
  expect(shown.split("\n")).toHaveLength(1_000);
  await expect(input(page), "a line that the field does not show").toContainText("Line 12,001 what is this");
  await expectAccessible(page);

  const kept = () => page.evaluate(() => sessionStorage.getItem("layerwise.work")?.split(" ")[1] ?? "-");
  await expect.poll(kept, "the listing is kept soon after it came").not.toBe("-");
  await page.reload();
  await expect(input(page)).toContainText("Your listing: 12,000 files, 120 kB");
  await expect(input(page)).toContainText("One line could not be read; the others count.");
  await expect(field(page)).toHaveValue(shown);

  await pasteListing(page, "7 ./small.js\n");
  await expect(input(page)).toContainText("Your listing: 1 file, 7 B");
  await expect(field(page)).toHaveValue("7 ./small.js\n");
  await expect(field(page)).toBeEditable();

  await pasteListing(page, large(LARGE));
  await expect(input(page), "it goes where the cursor is").toContainText("Your listing: 12,001 files");
  await page.getByRole("button", { name: "Clear the listing" }).click();
  await expect(input(page)).toContainText("None yet.");
  await expect(field(page)).toHaveValue("");
  await expect(field(page)).toBeFocused();
});

test("a listing that is still to be read when a folder comes once more does not take its place", async ({ page }) => {
  const { folder, remove } = await makeFolder({ "src/index.js": "x".repeat(100), "package.json": "{}" });
  try {
    await page.clock.install();
    await open(page);
    await openFiles(page);
    await dropFolder(page, folder);
    await expect(input(page)).toContainText("2 files, 102 B");
    // The pause for typing is over when the clock says so, which is after the folder.
    await page.clock.pauseAt(new Date(Date.now() + 3_600_000));
    await field(page).fill("10 ./other.js\n");
    await dropFolder(page, folder);
    await expect(field(page), "it is kept").toHaveValue("10 ./other.js\n");
    await expect(input(page)).toContainText("This listing is not used at the moment.");
    await page.clock.resume();
    await page.clock.fastForward(5_000);
    await expect(input(page)).toContainText("Folder app");
    await expect(input(page)).toContainText("This listing is not used at the moment.");
  } finally {
    await remove();
  }
});
