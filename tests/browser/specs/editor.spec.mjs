// What the editor offers beside text, and what the page asks for.

import { expect, open, paste, tab, test, text } from "../page.mjs";

const summary = (page) => page.getByRole("region", { name: "Summary" });

test("an empty page invites and blames nobody", async ({ page }) => {
  await open(page);
  await expect(page.getByRole("heading", { name: "Paste a Dockerfile" })).toBeVisible();
  // Nothing was judged, so nothing is called good either.
  await expect(summary(page)).toContainText("Errors–");
  await expect(page.getByRole("region", { name: "What the builder would refuse" })).toBeHidden();
  await page.getByRole("region", { name: "Paste a Dockerfile" }).getByRole("button", { name: /^Go to scratch/ }).click();
  await expect.poll(() => text(page)).toContain("golang");
});

test("instructions, flags and stages are completed", async ({ page }) => {
  const box = await open(page);
  await paste(page, "FROM scratch AS assets\nFROM scratch\n");
  await expect(summary(page)).toContainText("1 of 2");
  await box.press("ControlOrMeta+End");
  // By mouse: the editor overlooks the Enter key for a moment after the list has come.
  const take = async (typed, word) => {
    await page.keyboard.type(typed);
    await page.locator(".cm-tooltip-autocomplete").getByRole("option", { name: word, exact: true }).click();
  };
  await take("CO", "COPY");
  await take("--fr", "--from");
  await take("as", "assets");
  await page.keyboard.type(" /a /b");
  await expect.poll(() => text(page)).toContain("COPY --from=assets /a /b");
});

test("the size of an unknown image is asked for, used, and can be forgotten", async ({ page }) => {
  await open(page);
  await paste(page, "FROM registry.example/team/base:1\nENV A=1\n");
  const asked = page.getByRole("region", { name: "Sizes of unknown base images" });
  await expect(asked).toContainText("registry.example/team/base:1");
  await asked.getByRole("textbox").fill("120");
  await asked.getByRole("button", { name: "Use this size" }).click();
  await expect(asked.getByRole("alert")).toContainText("Add a unit");
  await asked.getByRole("textbox").fill("120 MB");
  await page.keyboard.press("Enter");
  await expect(summary(page)).toContainText("120 MB");
  await expect(asked).toBeHidden();
  await tab(page, "Options").click();
  await page.getByRole("button", { name: "Forget the size of registry.example/team/base:1" }).click();
  await expect(asked).toBeVisible();
  await expect(summary(page)).not.toContainText("120 MB");
});

test("a base image's size stands beside its line", async ({ page }) => {
  const box = await open(page);
  await paste(page, "# the base\nFROM alpine:3.22\n");
  await expect(box.locator("xpath=../..").locator(".cm-mark")).toHaveText(/^≈ [\d.]+ MB$/);
});

test("a new build argument changes nothing before it has a value", async ({ page }) => {
  await open(page);
  await paste(page, "ARG VERSION=3.22\nFROM alpine:${VERSION}\nENV A=1\n");
  await expect(summary(page)).toContainText(/\d MB/);
  await tab(page, "Options").click();
  await page.getByRole("button", { name: "Add a build argument" }).click();
  await expect(page.getByLabel("Name of build argument 1")).toHaveValue("VERSION");
  await expect(summary(page)).toContainText("none");
  await page.getByLabel("Value of build argument 1").fill("nothing we know");
  await expect(summary(page)).toContainText("1 error");
});

test("a stage without name is no target, and says what to write", async ({ page }) => {
  await open(page);
  await paste(page, "FROM alpine:3.22\nFROM scratch AS named\nFROM scratch\n");
  await expect(summary(page)).toContainText("1 of 3");
  await tab(page, "Options").click();
  const choices = page.getByLabel("Target stage").getByRole("option");
  await expect(choices).toHaveText([
    "The last stage (line 3)",
    "from alpine:3.22 (line 1): has no name; write AS name to build it",
    "named (line 2)",
  ]);
  await expect(choices.nth(1)).toBeDisabled();
  await page.getByLabel("Target stage").selectOption("named");
  await expect(summary(page)).toContainText("none");
});
