// The analysis lives apart from the page: when it dies or hangs, the page goes on.

import { MULTI_STAGE } from "../dockerfiles.mjs";
import { expect, open, paste, test, text } from "../page.mjs";

const summary = (page) => page.getByRole("region", { name: "Summary" });

/** The engine, once it has answered: the worker of the first look is ended then. */
async function worker(page) {
  await expect(summary(page)).toHaveAttribute("aria-busy", "false");
  await expect.poll(() => page.workers().length, "the engine is left").toBe(1);
  return page.workers()[0];
}

test("a hanging analysis is restarted and nothing typed is lost", async ({ page }) => {
  await open(page);
  await paste(page, "FROM alpine:3.22\n");
  await expect(summary(page)).toContainText("1 of 1");
  const first = await worker(page);
  const gone = first.waitForEvent("close");
  // Busy for good, but only after this call has returned: a worker that ends in the middle of one
  // is never told to be gone.
  await first.evaluate(() => { setTimeout(() => { for (;;); }); });
  await paste(page, MULTI_STAGE);
  await gone;
  await expect(summary(page)).toContainText("2 of 3");
  expect(await text(page)).toContain("npm run build");
  const over = page.getByRole("status").filter({ hasText: "did not answer in time and was restarted" });
  await expect(over).toContainText("up to date again");
  await over.getByRole("button", { name: "Dismiss this message" }).click();
  await expect(page.getByText("was restarted")).toBeHidden();
});

test.describe("a worker that dies", () => {
  test.use({ provoked: /out of the blue/ });

  test("is restarted", async ({ page }) => {
    await open(page);
    await paste(page, "FROM alpine:3.22\n");
    await expect(summary(page)).toContainText("1 of 1");
    const first = await worker(page);
    const gone = first.waitForEvent("close");
    await first.evaluate(() => {
      setTimeout(() => { throw new Error("out of the blue"); });
    });
    await paste(page, MULTI_STAGE);
    await gone;
    await expect(summary(page)).toContainText("2 of 3");
  });
});

test("a worker that was ended while it rested is replaced without a word", async ({ page }) => {
  await open(page);
  await paste(page, "FROM alpine:3.22\n");
  await expect(summary(page)).toContainText("1 of 1");
  const first = await worker(page);
  const next = page.waitForEvent("worker");
  await first.evaluate(() => self.close());
  await next;
  await paste(page, MULTI_STAGE);
  await expect(summary(page)).toContainText("2 of 3");
  await expect(page.getByText(/restarted/)).toBeHidden();
});
