// What a person has is kept to the byte, line ends and all, and its errors stand at their places.

import { dockerfile, drop, expect, open, paste, saved, test, text } from "../page.mjs";

const errors = (page) => page.getByRole("region", { name: "What the builder would refuse" });

const WINDOWS = "# 🐳 on Windows\r\nFROM alpine:3.22\r\nRUN a \\\r\n  b\r\nINSTALL it\r\n";
const MIXED = "FROM alpine:3.22\r\nRUN a\nRUN one\rline\r\n\nINSTALL it\n";

/** The Dockerfile as a share would carry it, and the link. */
async function shared(page) {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link", exact: true }).inputValue();
  const press = () => page.getByRole("button", { name: "Download Dockerfile" }).click();
  const { name, text } = await saved(page, press);
  expect(name).toBe("Dockerfile");
  return { link, text };
}

for (const [what, whole] of [["Windows", WINDOWS], ["mixed", MIXED]]) {
  test(`${what} line ends survive the editor, a link and a reload`, async ({ page, context }) => {
    await open(page);
    await paste(page, whole);
    await expect(errors(page)).toContainText("INSTALL");
    const underlined = (page) => page.locator(".cm-lintRange-error").first();
    await expect(underlined(page)).toHaveText(/^INSTALL/);
    const { link, text } = await shared(page);
    expect(text).toBe(whole);
    const other = await context.newPage();
    await open(other, new URL(link).hash);
    await expect(underlined(other)).toHaveText(/^INSTALL/);
    expect((await shared(other)).text).toBe(whole);
    await page.reload();
    await dockerfile(page);
    expect((await shared(page)).text).toBe(whole);
  });

  test(`${what} line ends stay where they are through edits and undo`, async ({ page }) => {
    const box = await open(page);
    await paste(page, whole);
    await box.press("ControlOrMeta+Home");
    await page.keyboard.type("# one\n# two\n");
    const { text } = await shared(page);
    expect(text.endsWith(whole), text).toBe(true);
    const end = what === "Windows" ? "\r\n" : "\n";
    expect(text.slice(0, -whole.length)).toBe(`# one${end}# two${end}`);
    await box.press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
    await paste(page, "FROM scratch\nRUN other\n");
    expect((await shared(page)).text).toBe("FROM scratch\nRUN other\n");
    await expect.poll(async () => {
      await box.press("ControlOrMeta+Z");
      return (await shared(page)).text;
    }).toBe(whole);
  });
}

test("a part that is pasted takes the line ends of the text it comes into", async ({ page }) => {
  const box = await open(page);
  await paste(page, "FROM scratch\nRUN b\n");
  await box.press("ControlOrMeta+End");
  await page.evaluate(() => navigator.clipboard.writeText("RUN c\r\nRUN d\r\n"));
  await page.keyboard.press("ControlOrMeta+V");
  expect((await shared(page)).text).toBe("FROM scratch\nRUN b\nRUN c\nRUN d\n");
});

test("a file keeps its line ends and its byte order mark", async ({ page }) => {
  await open(page);
  await drop(page, "#dockerfile-editor", "Dockerfile", `\ufeff${WINDOWS}`);
  await expect.poll(() => text(page)).toContain("INSTALL it");
  // Reading a file as text would take the mark for a sign of its encoding.
  expect(Buffer.from((await shared(page)).text).toString("hex"))
    .toBe(Buffer.from(`\ufeff${WINDOWS}`).toString("hex"));
});

test.describe("without the editor's script", () => {
  test.use({ provoked: /editor\.js|Failed to load resource|dynamically imported module/ });

  test("a plain field keeps line ends too", async ({ page }) => {
    await page.route("**/editor.js", (route) => route.abort());
    await page.goto("./");
    const field = page.getByRole("textbox", { name: /^Dockerfile\b/ });
    await field.click();
    await page.evaluate((text) => navigator.clipboard.writeText(text), WINDOWS);
    await page.keyboard.press("ControlOrMeta+V");
    await expect(errors(page)).toContainText("INSTALL");
    expect((await shared(page)).text).toBe(WINDOWS);
    await field.press("ControlOrMeta+Home");
    await page.keyboard.type("# first\n");
    expect((await shared(page)).text).toBe(`# first\r\n${WINDOWS}`);
    await errors(page).getByRole("button").first().click();
    expect(await field.evaluate((it) => it.value.slice(it.selectionStart, it.selectionEnd)))
      .toMatch(/^INSTALL/);
  });
});
