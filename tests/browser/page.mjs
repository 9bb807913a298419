// What every browser test stands on: a page in which nothing may go wrong unseen.

import { test as base, expect } from "@playwright/test";
import { ORIGIN } from "./server.mjs";

const origin = new URL(ORIGIN).origin;

/** A test of the page that fails on any complaint of the browser or request to elsewhere. */
export const test = base.extend({
  context: async ({ context }, use) => {
    const complaints = [];
    const watch = (page) => {
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(`console: ${message.text()}`);
      });
      page.on("pageerror", (error) => complaints.push(`page: ${error}`));
      page.on("crash", () => complaints.push("the page crashed"));
    };
    context.on("page", watch);
    context.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) {
        complaints.push(`request: ${request.method()} ${url}`);
      }
    });
    await use(context);
    expect(complaints, "the browser complained, or something left the page's origin").toEqual([]);
  },
});

export { expect };
