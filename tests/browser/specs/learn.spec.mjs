// Lessons: a link opens one, goals tick while the text changes, the solution reaches them all, and
// one's own work comes back.

import { expect, expectAccessible, open, paste, saved, tab, test, text } from "../page.mjs";

const panel = (page) => page.getByRole("tabpanel", { name: "Learn" });
const button = (page, name) => panel(page).getByRole("button", { name, exact: true });

test("a link opens a lesson, whose goals tick while the text changes", async ({ page }) => {
  await open(page, "#lesson/order-is-speed");
  await expect(panel(page)).toContainText("2 of 3 goals reached");
  expect(await text(page)).toContain("COPY . .\nRUN npm ci");
  await expectAccessible(page);
  await paste(page, "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n");
  await expect(panel(page)).toContainText("3 of 3 goals reached");
  await expect(panel(page)).toContainText("What you saw");
  // It is done without a press of “Next”.
  await button(page, "All lessons").click();
  await expect(panel(page)).toContainText("1 of 10 lessons are done");
  const { text: progress } = await saved(page, () => button(page, "Save my progress").click());
  await page.reload();
  await expect(panel(page)).toContainText("1 of 10 lessons are done");
  await panel(page).getByText("Bring progress from another browser").click();
  const field = panel(page).getByRole("textbox", { name: "What “Save my progress” saved there" });
  await field.fill("");
  await expect(panel(page)).toContainText("0 of 10 lessons are done");
  await field.fill(progress);
  await expect(panel(page)).toContainText("1 of 10 lessons are done");
  await expectAccessible(page);
});

test("hints come one at a time, the solution goes into the editor, and it begins anew", async ({ page }) => {
  await open(page, "#lesson/two-stages");
  await button(page, "Show a hint").click();
  await expect(panel(page)).toContainText("Hint 1");
  await expect(panel(page)).not.toContainText("Hint 2");
  await button(page, "Show the solution").click();
  await expect(panel(page).locator(".view-diff").last()).toContainText("COPY --from=build");
  await button(page, "Put it into the editor").click();
  await expect(panel(page)).toContainText("3 of 3 goals reached");
  await expect(panel(page)).toContainText("✓ done");
  await expectAccessible(page);
  await button(page, "Start over").click();
  await expect(panel(page)).toContainText("Show a hint");
  expect(await text(page)).not.toContain("--from=build");
  await button(page, "Show a hint").click();
  await expect(panel(page).getByText("The hint’s text beside yours:")).toBeVisible();
  await expect(panel(page).locator(".view-diff")).toBeVisible();
  await button(page, "Show the solution").click();
  await button(page, "Put it into the editor").click();
  await panel(page).getByRole("button", { name: /^Next: / }).click();
  await expect(panel(page)).toContainText("Lesson 3 of 10");
});

test("a lesson leaves one's own work where it is", async ({ page }) => {
  await open(page);
  await paste(page, "FROM scratch\nCOPY mine /\n");
  await tab(page, "Learn").click();
  await button(page, "Two stages").click();
  await expect(panel(page)).toContainText("Lesson 2 of 10");
  await page.getByRole("button", { name: "Back to my last work" }).click();
  expect(await text(page)).toContain("COPY mine /");
});
