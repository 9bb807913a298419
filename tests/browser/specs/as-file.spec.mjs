// Files in and out: what a link is too long for goes as a file and comes back as one.

import { MULTI_STAGE } from "../dockerfiles.mjs";
import { drop, expect, open, paste, saved, tab, test, text } from "../page.mjs";

const share = (page) => page.getByRole("region", { name: "Link to this page" });
const target = (page) => page.getByLabel("Target stage");

/** Many stages whose text packs badly: its link is far over what chat tools take. */
function long() {
  const stages = Array.from({ length: 120 }, (_, at) => {
    const odd = Math.imul(at + 1, 2654435761) >>> 0;
    return `FROM alpine:3.22 AS stage${at}\nRUN echo ${odd.toString(36)}${(odd ^ 0x5bd1e995) >>> 0}\n`;
  });
  return stages.join("");
}

test("a link that is too long for chat tools goes as a file and opens again", async ({ page, context }) => {
  await open(page);
  await paste(page, long());
  await tab(page, "Options").click();
  await target(page).selectOption("stage7");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(share(page)).toContainText("send it as a file");
  const press = () => share(page).getByRole("button", { name: "Download link as file" }).click();
  const file = await saved(page, press);
  expect(file.name).toBe("layerwise-link.txt");
  expect(file.text.length).toBeGreaterThan(2000);

  const other = await context.newPage();
  await other.goto("./");
  await tab(other, "Dockerfile").click();
  await paste(other, "FROM alpine:3.22\n# mine\n");
  await drop(other, "#dockerfile-editor .text-editor__host", file.name, file.text);
  await expect(target(other), "the link opens on the tab it was made on").toHaveValue("stage7");
  await tab(other, "Dockerfile").click();
  await expect.poll(() => text(other)).toContain("AS stage0");
  await other.getByRole("button", { name: "Back to my last work" }).click();
  await expect.poll(() => text(other)).toContain("# mine");

  const third = await context.newPage();
  await third.goto("./");
  await third.getByLabel("Open…").setInputFiles({
    name: file.name, mimeType: "text/plain", buffer: Buffer.from(file.text),
  });
  await expect(target(third)).toHaveValue("stage7");
});

test("a Dockerfile dropped anywhere opens instead of the page leaving", async ({ page }) => {
  await open(page);
  await drop(page, "header", "Dockerfile", MULTI_STAGE);
  await expect.poll(() => text(page)).toContain("npm run build");
  await drop(page, "main", ".dockerignore", "*.md\n!README.md\n");
  await expect(tab(page, ".dockerignore")).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("textbox", { name: /^\.dockerignore\b/ })).toContainText("!README.md");
});

test("what is no text is refused and said", async ({ page }) => {
  await open(page);
  await paste(page, "FROM alpine:3.22\n# mine\n");
  await page.getByLabel("Open…").setInputFiles({
    name: "Dockerfile", mimeType: "", buffer: Buffer.from([0xff, 0xfe, 0x46, 0x00]),
  });
  await expect(page.getByRole("status").first()).toContainText("not text in UTF-8");
  expect(await text(page)).toContain("# mine");
});
