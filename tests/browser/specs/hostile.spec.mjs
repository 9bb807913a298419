// Links, lessons, listings and histories by people who mean harm: nothing in them runs, nothing becomes
// an element, nothing is fetched, and what nobody would see is shown as an escape.

import { fragment } from "../links.mjs";
import { dockerfile, expect, open, paste, tab, test, walk } from "../page.mjs";

const RUNS = `<img src="http://127.0.0.1:9/x.png" onerror="globalThis.ran=1">`;
const X = `"'>${RUNS}<script>globalThis.ran=1</script><svg onload=globalThis.ran=1>javascript:globalThis.ran=1`;
/** Without the signs that end a word of a Dockerfile. */
const WORD = X.replaceAll(" ", "/").replaceAll('"', "").replaceAll("'", "");

const DOCKERFILE = `# ${X}
ARG VERSION=${WORD}
FROM ${WORD} AS first
FROM node:22 AS build
LABEL a="${RUNS.replaceAll('"', "'")}"
WORKDIR /app/${WORD}
COPY . .
COPY ["${WORD}", "/${WORD}"]
RUN npm ci && echo '${RUNS}' > '/out/${WORD}'
COPY --from=${WORD} /a /b
COPY <<END /h/${WORD}
${X}
END
HEALTHCHECK CMD ${WORD}
USER ${WORD}
${WORD} ${X}
`;

const FIELDS = [
  ["i", `${X}\n!${WORD}\n[${WORD}\n`], ["t", X], ["p", X], ["e", X], ["o", X], ["x", `modify:${X}`], ["r", X],
  ["a", X, X], ["a", "VERSION", X], ["s", X, "12345"], ["s", WORD, "12345"], ["z", `build:/${X}`, "77"],
  ["d", `RUN ${X}`, "5000"], ["m", DOCKERFILE], ["j", X], ["g", X], ["l", X], ["f", X, X],
];

const LESSON = `# ${X}
${X}

${X} [a](javascript:globalThis.ran=1) [b](http://127.0.0.1:9/) ![c](http://127.0.0.1:9/x.png) \`${X}\`

\`\`\`dockerfile start
${DOCKERFILE}\`\`\`
\`\`\`dockerignore start
${X}
\`\`\`

## Goals
- ${X} \`stages = 2\`
- ${X} \`stages = ${X}\`

## Hint
${X}

\`\`\`dockerfile hint
${DOCKERFILE}\`\`\`

## Solution
\`\`\`dockerfile solution
${DOCKERFILE}\`\`\`

## What you saw
${X}
`;

/** What a text would have become had it become elements. */
async function expectHarmless(page) {
  const found = await page.evaluate(() => {
    const all = (root) => [...root.querySelectorAll("*")].flatMap((it) => [it, ...(it.shadowRoot ? all(it.shadowRoot) : [])]);
    const isOdd = (it) => it.matches("img:not(.cm-widgetBuffer), iframe, object, embed, script:not(head script)")
      || it.getAttributeNames().some((name) => name.startsWith("on"))
      || /^\s*(javascript|data|http):/i.test(it.matches("link") ? "" : it.getAttribute("href") ?? "");
    return { ran: globalThis.ran, odd: all(document).filter(isOdd).map((it) => it.outerHTML.slice(0, 200)) };
  });
  expect(found).toEqual({ ran: undefined, odd: [] });
}

test("a link with markup in every field is text in every panel", async ({ page }) => {
  await page.goto(`./${fragment(DOCKERFILE, FIELDS)}`);
  await dockerfile(page);
  await expect(page.getByRole("region", { name: "Results", exact: true })).toBeVisible();
  await walk(page, expectHarmless);
  await tab(page, "Export").click();
  await page.getByRole("button", { name: "Make the link and its code" }).click();
  await expect(page.getByRole("heading", { name: "QR code of the link" })).toBeVisible();
  await expectHarmless(page);
});

