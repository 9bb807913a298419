// What is pasted stays in the page. Every test fails on a request that leaves the origin
// (page.mjs); here the page's own policy is put to the test.

import { MULTI_STAGE } from "../dockerfiles.mjs";
import { fragment } from "../links.mjs";
import { dockerfile, expect, open, paste, tab, test, walk } from "../page.mjs";

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

test("a worker reaches nothing elsewhere, whatever the server says of it", async ({ page }) => {
  await open(page);
  await paste(page, MULTI_STAGE);
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  const answers = await page.workers()[0].evaluate(async () => {
    const tried = (make) => { try { make(); return "made"; } catch (error) { return error.name; } };
    const elsewhere = "http://127.0.0.1:9/";
    return {
      fetched: await fetch(elsewhere).then(() => "sent", (error) => error.message),
      asked: await fetch(new Request(elsewhere)).then(() => "sent", (error) => error.message),
      others: ["XMLHttpRequest", "WebSocket", "EventSource", "WebTransport"].filter((name) => name in self),
      imported: tried(() => importScripts(elsewhere)),
      own: await fetch("images.bundle").then((response) => response.ok),
    };
  });
  const refused = "Nothing is fetched from elsewhere.";
  expect(answers).toEqual({ fetched: refused, asked: refused, others: [], imported: "TypeError", own: true });
});

test("a text full of addresses and pictures makes no panel ask for any of them", async ({ page }) => {
  test.slow();
  const text = `# syntax=127.0.0.1:9/dockerfile:1
FROM 127.0.0.1:9/base AS a
LABEL org.opencontainers.image.url="http://127.0.0.1:9/" logo="http://127.0.0.1:9/x.png"
ADD http://127.0.0.1:9/a.tar.gz https://github.com/a/b.git#main /src/
RUN curl -fsSL http://127.0.0.1:9/install.sh | sh && wget https://a.example/x.svg
RUN echo '<img src="http://127.0.0.1:9/y.png"> ![z](http://127.0.0.1:9/z.png) url(http://127.0.0.1:9/u.png)'
COPY --from=127.0.0.1:9/other /a /b
HEALTHCHECK CMD curl http://127.0.0.1:9/
`;
  await page.goto(`./${fragment(text, [["i", "# http://127.0.0.1:9/"], ["m", `${text}RUN a\n`], ["x", "mine"]])}`);
  await dockerfile(page);
  await walk(page, () => {});
  await tab(page, "Export").click();
  for (const name of [/^Copy Markdown/, /^Embed/, /^Make the link/]) {
    for (const button of await page.getByRole("button", { name }).all()) await button.click();
  }
  for (const button of await page.getByRole("button", { name: /as (SVG|PNG|JSON|SARIF|Markdown)$/ }).all()) {
    await Promise.all([page.waitForEvent("download"), button.click()]);
  }
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(page.getByRole("region", { name: "Link to this page" })).toBeVisible();
  await page.getByRole("button", { name: "Keys" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /Examples/ }).click();
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
