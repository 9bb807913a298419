// Keeps the focus on the page. Where a control goes away because it was pressed, the browser lets the
// focus fall back to the beginning, unseen; here the next control takes it.

const CONTROLS = "a[href], button, summary, select, input[type='file'], [tabindex='0']";

// What had the focus last, and whether a key or a finger was pressed last.
let last = null;
let byKey = false;

// What had the focus when the box with the link came, in the editor too, which has it again once that is closed.
let inner = null;
let opener = null;

addEventListener("keydown", () => { byKey = true; }, true);
addEventListener("pointerdown", () => { byKey = false; }, true);
document.addEventListener("focusin", (event) => {
  last = event.target;
  [inner] = event.composedPath();
});

// Who lets go of a control that stays wants the focus nowhere.
document.addEventListener("focusout", ({ target }) => {
  setTimeout(() => {
    if (target === last && target.isConnected && document.activeElement === document.body) last = null;
  });
});

// Where `element` was: what stood before it, or what it stood in.
function placeOf(element, records) {
  let gone = element;
  let place = null;
  for (const { removedNodes, previousSibling, target } of records) {
    if (![...removedNodes].some((node) => node.contains(gone))) continue;
    gone = target;
    place = previousSibling?.isConnected ? { after: previousSibling } : { within: target };
  }
  return place;
}

function comesAfter(control, { after, within }) {
  const follows = (after ?? within).compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING;
  return follows !== 0 && !after?.contains(control);
}

// Whether the box with the link is among what came or went.
function hasBox(records, nodes) {
  return records.some((record) => [...record[nodes]].some((node) => node.classList?.contains("share")));
}

new MutationObserver((records) => {
  if (hasBox(records, "addedNodes")) opener = inner;
  if (hasBox(records, "removedNodes") && document.activeElement === document.body) opener?.focus();
  if (!last || last.isConnected || document.activeElement !== document.body) return;
  const place = placeOf(last, records);
  if (!(place?.after ?? place?.within)?.isConnected) return;
  // A finger that pressed a button wants no keyboard on the screen.
  const selector = byKey ? `${CONTROLS}, input, textarea` : CONTROLS;
  const controls = [...document.querySelectorAll(selector)].filter((control) => {
    return !control.disabled && control.tabIndex >= 0 && control.checkVisibility();
  });
  const next = controls.find((control) => comesAfter(control, place)) ?? controls.at(-1);
  next?.focus({ preventScroll: !byKey });
}).observe(document.getElementById("app"), { childList: true, subtree: true });

// The results, or what an empty page offers instead, begin behind a whole editor.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  const place = document.querySelector(".results [role='tabpanel'], .results button");
  place?.focus();
  place?.scrollIntoView({ block: "start" });
});
