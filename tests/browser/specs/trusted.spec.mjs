// Text becomes no code: the browser itself refuses, whoever tries (Trusted Types, static/trusted.js).

import { MULTI_STAGE } from "../dockerfiles.mjs";
import { expect, open, paste, test } from "../page.mjs";

test.use({ provoked: /Trusted ?(Type|Script|HTML|URL)|Content Security Policy/ });

/** What would make code of a text, or elements of it. */
const tries = {
  innerHTML: () => { document.createElement("p").innerHTML = "<b>a</b>"; },
  outerHTML: () => { document.body.appendChild(document.createElement("p")).outerHTML = "<b>a</b>"; },
  insertAdjacentHTML: () => document.body.insertAdjacentHTML("beforeend", "<b>a</b>"),
  "document.write": () => document.write("<b>a</b>"),
  srcdoc: () => { document.createElement("iframe").srcdoc = "<b>a</b>"; },
  "the parser": () => { new DOMParser().parseFromString("<b>a</b>", "text/html"); },
  "a fragment": () => { document.createRange().createContextualFragment("<b>a</b>"); },
  "a script's text": () => { document.createElement("script").text = "globalThis.ran = true"; },
  "a script's address": () => { document.createElement("script").src = "boot.js"; },
  "a timer's text": () => { setTimeout("globalThis.ran = true"); },
  Function: () => { new Function("globalThis.ran = true")(); },
  eval: () => { globalThis.eval("globalThis.ran = true"); },
  "a worker of another file": () => { new Worker("boot.js"); },
  "a worker from elsewhere": () => { new Worker("http://127.0.0.1:9/worker.js"); },
  "a worker of a text": () => { new Worker(URL.createObjectURL(new Blob(["1"]))); },
  "another list of what is allowed": () => { trustedTypes.createPolicy("other", {}); },
};

test("the browser makes no code and no elements of a text, and no worker of another file", async ({ page }) => {
  await open(page);
  for (const [what, attempt] of Object.entries(tries)) {
    const handle = await page.evaluateHandle(`(${attempt})`);
    // Not at once: what a debugger calls may make code of texts.
    const came = await handle.evaluate((attempt) => new Promise((resolve) => {
      const run = async () => attempt();
      setTimeout(() => run().then(() => resolve("done"), (error) => resolve(error.message)));
    }));
    expect(came, what).toMatch(/Trusted|Content Security Policy|Policy/);
  }
  expect(await page.evaluate(() => globalThis.ran)).toBeUndefined();
});

test("the page's own workers start: everything is computed under the same rules", async ({ page }) => {
  await open(page);
  await paste(page, MULTI_STAGE);
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("2 of 3");
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
});
