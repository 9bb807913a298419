// What looks like a secret leaves the page in no link, unless the person says so.

import { expect, open, paste, saved, tab, test, text } from "../page.mjs";

const TOKEN = "ghp_0123456789012345678901234567890123456";
const SECRET = `FROM node:22\nENV API_TOKEN=hunter2abc\nRUN git clone https://jo:${TOKEN}@a.example/b\n`;
const CLEAN = "FROM node:22\nENV API_TOKEN=left-out\nRUN git clone https://jo:left-out@a.example/b\n";

const box = (page) => page.getByRole("region", { name: "Link to this page" });
const button = (page, name) => page.getByRole("button", { name, exact: true });
const copied = (page) => page.evaluate(() => navigator.clipboard.readText());

/** The Dockerfile that a link opens in a page of its own. */
async function opened(context, link) {
  const page = await context.newPage();
  await page.goto(link);
  await expect.poll(() => text(page)).not.toBe("");
  const dockerfile = await text(page);
  await page.close();
  return dockerfile;
}

test("Share leaves secrets out, names them, and puts them in when it is asked to", async ({ page, context }) => {
  await open(page);
  await paste(page, SECRET);
  await page.keyboard.press("ControlOrMeta+S");
  await expect(box(page)).toContainText("Left out, because it looks like a secret: API_TOKEN (line 2) and a token of GitHub (line 3).");
  const clean = await copied(page);
  expect(await opened(context, clean)).toBe(CLEAN);
  expect(page.url(), "the address bar has the same link").toBe(clean);
  expect(await text(page), "the text itself stays").toBe(SECRET);

  await box(page).getByRole("button", { name: "Put the secrets in" }).click();
  await expect(box(page)).toContainText("That includes what looks like a secret: API_TOKEN (line 2)");
  expect(await opened(context, await copied(page))).toBe(SECRET);

  await box(page).getByRole("button", { name: "Leave the secrets out" }).click();
  await expect(box(page)).toContainText("Left out");
  await expect.poll(() => copied(page)).toBe(clean);
  const file = await saved(page, () => box(page).getByRole("button", { name: "Download Dockerfile" }).click());
  expect(file.text, "a file is no link").toBe(SECRET);

  // What is chosen for these secrets is not chosen for others.
  await box(page).getByRole("button", { name: "Put the secrets in" }).click();
  await expect(box(page)).toContainText("That includes");
  await paste(page, `${SECRET}ENV PASSWORD=more\n`);
  await button(page, "Share").click();
  await expect(box(page)).toContainText("Left out, because it looks like a secret: API_TOKEN");
  expect(await opened(context, await copied(page))).toBe(`${CLEAN}ENV PASSWORD=left-out\n`);
});

test("every other way out carries the same link, and says so beside it", async ({ page, context }) => {
  await open(page);
  await paste(page, SECRET);
  const linked = async (markdown) => {
    const [, link] = /(http[^\s)"]*#1\.[\w-]+)/.exec(markdown) ?? [];
    expect(await opened(context, link)).toBe(CLEAN);
  };
  await tab(page, "Export").click();
  await expect(page.getByText("The link has left-out in place of what looks like a secret: API_TOKEN (line 2)")).toBeVisible();
  await button(page, "Copy Markdown").click();
  await expect.poll(() => copied(page)).toContain("#1.");
  await linked(await copied(page));
  const { text: report } = await saved(page, () => button(page, "Report as Markdown").click());
  await linked(report);
  await button(page, "Embed Layers").click();
  await expect.poll(() => copied(page)).toContain("<iframe");
  await linked(await copied(page));

  await button(page, "Make the link and its code").click();
  const code = page.getByRole("img", { name: /^QR code of/ });
  await expect(code).toBeVisible();
  await linked(await code.getAttribute("aria-label"));

  await page.getByRole("tab", { name: /^Advice/ }).click();
  await expect(page.getByText("The link has left-out in place")).toBeVisible();
  await button(page, "Copy as Markdown").click();
  await expect.poll(() => copied(page)).toContain("[Open it in Layerwise]");
  await linked(await copied(page));
});

test.describe("an engine that does not load", () => {
  test.use({ provoked: /layerwise-engine|Failed to load resource|dynamically imported module/ });

  test("copies nothing, keeps it out of the history, and says why", async ({ page, context }) => {
    await context.route("**/layerwise-engine*", (route) => route.abort());
    await open(page);
    await paste(page, SECRET);
    await page.evaluate(() => navigator.clipboard.writeText("before"));
    await button(page, "Share").click();
    await expect(box(page)).toContainText("It was not looked through for passwords and keys");
    await expect(box(page)).toContainText("The link was not copied.");
    expect(await copied(page)).toBe("before");
    expect(new URL(page.url()).hash).toBe("");
  });
});
