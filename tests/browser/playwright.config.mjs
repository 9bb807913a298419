// Drives the Chromium that `cargo xtask test` found (CHROMIUM, with CHROMIUM_FLAGS), against the
// release page in dist/ as server.mjs serves it.

import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";
import { ORIGIN } from "./server.mjs";

const found = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = process.env.CHROMIUM ?? found.find((file) => existsSync(file));
if (!executablePath) {
  throw new Error("no Chromium: run `cargo xtask test --only browser`, or name one in CHROMIUM");
}
const args = (process.env.CHROMIUM_FLAGS ?? "--headless=new --no-sandbox --disable-gpu").split(" ");

export default defineConfig({
  testDir: "specs",
  outputDir: "results",
  fullyParallel: true,
  workers: 2,
  // A test that needs a second try hides a race that people would meet too.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Bounds for a busy machine of two cores, not expectations: a test waits for what happens.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: ORIGIN,
    // Kept files would hide what a test breaks on purpose; offline.spec.mjs is about them.
    serviceWorkers: "block",
    launchOptions: { executablePath, args },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  webServer: {
    command: "node server.mjs",
    url: ORIGIN,
    reuseExistingServer: false,
  },
});
