// What can be saved: reports for people and programs, and pictures, each whole and of this Dockerfile.

import { readFile } from "node:fs/promises";
import { expect, expectAccessible, open, paste, saved, tab, test } from "../page.mjs";

const DOCKERFILE = `FROM node:22 as build
WORKDIR /app
COPY . .
RUN npm ci && npm run build
FROM build AS unused
RUN npm test
FROM node:22-slim
RUN apt-get update && apt-get install -y curl
RUN rm -rf /var/lib/apt/lists/*
COPY --from=build /app/dist /app
CMD ["node", "/app/server.js"]
`;

const panel = (page) => page.getByRole("tabpanel", { name: "Export" });
const button = (page, name) => panel(page).getByRole("button", { name, exact: true });

async function look(page) {
  await open(page);
  await paste(page, DOCKERFILE);
  await tab(page, "Export").click();
  await expect(button(page, "Layers as SVG")).toBeVisible();
  // The panel is laid out anew for the text that was pasted.
  const { text } = await saved(page, () => button(page, "Report as Markdown").click());
  expect(text).toContain("apt-get install -y curl");
}

/**
 * Root, title and texts of a file of SVG, as the browser's own reader of XML finds them. On an empty
 * page: that of Layerwise lets no file bring its own style.
 */
async function read(page, svg) {
  const empty = await page.context().newPage();
  return empty.evaluate((svg) => {
    const document = new DOMParser().parseFromString(svg, "image/svg+xml");
    const texts = (name) => [...document.querySelectorAll(name)].map((it) => it.textContent);
    const wrong = texts("parsererror");
    return { root: document.documentElement.tagName, title: texts("title")[0], texts: texts("text"), wrong };
  }, svg);
}

/** Width, height and how many colours a PNG has, looked at in the page. */
function measure(page, base64) {
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    return { width, height, colours: new Set(pixels).size };
  }, base64);
}

test("reports are whole: JSON of schema 1, SARIF with the findings, Markdown with a link", async ({ page }) => {
  await look(page);
  const json = await saved(page, () => button(page, "Report as JSON").click());
  expect(json.name).toBe("layerwise.json");
  const report = JSON.parse(json.text);
  expect(report.schema).toBe(1);
  expect(report.stages.map((stage) => stage.name)).toEqual(["build", "unused", null]);
  const sarif = await saved(page, () => button(page, "Findings as SARIF").click());
  expect(sarif.name).toBe("layerwise.sarif");
  const log = JSON.parse(sarif.text);
  expect(log.version).toBe("2.1.0");
  const rules = log.runs[0].results.map((result) => result.ruleId);
  expect(rules).toEqual(report.findings.map((finding) => finding.rule));
  expect(rules).toContain("from-as-casing");
  const markdown = await saved(page, () => button(page, "Report as Markdown").click());
  expect(markdown.name).toBe("layerwise.md");
  expect(markdown.text).toContain("### Layers");
  expect(markdown.text).toContain("### What to change");
  expect(markdown.text).toMatch(/\[Open it in Layerwise\]\(http\S+#\S+\)/);
  await expectAccessible(page);
});

for (const [what, title, words] of [
  ["Layers", "Layers of the image", "RUN rm -rf /var/lib/apt/lists/*"],
  ["Stages", "Stages of the build", "not needed"],
]) {
  test(`the picture of ${what.toLowerCase()} is a file of SVG, and a PNG that shows something`, async ({ page }) => {
    await look(page);
    const svg = await saved(page, () => button(page, `${what} as SVG`).click());
    expect(svg.name).toBe(`layerwise-${what.toLowerCase()}.svg`);
    const drawing = await read(page, svg.text);
    expect(drawing).toMatchObject({ root: "svg", title, wrong: [] });
    expect(drawing.texts).toContain(words);
    const press = () => button(page, `${what} as PNG`).click();
    const [download] = await Promise.all([page.waitForEvent("download"), press()]);
    expect(download.suggestedFilename()).toBe(`layerwise-${what.toLowerCase()}.png`);
    const bytes = await readFile(await download.path());
    expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    const picture = await measure(page, bytes.toString("base64"));
    const [, width, height] = svg.text.match(/width="(\d+)" height="(\d+)"/).map(Number);
    expect([picture.width, picture.height], "twice as many pixels each way").toEqual([2 * width, 2 * height]);
    expect(picture.colours, "boxes, lines and letters have colours of their own").toBeGreaterThan(20);
    await expect(panel(page)).toContainText("Saved.");
  });
}

test("the box with the link leads to what else can be handed on", async ({ page }) => {
  await open(page);
  await paste(page, DOCKERFILE);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "QR code, reports, embedding" }).click();
  await expect(tab(page, "Export")).toHaveAttribute("aria-selected", "true");
  await expect(button(page, "Stages as PNG")).toBeVisible();
});

test("a link's code says why it is gone, and is made anew at once", async ({ page }) => {
  await open(page);
  await paste(page, DOCKERFILE);
  await tab(page, "Export").click();
  await expect(panel(page)).toContainText("“Share” makes a link to this text");
  await button(page, "Make the link and its code").click();
  const code = panel(page).getByRole("img", { name: /^QR code of http[^{]+#1\./ });
  await expect(code).toBeVisible();
  const first = await code.getAttribute("aria-label");
  await paste(page, `${DOCKERFILE}USER 1\n`);
  await expect(panel(page)).toContainText("The text has changed since the link was made.");
  await expect(code).toHaveCount(0);
  await button(page, "Share again").click();
  await expect(code).toBeVisible();
  expect(await code.getAttribute("aria-label")).not.toBe(first);
});
