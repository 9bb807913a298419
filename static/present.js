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

addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey, altKey, shiftKey, defaultPrevented } = event;
  const name = KEYS[key];
  const button = name && document.querySelector(`.present-${name}`);
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
