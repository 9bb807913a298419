// Parts that fail: the editor's script, the worker on one text, the worker altogether.

import { expect, expectAccessible, open, paste, tab, test, text } from "../page.mjs";

const errors = (page) => page.getByRole("region", { name: "What the builder would refuse" });

test.describe("without the editor's script", () => {
  test.use({ provoked: /editor\.js|Failed to load resource|dynamically imported module/ });

  test("a plain field takes over and loses nothing", async ({ page }) => {
    await page.route("**/editor.js", (route) => route.abort());
    await page.goto("./");
    const field = page.getByRole("textbox", { name: /^Dockerfile\b/ });
    await field.fill("FROM alpine:3.22\nINSTALL something\n");
    await expect(errors(page)).toContainText("Line 2");
    await errors(page).getByRole("button").first().click();
    await expect(field).toBeFocused();
    expect(await field.evaluate((it) => it.value.slice(it.selectionStart, it.selectionEnd)))
      .toContain("INSTALL");
    await page.reload();
    await expect(field).toHaveValue("FROM alpine:3.22\nINSTALL something\n");
  });
});

test("what is typed before the editor comes stays, with the cursor", async ({ page }) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route("**/editor.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("./");
  const field = page.getByRole("textbox", { name: /^Dockerfile\b/ });
  await field.click();
  await page.keyboard.type("FROM alpine");
  release();
  await expect(field).toHaveAttribute("contenteditable", "true");
  await expect(field).toBeFocused();
  await page.keyboard.type(":3.22");
  await expect.poll(() => text(page)).toBe("FROM alpine:3.22");
});

