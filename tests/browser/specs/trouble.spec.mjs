// An analysis that ends on a text, in whatever way, costs the page nothing: it says which text did it, keeps
// it, and shows ways out. faults.spec.mjs and worker.spec.mjs have more.

import { tellTrouble } from "../../../crates/web/js/trouble.js";
import { MULTI_STAGE } from "../dockerfiles.mjs";
import { expect, expectAccessible, open, paste, saved, tab, test, text } from "../page.mjs";

const summary = (page) => page.getByRole("region", { name: "Summary" });
const refused = (page) => page.getByRole("status").filter({ hasText: /could not be (analysed|computed)/ });
const restarted = (page) => page.getByRole("status").filter({ hasText: "was restarted" });
/** More than there is room for once memory is used up. */
const LARGE = "RUN echo a line that takes some room in memory\n".repeat(20_000);

test("every trouble is told apart, names what did it, and says that the text is safe", () => {
  const told = new Set();
  for (let trouble = 0; trouble <= 6; trouble += 1) {
    for (const isOutline of trouble < 4 ? [false] : [false, true]) {
      const sentence = tellTrouble(trouble, isOutline, "FROM a\nRUN bad\n", "FROM a\n", "", "", 0, "");
      expect(sentence).toContain("Your text is");
      if (trouble < 6) expect(sentence).toContain("our Dockerfile (“RUN bad”)");
      told.add(sentence);
    }
  }
  expect(told.size).toBe(10);
  const it = (...what) => tellTrouble(4, false, ...what).split(" could not")[0];
  expect(it("", "", "*.md", "", 0, "")).toBe("Your ignore file (“*.md”)");
  expect(it("a", "a", "", "", 1, "")).toBe("Your files");
  expect(it("a", "a", "", "", 2, "")).toBe("Your text with what is chosen in Options");
  expect(it("a", "a", "", "", 0, "outlook")).toBe("The advice on your text");
  expect(it("a", "a", "", "", 0, "learn.cache")).toBe("The lesson and your text");
  expect(it("a", "a", "", "", 0, "later")).toBe("The open panel");
  expect(it("\n\n", "", "", "", 0, "")).toBe("Your Dockerfile");
  expect(it(`RUN ${"x".repeat(99)}`, "", "", "", 0, "").length).toBe("Your Dockerfile (“…”)".length + 48);
});

/**
 * Workers of which each that is asked something with `word` in it does `fault` before its wasm hears of it.
 * `exported` stands for what that exports.
 */
async function breakWorker(page, word, fault) {
  await page.route("**/worker.js", async (route) => {
    const response = await route.fetch();
    const worker = await response.text();
    expect(worker).toContain("await wasm.default(");
    const body = `let exported;
    self.addEventListener("message", (event) => {
      if (!(event.data instanceof Uint8Array)) return;
      if (!new TextDecoder().decode(event.data).includes(${JSON.stringify(word)})) return;
      ${fault}
    });\n${worker.replace("await wasm.default(", "exported = await wasm.default(")}`;
    await route.fulfill({ response, body });
  });
}

// Workers that still start have no one to wait for.
test.afterEach(({ page }) => page.unrouteAll({ behavior: "ignoreErrors" }));

/** Takes all the memory that the wasm may have, page by page. */
const USE_UP = `for (let pages = 1024; pages >= 1; pages /= 2) {
  try { for (;;) exported.memory.grow(pages); } catch {}
}`;

