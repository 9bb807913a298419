// Every view of the page, as walks: each view is shown from the one before on the same page, and `look` is
// told its name. Panels, texts and ideas are read from the page, so that a new one needs no line here.

import { BROKEN, MULTI_STAGE } from "./dockerfiles.mjs";
import { expect, open, paste, tab } from "./page.mjs";

const region = (page, name) => page.getByRole("region", { name, exact: true });
const button = (page, name) => page.getByRole("button", { name, exact: true });
const panel = (page, name) => page.getByRole("tabpanel", { name });
const message = (page) => page.locator('.notices__line[data-kind="message"]');

/** A bit of everything: an image nobody knows, an argument, a stage that is not needed, findings. */
export const RICH = `# syntax=docker/dockerfile:1
ARG VERSION=22
FROM node:\${VERSION} AS build
WORKDIR /app
COPY . .
RUN npm ci
RUN rm -rf /app/node_modules/.cache
FROM acme/tools:3 AS tools
FROM node:22-alpine AS lint
RUN npx eslint .
FROM debian:13
RUN apt-get update && apt-get install -y curl
COPY --from=tools /usr/bin/tool /usr/bin/
COPY --from=build /app /app
CMD ["node", "/app/index.js"]
`;
const LISTING = "300 ./src/index.js\n1200 ./package.json\n90000 ./package-lock.json\n5000000 ./node_modules/a/index.js\n";
const HISTORY = `IMAGE          CREATED        CREATED BY                           SIZE      COMMENT
3f1b2c4d5e6f   2 hours ago    COPY /app /app # buildkit            212MB     buildkit.dockerfile.v0
<missing>      2 hours ago    COPY /usr/bin/tool /usr/bin/ # buil  1.2MB     buildkit.dockerfile.v0
<missing>      2 hours ago    RUN /bin/sh -c apt-get update && ap  55MB      buildkit.dockerfile.v0
`;

/** Opens all that can be opened in the page, so that nothing is hidden from who looks. */
async function unfold(page) {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

/** Waits until the engine has laid out the open panel. */
export async function settled(page) {
  await expect(region(page, "Summary")).toHaveAttribute("aria-busy", "false");
  await expect(page.getByText("This is being computed.")).toHaveCount(0);
}

/** Without how many there are, which comes in later and changes. */
async function names(page, of) {
  const all = await region(page, of).getByRole("tab").allInnerTexts();
  return all.map((name) => name.replace(/ \(\d+\)$/, ""));
}

/** The tab of that name, with a number behind it or not. */
function numbered(page, name) {
  const letters = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return page.getByRole("tab", { name: new RegExp(`^${letters}( \\(\\d+\\))?$`) });
}

/** Opens the page with a bit of everything in it, and four files. */
async function openRich(page) {
  await open(page);
  await paste(page, RICH);
  await tab(page, "Files").click();
  await page.getByLabel("Or paste a listing").fill(LISTING);
  await expect(region(page, "Input")).toContainText("4 files");
  await tab(page, "Dockerfile").click();
  await settled(page);
}

async function walkPage(page, look) {
  await open(page);
  await look("the empty page");
  await button(page, "Examples").click();
  await expect(page.getByRole("list", { name: "Examples" }).getByRole("button").first()).toBeVisible();
  await look("the menu of examples");
  await page.keyboard.press("Escape");
  await button(page, "Keys").click();
  await look("the list of keys");
  await page.keyboard.press("Escape");
  await page.dispatchEvent("main", "dragenter", { dataTransfer: await aFile(page) });
  await expect(page.locator(".bringing-veil")).toBeVisible();
  await look("a file that is dragged");
  await page.dispatchEvent("main", "dragleave", { dataTransfer: await aFile(page) });
  await page.evaluate(() => (location.hash = "1.%%%not-a-link"));
  await expect(message(page)).toBeVisible();
  await look("a broken link");
  await paste(page, BROKEN);
  await expect(region(page, "What the builder would refuse")).toBeVisible();
  await settled(page);
  await look("a Dockerfile with a mistake");
}

function aFile(page) {
  return page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["FROM scratch"], "Dockerfile"));
    return transfer;
  });
}

async function walkInput(page, look) {
  await open(page);
  await paste(page, RICH);
  const sizes = region(page, "Sizes of unknown base images");
  await sizes.getByRole("textbox").fill("nonsense");
  await sizes.getByRole("textbox").press("Enter");
  await settled(page);
  await look("an unknown image and a size that is none");
  await tab(page, "Files").click();
  await page.getByLabel("Or paste a listing").fill("./no/size\n");
  await look("files that are refused");
  await page.getByLabel("Or paste a listing").fill(LISTING);
  await expect(region(page, "Input")).toContainText("4 files");
  await tab(page, "Options").click();
  await button(page, "Add a build argument").click();
  for (const name of await names(page, "Input")) {
    await numbered(page, name).click();
    await unfold(page);
    await look(`the input's ${name}`);
  }
}

