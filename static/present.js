// Keys of what is presented: each presses the button that is on the screen, so a hand and a clicker do
// the same. Clickers send Page Up and Page Down.

const KEYS = {
  ArrowRight: "next",
  PageDown: "next",
  ArrowLeft: "previous",
  PageUp: "previous",
  p: "play",
  P: "play",
  " ": "play",
  Escape: "leave",
  F2: "leave",
};
/** What a clicker sends is a step also while the editor has the focus. */
const EVERYWHERE = ["PageDown", "PageUp", "Escape", "F2"];

/** Milliseconds after which nobody waits any more. */
const PATIENCE = 10_000;

/** Presents what is there: opens the panel with the lessons and presses its button, once it shows. */
function enter() {
  document.getElementById("results-tab-learn")?.click();
  const press = () => {
    const button = document.querySelector(".present-enter");
    button?.click();
    if (button) seen.disconnect();
  };
  const seen = new MutationObserver(press);
  seen.observe(document.getElementById("app"), { childList: true, subtree: true });
  setTimeout(() => seen.disconnect(), PATIENCE);
  press();
}

/** Whether the browser itself presses with Space what has the focus: the steps' buttons all leave it to
    the next edit. */
function isPressedBySpace(target) {
  return target.closest?.("button, summary, a") && !isOfSteps(target);
}

function isOfSteps(target) {
  return target.closest?.(".present-bar .button:not(.present-leave)");
}

/** Where one is: nothing while nothing is presented. */
let place = null;

/** Begins each step at the top, the first with the focus on what goes on; who leaves comes back to where
    it was begun. */
function follow() {
  const leave = document.querySelector(".present-leave");
  const now = leave && (document.querySelector(".present-place")?.textContent ?? "");
  if (now === place) return;
  const before = place;
  place = now;
  for (let around = leave; around; around = around.parentElement) around.scrollTop = 0;
  if (before !== null && leave) return;
  const next = leave ? (document.querySelector(".present-play") ?? leave) : document.querySelector(".present-enter");
  next?.focus({ preventScroll: Boolean(leave) });
}

new MutationObserver(follow).observe(document.getElementById("app"), {
  characterData: true,
  childList: true,
  subtree: true,
});

// Some browsers press a button where Space is let go of.
addEventListener("keyup", (event) => {
  if (event.key === " " && isOfSteps(event.target)) event.preventDefault();
});

addEventListener("click", ({ target }) => {
  if (target.closest?.(".print-page")) print();
});

addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey, altKey, shiftKey, defaultPrevented } = event;
  const name = KEYS[key];
  const button = name && document.querySelector(`.present-${name}`);
  if (key === "F2" && !button) return enter();
  if (!button || ctrlKey || metaKey || altKey || shiftKey || defaultPrevented) return;
  const [target] = event.composedPath();
  const takesText = target.isContentEditable || target.matches?.("input, textarea, select");
  if (takesText && !EVERYWHERE.includes(key)) return;
  if (key === " " && isPressedBySpace(target)) return;
  // Tabs go by arrows.
  if (key.startsWith("Arrow") && target.closest?.("[role='tab']")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  button.click();
});