test("a lesson with markup in every part is text, on the page and on the screen", async ({ page }) => {
  await page.goto(`./${fragment("", [["k", LESSON]])}`);
  await dockerfile(page);
  await expect(tab(page, "Learn")).toHaveAttribute("aria-selected", "true");
  const results = page.getByRole("region", { name: "Results", exact: true });
  await expect(results).toContainText("<script>");
  for (const name of ["Show a hint", "Show the solution"]) await results.getByRole("button", { name }).click();
  await expectHarmless(page);
  await page.keyboard.press("F2");
  await expect(page.locator(".present-leave")).toBeVisible();
  await expectHarmless(page);
  await page.locator(".present-leave").click();
  await walk(page, expectHarmless);
});

test("a listing and a history with markup are text", async ({ page }) => {
  await open(page);
  await paste(page, "FROM node:22\nCOPY . /app\nRUN make\n");
  await page.getByRole("region", { name: "Input", exact: true }).getByRole("tab", { name: "Files" }).click();
  await page.getByLabel("Or paste a listing").fill(`12 ./${X}\n90 ./src/${WORD}\n1000000 ./b/${RUNS}\n`);
  await walk(page, expectHarmless);
  await tab(page, "Reality check").click();
  const history = `IMAGE CREATED CREATED BY SIZE COMMENT\n<missing> 2 days ago RUN /bin/sh -c ${X} # buildkit 12MB ${X}\n`;
  await page.getByRole("region", { name: "Results", exact: true }).getByRole("textbox").first().fill(history);
  await expectHarmless(page);
});

for (const [what, hash] of Object.entries({
  "a link": `#${RUNS}`,
  "an example": `#example/${encodeURIComponent(RUNS)}`,
  "a lesson": `#lesson/${WORD}`,
  "a panel": `#/panel/${encodeURIComponent(X)}`,
  "a version": `#${encodeURIComponent(`9${RUNS}`)}.abc`,
})) {
  test(`an address with markup in place of ${what} leads to a page all the same`, async ({ page }) => {
    await page.goto(`./${hash}`);
    await dockerfile(page);
    await expectHarmless(page);
  });
}

test("a link of some kilobytes that would unpack to many megabytes is not opened, and says what to do", async ({ page }) => {
  const bomb = fragment("#".repeat(64_000_000));
  expect(bomb.length, "it is a short link").toBeLessThan(100_000);
  await page.goto(`./${bomb}`);
  const told = page.getByRole("status").filter({ hasText: "was not opened: ask for the Dockerfile as a file." });
  await expect(told).toBeVisible();
  await paste(page, "FROM scratch\n");
});

test("a text of four megabytes out of a short link leaves the page to its person", async ({ page }) => {
  const link = fragment(`FROM scratch\n${"RUN a b c\n".repeat(390_000)}`);
  expect(link.length).toBeLessThan(20_000);
  await page.goto(`./${link}`);
  const box = await dockerfile(page);
  await box.press("ControlOrMeta+End");
  await expect(page.locator("#dockerfile-editor .cm-gutterElement", { hasText: "390002" })).toBeVisible();
  await page.getByRole("button", { name: "Keys" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("what nobody sees in a name is shown as an escape, and marked in the text", async ({ page }) => {
  const bidi = "evil\u202esj.exe";
  const hidden = "a\u200bb\u0007c";
  await open(page);
  await paste(page, `FROM node:22 AS ${hidden}\n# ${bidi}\nCOPY ${bidi} /${bidi}\nCOPY --from=${hidden} /a /b\n`);
  const box = await dockerfile(page);
  await expect(box.locator(".cm-specialChar").first()).toBeVisible();
  await page.getByRole("region", { name: "Input", exact: true }).getByRole("tab", { name: "Files" }).click();
  await page.getByLabel("Or paste a listing").fill(`12 ./${bidi}\n90 ./src/\u2066${hidden}\n`);
  await walk(page, async (page) => {
    const raw = await page.evaluate(() => {
      const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/u;
      const labels = [...document.querySelectorAll("[aria-label], [title]")].flatMap((it) => [it.ariaLabel, it.title]);
      return [document.body.innerText, ...labels].filter((text) => hidden.test(text ?? ""));
    });
    expect(raw).toEqual([]);
  });
  await page.getByRole("tab", { name: "Context" }).click();
  await expect(page.getByText("evil\\u{202e}sj.exe").first()).toBeVisible();
});