test.describe("a worker that runs out of memory", () => {
  // The browser tells of a trap of the wasm, which is what happens.
  test.use({ provoked: /unreachable|RuntimeError|memory/ });

  test("ends alone, and its text is named, kept, saved and left again", async ({ page }) => {
    await breakWorker(page, "deadly", USE_UP);
    await open(page);
    await paste(page, MULTI_STAGE);
    await expect(summary(page)).toContainText("2 of 3");
    await paste(page, `${MULTI_STAGE}# deadly\n${LARGE}`);
    await expect(refused(page)).toContainText("our Dockerfile (“# deadly”)");
    await expect(refused(page)).toContainText("stopped unexpectedly");
    await expectAccessible(page);
    const save = refused(page).getByRole("button", { name: "Save it as a file" });
    const file = await saved(page, () => save.click());
    expect([file.name, file.text.length]).toEqual(["Dockerfile", MULTI_STAGE.length + 9 + LARGE.length]);
    await refused(page).getByRole("button", { name: "Back to the last text that worked" }).click();
    await expect.poll(() => text(page)).toBe(MULTI_STAGE);
    await expect(refused(page)).toBeHidden();
    await expect(summary(page)).toContainText("2 of 3");
    await page.getByRole("button", { name: "Back to my last work" }).click();
    await expect.poll(() => text(page)).toContain("# deadly");
  });

  test("has no more than half a gigabyte", async ({ page }) => {
    await breakWorker(page, "deadly", `${USE_UP} self.postMessage(new Uint8Array([exported.memory.buffer.byteLength / 2 ** 20 / 4])); event.stopImmediatePropagation();`);
    await page.addInitScript(() => {
      window.told = [];
      const { Worker } = window;
      window.Worker = class extends Worker {
        constructor(...all) {
          super(...all);
          this.addEventListener("message", ({ data }) => {
            if (data instanceof Uint8Array && data.length === 1) window.told.push(data[0] * 4);
          });
        }
      };
    });
    await open(page);
    await paste(page, "FROM alpine:3.22 # deadly\n");
    await expect(refused(page)).toBeVisible();
    expect(await page.evaluate(() => [...new Set(window.told)]), "megabytes").toEqual([512]);
  });
});

const PANELS = [
  ["Advice", "advice", "The open panel|The advice on your text"],
  ["Compare", "compare", "The comparison of your text"],
  ["Reality check", "reality", "What was pasted in Reality check"],
  ["Costs", "costs", "The costs of your text"],
  ["Export", "export", "What Export writes of your text"],
  ["Learn", "learn", "The lesson and your text"],
];

for (const [title, id, what] of PANELS) {
  test.describe(`a worker that dies of the panel ${title}`, () => {
    test.use({ provoked: /broken on purpose/ });

    test("leaves the others, and the text", async ({ page }) => {
      await breakWorker(page, id, `event.stopImmediatePropagation(); throw new Error("broken on purpose");`);
      await open(page);
      await paste(page, MULTI_STAGE);
      await expect(summary(page)).toContainText("2 of 3");
      // Where the advice is counted by then, the tab says so.
      await tab(page, new RegExp(`^${title}( \\(\\d+\\))?$`)).click();
      await expect(refused(page)).toContainText(new RegExp(what));
      expect(await text(page)).toBe(MULTI_STAGE);
      await tab(page, "Stages").click();
      await paste(page, `${MULTI_STAGE}# more\n`);
      await expect(refused(page)).toBeHidden();
      await expect(summary(page)).toHaveAttribute("aria-busy", "false");
    });
  });
}

test("a worker that hangs on an edit to be tried is restarted, and that is named", async ({ page }) => {
  await open(page);
  await paste(page, MULTI_STAGE);
  await expect(summary(page)).toContainText("2 of 3");
  await expect(summary(page)).toHaveAttribute("aria-busy", "false");
  await expect.poll(() => page.workers().length, "the engine is left").toBe(1);
  // What the advice comes to is asked a little later, and the question after that is ours.
  await expect(tab(page, /^Advice \(\d+\)$/)).toBeVisible();
  await page.workers()[0].evaluate(() => { setTimeout(() => { for (;;); }); });
  await tab(page, "Cache").click();
  await expect(restarted(page)).toContainText("it was at what an edit of your text rebuilds");
  await expect(page.getByRole("tabpanel", { name: "Cache" })).toContainText("rebuilt");
});

test.describe("a worker that dies of an ignore file", () => {
  test.use({ provoked: /broken on purpose/ });

  test("has that named, and saves that", async ({ page }) => {
    await breakWorker(page, "deadly", `event.stopImmediatePropagation(); throw new Error("broken on purpose");`);
    await open(page);
    await paste(page, MULTI_STAGE);
    await expect(summary(page)).toContainText("2 of 3");
    await tab(page, ".dockerignore").click();
    await page.getByRole("textbox", { name: /^\.dockerignore\b/ }).fill("*.md\ndeadly\n");
    await expect(refused(page)).toContainText("our ignore file (“");
    const save = refused(page).getByRole("button", { name: "Save it as a file" });
    const file = await saved(page, () => save.click());
    // Chromium leaves the dot out.
    expect([file.name.replace(/^\./, ""), file.text]).toEqual(["dockerignore", "*.md\ndeadly\n"]);
  });
});
