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
  // A button that has the focus is pressed by the browser itself; tabs go by arrows.
  if (key === " " && target.closest?.("button, summary, a")) return;
  if (key.startsWith("Arrow") && target.closest?.("[role='tab']")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  button.click();
});
