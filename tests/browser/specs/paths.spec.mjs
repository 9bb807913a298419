// The paths of docs/accessibility.md, gone with the keyboard alone: what has the focus, what is read out and
// what the accessibility tree holds is what the document says.

import { readPaths, walkPath } from "../paths.mjs";
import { expect, test } from "../page.mjs";

/** What has to be possible without a mouse and without eyes. */
const WANTED = [
  "Paste a Dockerfile and hear its size",
  "Leave the editor",
  "Find the costliest layer",
  "Read the stage graph in words",
  "Choose an edit and hear what is rebuilt",
  "Apply advice and undo it",
  "Bring a folder",
  "Bring a listing",
  "Compare two versions",
  "Solve a lesson",
  "Share a link",
  "Present",
];

const { sample, paths } = await readPaths();

test.use({ reducedMotion: "reduce" });

test("the document has every path that is wanted, and no other", () => {
  expect(paths.map(({ name }) => name)).toEqual(WANTED);
});

for (const { name, steps } of paths) {
  test(name, ({ page }) => walkPath(page, sample, steps, (title, act) => test.step(title, act)));
}
