// Nobody is kept out of any view: axe in light and dark, narrow and wide, zoomed by 200 %, text alone
// twice as large; nothing moves where motion is not wanted, and what has the focus is seen.

import { expect, findBarriers, test } from "../page.mjs";
import { WALKS } from "../views.mjs";

/** What may scroll sideways in a box of its own: graphs, tables and code have two dimensions. */
const WIDE = ".stage-drawing, .view-picture, .view-table, .cache-table-box, .files-rows, pre, input, textarea, select";

/** Windows: a telephone, 1280 pixels at 400 % and at 200 %, and letters alone at 200 %. */
const WINDOWS = [
  { name: "390 pixels", width: 390, height: 844 },
  { name: "320 pixels", width: 320, height: 640 },
  { name: "200 % zoom", width: 640, height: 360 },
  { name: "text at 200 %", width: 1280, height: 720, letters: "200%" },
];

const contrast = { type: "rule", values: ["color-contrast"] };
const fingers = { type: "rule", values: ["target-size", "scrollable-region-focusable"] };

/** What is cut off, or makes the page scroll both ways. */
function findCuts(page) {
  return page.evaluate((wide) => {
    const told = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) told.push(`the page is ${scrollWidth} pixels wide`);
    for (const element of document.querySelectorAll("body *")) {
      if (element.clientWidth <= 1 || !element.checkVisibility()) continue;
      const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(element);
      const name = `${element.localName}.${element.classList.value}`;
      const isWide = element.scrollWidth > element.clientWidth + 1 && overflowX !== "visible";
      const isLong = element.scrollHeight > element.clientHeight + 1 && ["hidden", "clip"].includes(overflowY);
      if (isWide && !element.matches(wide) && textOverflow !== "ellipsis") told.push(`${name} is cut or scrolls sideways`);
      if (isLong && webkitLineClamp === "none") told.push(`${name} is cut below`);
    }
    return told;
  }, WIDE);
}

/** Controls that are not seen when the focus comes to them from above or below, or do not show it. */
async function findHiddenFocus(page) {
  // From here on the browser takes it that the keyboard is used.
  await page.keyboard.press("Shift");
  return page.evaluate(async () => {
    const controls = "a[href], button, summary, select, input, textarea, [tabindex='0']";
    const isReached = (it) => it.tabIndex >= 0 && !it.disabled && it.checkVisibility({ visibilityProperty: true });
    const modal = document.querySelector("dialog[open]");
    const all = [...(modal ?? document).querySelectorAll(controls)].filter(isReached);
    const told = new Set();
    const parts = [0.5, 0.1, 0.9];
    const isSeen = (it) => {
      const box = it.getBoundingClientRect();
      const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
      const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
      return parts.some((x) => parts.some((y) => {
        return it.contains(document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y));
      }));
    };
    const isOutlined = (it) => {
      const { outlineStyle, outlineWidth, strokeWidth, stroke } = getComputedStyle(it);
      return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || (stroke !== "none" && parseFloat(strokeWidth) >= 4);
    };
    // What has the focus already would not be scrolled to.
    if (modal) document.activeElement.blur();
    for (const control of [...all, ...all.toReversed()]) {
      // A menu closes when the focus leaves it.
      if (!isReached(control)) continue;
      control.focus();
      await null;
      const shown = control.matches("label .visually-hidden") ? control.parentElement : control;
      const name = `${control.localName} ${control.ariaLabel ?? control.textContent.trim().slice(0, 30)}`;
      if (!isSeen(shown)) told.add(`${name} has the focus and is not seen`);
      if (![shown, ...shown.querySelectorAll("*")].some(isOutlined)) told.add(`${name} does not show its focus`);
    }
    document.activeElement?.blur();
    return [...told];
  });
}

function setLetters(page, size) {
  return page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
}

/** Looks at one view in every light and window, and says what is wrong with it. */
async function examine(page) {
  const told = [];
  const add = (where, found) => told.push(...found.map((one) => `${where}: ${one}`));
  add("light", await findBarriers(page));
  await page.emulateMedia({ colorScheme: "dark" });
  add("dark", await findBarriers(page, contrast));
  await page.emulateMedia({ colorScheme: "light" });
  const size = page.viewportSize();
  for (const { name, width, height, letters = "" } of WINDOWS) {
    await page.setViewportSize({ width, height });
    if (letters) await setLetters(page, letters);
    add(name, await findCuts(page));
    if (width === 390) add(name, await findBarriers(page, fingers));
    if (height === 360) add(name, await findHiddenFocus(page));
    if (letters) await setLetters(page, "");
  }
  await page.setViewportSize(size);
  const moving = await page.evaluate(() => {
    // What only comes in sight after a while does not move.
    const still = ["offset", "computedOffset", "easing", "composite", "visibility"];
    const moves = ({ effect }) => effect.getKeyframes().flatMap(Object.keys).some((key) => !still.includes(key));
    return document.getAnimations().filter(moves).map((one) => one.animationName ?? one.transitionProperty);
  });
  add("reduced motion", moving.map((name) => `${name} moves`));
  return told;
}

test.use({ reducedMotion: "reduce" });

for (const [name, walk] of Object.entries(WALKS)) {
  test(`nobody is kept out of ${name}`, async ({ page }) => {
    // Dozens of looks, on two busy cores.
    test.slow();
    const told = [];
    await walk(page, async (view) => {
      told.push(...(await examine(page)).map((one) => `${view}: ${one}`));
    });
    expect(told).toEqual([]);
  });
}
