// What is pasted stays in the page. Every test fails on a request that leaves the origin
// (page.mjs); here the page's own policy is put to the test.

import { MULTI_STAGE } from "../dockerfiles.mjs";
import { expect, open, paste, test } from "../page.mjs";

test.use({ provoked: /Content Security Policy|Refused to connect|Failed to fetch/ });

test("the browser refuses to send anything elsewhere", async ({ page }) => {
  await open(page);
  await paste(page, MULTI_STAGE);
  const answers = await page.evaluate(async () => {
    const violated = new Promise((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) => {
        resolve(event.effectiveDirective);
      }, { once: true });
    });
    const fetched = await fetch("http://127.0.0.1:9/").then(() => "sent", () => "refused");
    return { fetched, directive: await violated };
  });
  expect(answers).toEqual({ fetched: "refused", directive: "connect-src" });
});

test("nothing but the page's own files is asked for, and none of it holds the text", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(request));
  await open(page);
  await paste(page, MULTI_STAGE);
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("2 of 3");
  expect(asked.length).toBeGreaterThan(3);
  for (const request of asked) {
    expect(request.method(), request.url()).toBe("GET");
    expect(new URL(request.url()).search, request.url()).toBe("");
  }
});
