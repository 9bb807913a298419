// The three ideas as drawings to explore, and one panel in a frame of another page.

import { expect, expectAccessible, open, paste, tab, test } from "../page.mjs";
import { ORIGIN } from "../server.mjs";

const panel = (page) => page.getByRole("tabpanel", { name: "Learn" });
const choice = (page, row, name) =>
  page.getByRole("group", { name: row, exact: true }).getByRole("button", { name, exact: true });
const TEXT = "FROM alpine:3.22\nRUN dd if=/dev/zero of=/big bs=1M count=50\nRUN rm /big\n";

test("the ideas answer to each choice, on one's own text and on a sample", async ({ page }) => {
  await open(page);
  await paste(page, TEXT);
  await tab(page, "Learn").click();
  await panel(page).getByRole("button", { name: "Layers stack" }).click();
  const told = panel(page).locator(".idea-summary");
  await expect(told).toContainText("hides ≈ 52.4 MB, and frees nothing");
  await choice(page, "After", "line 2").focus();
  await page.keyboard.press("Enter");
  await expect(told).toContainText("All of it can be seen");
  await expect(choice(page, "After", "line 2")).toBeFocused();
  await expectAccessible(page);
  // One stage has nothing to show: a sample takes its place, and the text stays.
  await choice(page, "Idea", "A stage is discarded").click();
  await expect(panel(page)).toContainText("Your text has one stage");
  await choice(page, "The image ends with", "build").click();
  await expect(told).toContainText("If the image ended with build");
  await choice(page, "Idea", "The first changed line").click();
  await choice(page, "Shown on", "A sample").click();
  await expect(panel(page)).toContainText("kept if the same bytes cross");
  await expectAccessible(page);
  await panel(page).getByRole("button", { name: "Stages in parallel" }).click();
  await expect(panel(page)).toContainText("Lesson 7 of 10");
});

test("a frame in another page shows one panel, changes nothing and keeps nothing", async ({ page }) => {
  await open(page);
  await paste(page, TEXT);
  await tab(page, "Export").click();
  await page.getByRole("button", { name: "Embed Layers", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Copied." })).toBeVisible();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  expect(code).toMatch(/^<iframe src="[^"]+#1\.[\w-]+\/panel\/layers\/embed" title="Layerwise: Layers" [^<]+><\/iframe>$/);

  // In the narrowest box that the README names.
  const boxed = code.replace("<iframe", '<iframe sandbox="allow-scripts allow-same-origin allow-popups"');
  const host = `<main aria-label="Slides"><h1>Slides</h1>${boxed}</main>`;
  const body = `<!doctype html><html lang="en"><title>Slides</title>${host}</html>`;
  await page.route("**/slides.html", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.setViewportSize({ width: 336, height: 700 });
  await page.goto(`${ORIGIN}slides.html`);
  // What the page kept that was left.
  await page.evaluate(() => { localStorage.clear(); sessionStorage.clear(); });
  await page.reload();
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("tabpanel")).toContainText("52.4 MB");
  const editable = "input:not([readonly]), textarea, [contenteditable=true], [role=tab], .button:not([aria-pressed])";
  await expect(frame.locator(editable).filter({ visible: true })).toHaveCount(0);
  const wide = await frame.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
  expect(wide, "no wider than its frame").toBeLessThanOrEqual(0);
  await expectAccessible(page);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);

  const link = frame.getByRole("link", { name: "Open in Layerwise" });
  await expect(link).toHaveAttribute("rel", "noopener");
  const [whole] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
  await expect(whole.getByRole("tab", { name: "Layers" })).toHaveAttribute("aria-selected", "true");
  await expect(whole.getByRole("textbox", { name: /^Dockerfile\b/ })).toContainText("RUN rm /big");
});

test("a frame does not read the colours that the whole page was given", async ({ page }) => {
  await page.goto(ORIGIN);
  await page.evaluate(() => localStorage.setItem("layerwise.theme", "dark"));
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const frame = await page.context().newPage();
  await frame.goto(`${ORIGIN}#/panel/learn.cache/embed`);
  await expect(frame.getByRole("link", { name: "Open in Layerwise" })).toBeVisible();
  expect(await frame.locator("html").getAttribute("data-theme")).toBeNull();
});

test("a frame leads on to the step that it shows, and has nothing that it cannot do", async ({ page }) => {
  await page.goto(`${ORIGIN}#example/node-naive/panel/layers/embed`);
  const link = page.getByRole("link", { name: "Open in Layerwise" });
  await expect(link).toHaveAttribute("href", /#example\/node-naive\/panel\/layers$/);
  await page.getByRole("button", { name: "Next step" }).click();
  await expect(page.getByText("Step 2: an ignore file")).toBeVisible();
  await expect(page.getByRole("button", { name: "Dismiss this message" })).toHaveCount(0);
  await expect(page).toHaveURL(/#example\/(?!node-naive)[^/]+\/panel\/layers\/embed$/);
  await page.reload();
  await expect(page.getByText("Step 2: an ignore file")).toBeVisible();
  const [whole] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
  await expect(whole.getByText("Step 2: an ignore file")).toBeVisible();
  await expect(whole.getByRole("tab", { name: "Layers" })).toHaveAttribute("aria-selected", "true");

  for (const [address, told, untold] of [
    ["example/node-naive/panel/compare", "No version came with this text", "Edit a line"],
    ["lesson/two-stages/panel/learn", "0 of 3 goals reached", "As a drawing of your text"],
    ["/panel/learn", "Ten megabytes of Go", "Your own text is kept"],
    ["example/nope/panel/layers", "This frame has nothing to show.", "Go to scratch"],
  ]) {
    await page.goto("about:blank");
    await page.goto(`${ORIGIN}#${address}/embed`);
    await expect(page.getByText(told)).toBeVisible();
    await expect(page.getByText(untold).filter({ visible: true })).toHaveCount(0);
    await expectAccessible(page);
  }
});

test.describe("without the file of frames", () => {
  test.use({ provoked: /embed\.js|ERR_FAILED|dynamically imported/ });

  test("a frame says that it could not start", async ({ page }) => {
    await page.route("**/embed.js", (route) => route.abort());
    await page.goto(`${ORIGIN}#/panel/learn/embed`);
    await expect(page.getByText("The page could not start")).toBeVisible();
  });
});
