// Hundreds of stages and thousands of lines: only what a person can see at once is on the page.

import { expect, open, paste, tab, test } from "../page.mjs";

const summary = (page) => page.getByRole("region", { name: "Summary" });

/** Three hundred stages in 1,500 lines, each taking files from the one before it. */
function large() {
  const stages = Array.from({ length: 300 }, (_, at) => {
    const from = at === 0 ? "COPY . ." : `COPY --from=stage${at - 1} /a /b`;
    return `FROM node:22 AS stage${at}\nWORKDIR /app\nRUN echo ${at}\n${from}\nRUN make\n`;
  });
  return stages.join("");
}

test("of a large graph only what is in sight is on the page, and scrolling brings the rest", async ({ page }) => {
  await open(page);
  await paste(page, large());
  await expect(summary(page)).toContainText("of 300");
  const graph = page.getByRole("group", { name: /^Stage graph/ });
  const nodes = graph.getByRole("button");
  await expect(graph.getByRole("button", { name: /^Stage stage299\b/ }), "it opens at the target").toBeInViewport();
  expect(await nodes.count()).toBeLessThan(100);
  const first = graph.getByRole("button", { name: /^Stage stage0\b/ });
  await expect(first).toHaveCount(0);
  await page.locator(".stage-drawing").evaluate((it) => it.scrollTo(0, 0));
  await expect(first).toBeVisible();
  expect(await nodes.count()).toBeLessThan(100);
  await first.click();
  await expect(first).toHaveAttribute("aria-pressed", "true");
});

test("a large list comes bit by bit, and whole when it is asked for", async ({ page }) => {
  await open(page);
  await paste(page, large());
  const rows = page.getByRole("region", { name: "In words" }).getByRole("listitem");
  await expect(rows).toHaveCount(200);
  await page.getByRole("button", { name: "Show all 300 stages and images" }).click();
  await expect(rows).toHaveCount(300);
  await tab(page, "Options").click();
  await expect(page.getByLabel("Target stage").getByRole("option")).toHaveCount(301);
});

test("the summary stays in sight however long the text and the results are", async ({ page }) => {
  const box = await open(page);
  await paste(page, large());
  await expect(summary(page)).toContainText("of 300");
  await box.press("ControlOrMeta+End");
  await page.getByRole("region", { name: "In words" }).getByRole("button").last().scrollIntoViewIfNeeded();
  await expect(summary(page)).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("button", { name: "Share", exact: true })).toBeInViewport();
});