/** A worker that does `fault` whenever the text it is sent holds the word. */
async function breakWorker(page, word, fault) {
  await page.route("**/worker.js", async (route) => {
    const response = await route.fetch();
    const body = `self.addEventListener("message", (event) => {
      if (!(event.data instanceof Uint8Array)) return;
      if (!new TextDecoder().decode(event.data).includes(${JSON.stringify(word)})) return;
      event.stopImmediatePropagation();
      ${fault}
    });\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
}

const FAULTS = [
  ["dies", `throw new Error("broken on purpose");`, "stopped unexpectedly"],
  ["is ended without a word", "self.close();", "stopped unexpectedly"],
  ["hangs", "for (;;);", "did not answer in time"],
];

for (const [what, fault, told] of FAULTS) {
  test.describe(`a worker that ${what} on one text`, () => {
    test.use({ provoked: /broken on purpose/ });

    test("refuses that text only, says so, and keeps it", async ({ page }) => {
      await breakWorker(page, "deadly", fault);
      await open(page);
      await paste(page, "INSTALL something\n");
      await expect(errors(page)).toContainText("Line 1");
      await paste(page, "\n\nINSTALL something # deadly\n");
      const notice = page.getByRole("status").filter({ hasText: "could not be analysed" });
      await expect(notice).toContainText(told);
      await expect(errors(page), "the last good results stay").toContainText("Line 1");
      expect(await text(page)).toContain("# deadly");
      await paste(page, "\nINSTALL something # harmless again\n");
      await expect(errors(page)).toContainText("Line 2");
      await expect(notice).toBeHidden();
    });
  });
}

test.describe("without the table of base images", () => {
  test.use({ provoked: /images\.bundle|Failed to load resource/ });

  const lose = {
    "aborted": (route) => route.abort(),
    "missing": (route) => route.fulfill({ status: 404, body: "not found" }),
    "another page": (route) => route.fulfill({ status: 200, body: "<!doctype html>" }),
  };
  for (const [how, answer] of Object.entries(lose)) {
    test(`everything but sizes is analysed, and that is said (${how})`, async ({ page }) => {
      await page.route("**/images.bundle", answer);
      await open(page);
      await paste(page, "FROM alpine:3.22\nINSTALL something\n");
      await expect(errors(page)).toContainText("Line 2");
      const notice = page.getByRole("status").first();
      await expect(notice).toContainText("table of base images could not be loaded");
      const asked = page.getByRole("region", { name: "Sizes of unknown base images" });
      await asked.getByRole("textbox").fill("8 MB");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("region", { name: "Summary" })).toContainText("8.00 MB");
      await notice.getByRole("button", { name: "Dismiss this message" }).click();
      await expect(notice).not.toContainText("table of base images");
    });
  }
});

test.describe("a worker that cannot start", () => {
  test.use({ provoked: /worker\.js|Failed to load resource/ });

  test("is said to be missing, and the text can still be edited", async ({ page }) => {
    await page.route("**/worker.js", (route) => route.abort());
    await open(page);
    await paste(page, "FROM alpine:3.22\n");
    await expect(page.getByRole("status").first()).toContainText("could not be started");
    expect(await text(page)).toContain("alpine");
  });
});

const MANY = Array.from({ length: 2_000 }, (_, number) => `10 ./lib/p${number % 40}/${number}.js`).join("\n");
const box = (page) => page.getByRole("region", { name: "Link to this page" });
const making = (page) => page.getByRole("status").filter({ hasText: "Making the link…" });

/** A page with so many files that the engine is needed for a link, and the link wished for. */
async function shareMany(page) {
  await open(page);
  await paste(page, "FROM scratch\nCOPY . /\n");
  const input = page.getByRole("region", { name: "Input" });
  await input.getByRole("tab", { name: "Files", exact: true }).click();
  await page.getByLabel("Or paste a listing").focus();
  await page.evaluate((listing) => navigator.clipboard.writeText(listing), MANY);
  await page.keyboard.press("ControlOrMeta+V");
  await expect(input).toContainText("Your listing: 2,000 files");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(making(page)).toBeVisible();
}

test("an engine that never answers leaves the files out of the link, and says so", async ({ page }) => {
  await page.route("**/worker.js", async (route) => {
    const response = await route.fetch();
    const body = `let isEngine = false;
    self.addEventListener("message", (event) => {
      if (!(event.data instanceof Uint8Array)) isEngine = !event.data.images;
      else if (isEngine) event.stopImmediatePropagation();
    });\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await page.clock.install();
  await shareMany(page);
  await page.clock.fastForward(60_000);
  await expect(box(page)).toContainText("a part of the page did not load or did not answer.");
  await expect(making(page)).toBeHidden();
  // Workers that still start have no one to wait for.
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("a link that is overtaken by an edit is given up, and that is said", async ({ page, context }) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await context.route("**/layerwise-engine*", async (route) => {
    await held;
    await route.continue();
  });
  await shareMany(page);
  await tab(page, "Dockerfile").click();
  await paste(page, "FROM scratch\nCOPY lib /\n");
  const told = page.getByRole("status").filter({ hasText: "The link was not made: something changed meanwhile." });
  await expect(told).toBeVisible();
  await expect(making(page)).toBeHidden();
  release();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(box(page)).toContainText("2,000 files, summed up by folder with every number unchanged");
  await expect(told, "it is made now").toBeHidden();
});

test.describe("an engine that does not load", () => {
  test.use({ provoked: /layerwise-engine|Failed to load resource|dynamically imported module/ });

  test("leaves the files out of the link, says so, and is tried again", async ({ page, context }) => {
    const input = (page) => page.getByRole("region", { name: "Input" });
    const share = (page) => page.getByRole("button", { name: "Share", exact: true }).click();
    let lose;
    const lost = new Promise((resolve) => { lose = resolve; });
    await context.route("**/layerwise-engine*", async (route) => {
      await lost;
      await route.abort();
    });
    await shareMany(page);
    lose();
    await expect(box(page)).toContainText("Your files could not be put into the link: a part of the page did not load or did not answer.");
    await expect(making(page)).toBeHidden();
    expect(new URL(page.url()).hash, "a link without the files does not stand for the page").toBe("");
    await expectAccessible(page);

    await context.unroute("**/layerwise-engine*");
    await box(page).getByRole("button", { name: "Try again with the files" }).click();
    await expect(box(page)).toContainText(
      "the names and sizes of your 2,000 files, summed up by folder with every number unchanged",
    );
    const link = await page.getByRole("textbox", { name: "Link", exact: true }).inputValue();

    const other = await context.newPage();
    await other.goto(link);
    await expect(input(other)).toContainText("Numbers are exact for the Dockerfile and ignore file of the link");
    await input(other).getByRole("tab", { name: "Dockerfile", exact: true }).click();
    await paste(other, "FROM scratch\nCOPY lib/p1 /\n");
    await input(other).getByRole("tab", { name: "Files", exact: true }).click();
    await expect(input(other)).toContainText("what is sent and copied is approximate now");
    await expect(input(other)).not.toContainText("Numbers are exact");
    await expect(other.locator(".visually-hidden[aria-live]"), "it is read out").toContainText("approximate now");
    await share(other);
    await expect(box(other)).toContainText("summed up by folder; the numbers are approximate");
  });
});