/** Each panel, with all that can be opened in it. */
async function walkPanels(page, look) {
  await openRich(page);
  for (const name of await names(page, "Results")) {
    await numbered(page, name).click();
    await settled(page);
    await unfold(page);
    await look(`the panel ${name}`);
  }
}

/** What the panels show once something was done there. */
async function walkActs(page, look) {
  await openRich(page);
  await tab(page, "Stages").click();
  await page.getByRole("group", { name: /^Stage graph/ }).getByRole("button").first().press("Enter");
  await look("a chosen stage");
  await tab(page, "Cache").click();
  await panel(page, "Cache").getByRole("button", { name: "a source file", exact: true }).click();
  await settled(page);
  await look("an edit that is tried");
  await paste(page, RICH.replace("debian:13", "debian:13-slim"));
  await settled(page);
  await look("one's own edit");
  await tab(page, "Compare").click();
  await settled(page);
  await look("two versions side by side");
  await panel(page, "Compare").getByRole("button", { name: "A pasted Dockerfile", exact: true }).click();
  await page.getByLabel("The other Dockerfile").fill(MULTI_STAGE);
  await settled(page);
  await look("another Dockerfile side by side");
  await tab(page, "Reality check").click();
  await page.getByLabel("What Docker says of the real image").fill(HISTORY);
  await expect(panel(page, "Reality check").getByRole("row", { name: /from=build/ })).toContainText("212 MB");
  await look("a real image beside the estimate");
  await tab(page, "Costs").click();
  await page.getByLabel("Pulls a day").fill("-5");
  await expect(panel(page, "Costs")).toContainText("is not understood");
  await look("costs that are not understood");
  await button(page, "Share").click();
  await expect(page.getByRole("textbox", { name: "Link", exact: true })).toHaveValue(/#1\./);
  await look("the link to share");
  await button(page, "QR code, reports, embedding").click();
  await expect(page.getByRole("img", { name: /^QR code/ })).toBeVisible();
  await unfold(page);
  await look("the QR code");
  await page.keyboard.press("F2");
  await expect(page.locator(".present-place")).toBeVisible();
  await look("what is presented");
  await page.keyboard.press("Escape");
  await expect(page.locator(".present")).toHaveCount(0);
}

async function walkLessons(page, look) {
  await openRich(page);
  const learn = panel(page, "Learn");
  await tab(page, "Learn").click();
  await settled(page);
  await learn.getByRole("button", { name: "Layers stack" }).click();
  const ideas = learn.getByRole("group", { name: "Idea", exact: true }).getByRole("button");
  await expect(ideas.first()).toBeVisible();
  for (const idea of await ideas.allInnerTexts()) {
    await learn.getByRole("group", { name: "Idea", exact: true }).getByRole("button", { name: idea }).click();
    await settled(page);
    await look(`the idea ${idea}`);
  }
  await page.evaluate(() => (location.hash = "lesson/two-stages"));
  await expect(learn).toContainText("Lesson 2 of");
  await settled(page);
  await look("a lesson");
  // By keys: a click waits for a picture to stand still, and now and then none comes after so many windows.
  await learn.getByRole("button", { name: "Show a hint" }).press("Enter");
  await learn.getByRole("button", { name: "Show the solution" }).press("Enter");
  await expect(learn.locator(".view-diff").last()).toBeVisible();
  await look("a lesson's hint and solution");
  await button(page, "Print handout").press("Enter");
  await expect(learn).toContainText("Notes");
  await button(page, "With answer key").press("Enter");
  await expect(learn).toContainText("Solution");
  await look("a handout");
  await button(page, "Back to the lesson").press("Enter");
  await button(page, "All lessons").press("Enter");
  await button(page, "Write a lesson").press("Enter");
  await expect(page.getByRole("textbox", { name: "The lesson, in Markdown" })).toBeVisible();
  await unfold(page);
  await look("a lesson that is written");
}

/** Each panel as a frame of another page shows it. */
async function walkFrames(page, look) {
  await page.goto("./#example/node-naive/panel/stages/embed");
  await expect(page.getByRole("group", { name: /^Stage graph/ })).toBeVisible();
  for (const one of await page.locator('[id^="results-tab-"]').all()) {
    await one.evaluate((element) => element.click());
    await expect(page.getByText("This is being computed.")).toHaveCount(0);
    await look(`${await one.textContent()} in a frame`);
  }
}

/** Every walk, by what it goes through. */
export const WALKS = {
  "the page around": walkPage,
  "the input": walkInput,
  "each panel": walkPanels,
  "what panels answer": walkActs,
  "lessons": walkLessons,
  "frames of other pages": walkFrames,
};
