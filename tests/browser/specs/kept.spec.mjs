// Nothing typed is lost: reloads, two tabs, links that replace the work, damaged links, examples.

import { MULTI_STAGE } from "../dockerfiles.mjs";
import { dockerfile, expect, open, paste, tab, test, text } from "../page.mjs";

const MINE = "FROM alpine:3.22\n# mine\n";
const back = (page) => page.getByRole("button", { name: "Back to my last work" });

/** Puts the page into its next life only after the work was stored. */
async function stored(page, part) {
  const kept = () => page.evaluate(() => sessionStorage.getItem("layerwise.work"));
  const before = await kept();
  await part();
  await expect.poll(kept, "the work is stored soon after it changed").not.toBe(before);
}

async function linkOf(page) {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  return page.getByRole("textbox", { name: "Link", exact: true }).inputValue();
}

test("two tabs keep a work each, and a new tab opens the newest", async ({ page, context }) => {
  await open(page);
  await stored(page, () => paste(page, "FROM alpine:3.22\n# first tab\n"));
  const other = await context.newPage();
  await open(other);
  await stored(other, () => paste(other, "FROM alpine:3.22\n# second tab\n"));
  await page.reload();
  await expect.poll(() => text(page)).toContain("# first tab");
  await other.reload();
  await expect.poll(() => text(other)).toContain("# second tab");
  const third = await context.newPage();
  await open(third);
  await expect.poll(() => text(third)).toContain("# second tab");
});

test("a text that was left at once is kept", async ({ page }) => {
  await open(page);
  await paste(page, MINE);
  await page.reload();
  await expect.poll(() => text(page)).toContain("# mine");
});

test("options and the ignore file survive reload and link", async ({ page, context }) => {
  await open(page);
  await paste(page, "ARG VERSION=1\nFROM alpine:${VERSION} AS one\nFROM scratch AS two\n");
  await tab(page, ".dockerignore").click();
  await page.getByRole("textbox", { name: /^\.dockerignore\b/ }).fill("*.md\n!README.md");
  await tab(page, "Options").click();
  await page.getByLabel("Target stage").selectOption("one");
  await page.getByRole("button", { name: "Add a build argument" }).click();
  await expect(page.getByLabel("Name of build argument 1")).toHaveValue("VERSION");
  await page.getByLabel("Value of build argument 1").fill("3.22");
  await page.getByLabel("Platform", { exact: true }).selectOption("Other…");
  await page.getByLabel("Other platform").fill("linux/arm/v6");
  const link = await linkOf(page);

  const check = async (shown) => {
    await expect(shown.getByLabel("Target stage")).toHaveValue("one");
    await expect(shown.getByLabel("Value of build argument 1")).toHaveValue("3.22");
    await expect(shown.getByLabel("Other platform")).toHaveValue("linux/arm/v6");
    await tab(shown, ".dockerignore").click();
    const ignore = shown.getByRole("textbox", { name: /^\.dockerignore\b/ });
    await expect(ignore).toContainText("!README.md");
  };
  await page.reload();
  await check(page);
  const other = await context.newPage();
  await other.goto(link);
  await check(other);
});

test("a link that is opened over one's work leaves a way back", async ({ page, context }) => {
  const friend = await context.newPage();
  await open(friend);
  await paste(friend, MULTI_STAGE);
  const link = await linkOf(friend);
  await friend.close();

  await open(page);
  await stored(page, () => paste(page, MINE));
  await page.evaluate((hash) => { location.hash = hash; }, new URL(link).hash);
  await expect.poll(() => text(page)).toContain("npm run build");
  await page.reload();
  await expect.poll(() => text(page)).toContain("npm run build");
  await back(page).click();
  await expect.poll(() => text(page)).toContain("# mine");
  await expect(back(page)).toBeHidden();
});

test("a cut link shows what it kept, says so, and spares one's work", async ({ page, context }) => {
  const friend = await context.newPage();
  await open(friend);
  await paste(friend, MULTI_STAGE.repeat(20));
  const link = await linkOf(friend);
  await friend.close();

  await open(page);
  await stored(page, () => paste(page, MINE));
  const other = await context.newPage();
  await other.goto(link.slice(0, -10));
  await expect(other.getByRole("status").first()).toContainText(/link is missing/);
  await expect.poll(() => text(other)).toContain("FROM node:22 AS build");
  await expect(back(other)).toBeVisible();
  await page.reload();
  await expect.poll(() => text(page)).toContain("# mine");
});

test("the address bar forgets a link when the text goes on", async ({ page }) => {
  await open(page, "#example/go-scratch");
  await expect.poll(() => text(page)).toContain("golang");
  await (await dockerfile(page)).press("ControlOrMeta+End");
  await page.keyboard.type("# more");
  await expect(page).toHaveURL(/sub-path\/$/);
  await page.reload();
  // The editor holds no more lines than are near those in sight.
  await (await dockerfile(page)).press("ControlOrMeta+End");
  await expect.poll(() => text(page)).toContain("# more");
});

test("undo brings back what an example replaced", async ({ page }) => {
  const box = await open(page);
  await paste(page, MINE);
  await page.getByRole("button", { name: "Examples", exact: true }).click();
  await page.getByRole("list", { name: "Examples" }).getByRole("button").first().click();
  await expect.poll(() => text(page)).toContain("npm install");
  await box.focus();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect.poll(() => text(page)).toBe(MINE);
});

test("a refused clipboard shows the link selected", async ({ page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
  });
  await open(page, "#example/go-scratch");
  const link = await linkOf(page);
  await expect(page.getByRole("textbox", { name: "Link", exact: true })).toBeFocused();
  expect(await page.evaluate(() => getSelection().toString())).toBe(link);
  await expect(page.getByRole("region", { name: "Link to this page" })).toContainText("Copy it, as it is selected");
});

test("two tabs of one text go on apart, whichever is closed first", async ({ page, context }) => {
  await open(page);
  await stored(page, () => paste(page, MINE));
  const other = await context.newPage();
  await open(other);
  await expect.poll(() => text(other)).toContain("# mine");
  await stored(other, () => paste(other, `${MINE}# of the second\n`));
  await stored(page, () => paste(page, `${MINE}# of the first\n`));
  await Promise.all([page.reload(), other.reload()]);
  await expect.poll(() => text(page)).toContain("# of the first");
  await expect.poll(() => text(other)).toContain("# of the second");
  // Who closes a tab in which nothing happened since takes nothing from the other.
  await other.close({ runBeforeUnload: true });
  await page.reload();
  await expect.poll(() => text(page)).toContain("# of the first");
  const third = await context.newPage();
  await open(third);
  await expect.poll(() => text(third), "the newest change").toContain("# of the first");
});

test("a link in a second tab takes nothing from the first, nor from the next", async ({ page, context }) => {
  await open(page);
  await paste(page, MULTI_STAGE);
  const link = await linkOf(page);
  await stored(page, () => paste(page, MINE));
  const other = await context.newPage();
  await other.goto(link);
  await expect.poll(() => text(other)).toContain("npm run build");
  await other.close({ runBeforeUnload: true });
  await page.reload();
  await expect.poll(() => text(page)).toContain("# mine");
  const third = await context.newPage();
  await open(third);
  await expect.poll(() => text(third)).toContain("# mine");
});

const files = (page) => page.getByRole("region", { name: "Input" });
const openFiles = (page) => files(page).getByRole("tab", { name: "Files", exact: true }).click();

/** Pastes a listing, and waits until the browser has it under the key that the work names. */
async function list(page, listing, told) {
  await page.getByLabel("Or paste a listing").fill(listing);
  await expect(files(page)).toContainText(told);
  await expect.poll(() => page.evaluate(async (listing) => {
    const opening = indexedDB.open("layerwise", 1);
    await new Promise((done) => { opening.onsuccess = done; });
    const [, key] = sessionStorage.getItem("layerwise.work")?.split(" ") ?? [];
    const kept = opening.result.transaction("large").objectStore("large").get(key ?? "-");
    await new Promise((done) => { kept.onsuccess = done; });
    opening.result.close();
    return new TextDecoder().decode(kept.result).includes(listing);
  }, listing), "the browser has it").toBe(true);
}

test("a duplicated tab does not overwrite the files of the first", async ({ page, context }) => {
  await open(page);
  await paste(page, "FROM scratch\nCOPY . /\n");
  await openFiles(page);
  await list(page, "10 first.js\n", "1 file, 10 B");
  // What a browser does that duplicates a tab: the shelf of the tab is copied.
  const shelf = await page.evaluate(() => Object.entries(sessionStorage));
  const other = await context.newPage();
  await other.addInitScript((shelf) => {
    if (sessionStorage.length === 0) shelf.forEach(([key, text]) => sessionStorage.setItem(key, text));
  }, shelf);
  await other.goto("./");
  await expect(files(other)).toContainText("1 file, 10 B");
  await list(other, "20 second.js\n30 third.js\n", "2 files, 50 B");
  await page.reload();
  await expect(files(page)).toContainText("1 file, 10 B");
  await other.reload();
  await expect(files(other)).toContainText("2 files, 50 B");
});

test("a tab that is reloaded again and again does not push out the files of another", async ({ page, context }) => {
  await open(page);
  await openFiles(page);
  await list(page, "10 first.js\n", "1 file, 10 B");
  const other = await context.newPage();
  await other.goto("./");
  // Each life keeps them under a key of its own, and the browser keeps eight at least.
  for (let life = 0; life < 9; life += 1) {
    await list(other, `20 second-${life}.js\n`, "1 file, 20 B");
    await other.reload();
    await expect(files(other)).toContainText("1 file, 20 B");
  }
  await page.reload();
  await expect(files(page)).toContainText("1 file, 10 B");
});

const unkept = (page) => page.getByRole("status").filter({ hasText: "does not keep your work" });

test("a full browser says so, and goes on", async ({ page }) => {
  await open(page);
  await paste(page, MINE);
  await expect(unkept(page)).toBeHidden();
  await page.evaluate(() => {
    for (const shelf of [sessionStorage, localStorage]) {
      let text = "x".repeat(2 ** 22);
      for (let at = 0; text; at += 1) {
        try { shelf[`fill.${at}`] = text; } catch { text = text.slice(0, text.length / 2); }
      }
    }
  });
  await paste(page, MULTI_STAGE.repeat(9));
  await expect(unkept(page)).toBeVisible();
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("of 27");
  await page.evaluate(() => {
    for (const shelf of [sessionStorage, localStorage]) {
      Object.keys(shelf).filter((key) => key.startsWith("fill.")).forEach((key) => shelf.removeItem(key));
    }
  });
  await paste(page, `${MINE}# kept again\n`);
  await expect(unkept(page)).toBeHidden();
  await page.reload();
  await expect.poll(() => text(page)).toContain("# kept again");
});

test("a browser that keeps nothing says so, and works", async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ["sessionStorage", "localStorage"]) {
      Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });
    }
    IDBFactory.prototype.open = () => { throw new DOMException("refused", "SecurityError"); };
  });
  await open(page);
  await expect(unkept(page)).toBeVisible();
  await paste(page, MULTI_STAGE);
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("2 of 3");
  await openFiles(page);
  await page.getByLabel("Or paste a listing").fill("10 ./a.js\n");
  await expect(files(page)).toContainText("1 file, 10 B");
});
