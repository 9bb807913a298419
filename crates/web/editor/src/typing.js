// Types another text before the eyes of a room: what goes is taken away first, then what comes is
// written a few letters at a time. Each change is one like the person's own, so the page hears it and
// it can be undone.

import { isolateHistory } from "@codemirror/commands";
import { EditorView } from "@codemirror/view";
import { difference } from "./difference.js";
import { read } from "./line-ends.js";

/** Milliseconds between two strokes, and how long a line stands before the next one is begun, so that
    what it changes is computed and seen. */
const STROKE = 60;
const LINE = 600;
/** Strokes that an edit may take; longer ones have more letters a stroke. */
const MOST_STROKES = 120;
/** Lines up to which they are aligned; longer texts change in one piece. */
const MOST_LINES = 500;

/** Whole lines, each with its end. */
function linesOf(text) {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Changes from one text to the other, in the order of the first: lines that both have stay. */
export function hunks(before, after) {
  const [old, now] = [linesOf(before), linesOf(after)];
  if (old.length > MOST_LINES || now.length > MOST_LINES) return [difference(before, after)];
  // How many lines both have in common from a pair of lines on.
  const common = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      common[i][j] =
        old[i] === now[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const found = [];
  let [i, j, at] = [0, 0, 0];
  while (i < old.length || j < now.length) {
    let [gone, come] = ["", ""];
    while ((i < old.length || j < now.length) && !(i < old.length && old[i] === now[j])) {
      if (i < old.length && (j >= now.length || common[i + 1][j] >= common[i][j + 1])) gone += old[i++];
      else come += now[j++];
    }
    if (gone || come) {
      const { from, to, insert } = difference(gone, come);
      found.push({ from: at + from, to: at + to, insert });
      at += gone.length;
    }
    for (; i < old.length && old[i] === now[j]; i += 1, j += 1) at += old[i].length;
  }
  return found;
}

/** The strokes of changes, each with the milliseconds to wait after it. */
export function strokes(changes) {
  const letters = changes.reduce((sum, { from, to, insert }) => sum + to - from + insert.length, 0);
  const step = Math.max(2, Math.ceil(letters / MOST_STROKES));
  const all = [];
  for (const { from, to } of changes.toReversed()) {
    for (let end = to; end > from; end -= 2 * step) {
      const start = Math.max(from, end - 2 * step);
      all.push({ from: start, to: end, insert: "", wait: start === from ? LINE : STROKE });
    }
  }
  let moved = 0;
  for (const { from, to, insert } of changes) {
    for (let at = 0, end; at < insert.length; at = end) {
      const line = insert.indexOf("\n", at) + 1 || insert.length;
      end = Math.min(at + step, line);
      const place = from + moved + at;
      all.push({ from: place, to: place, insert: insert.slice(at, end), wait: end === line ? LINE : STROKE });
    }
    moved += insert.length - (to - from);
  }
  return all;
}

/** Which step the page shows, in words. */
function shownStep() {
  return document.querySelector(".present-place")?.textContent;
}

/** Types what the page asks for; `settle` makes the rest of an edit at once. */
export function typing(view, host, settle) {
  let timer = 0;
  let wanted = null;
  let left = null;
  let begun = null;

  function stop() {
    clearTimeout(timer);
    wanted = null;
    document.removeEventListener("click", hurry, true);
  }

  function finish() {
    const text = wanted;
    stop();
    settle(text);
  }

  // Whoever asks for the edit while it is being typed has seen enough; whoever goes back or
  // leaves goes from the whole step. Until the page has drawn its buttons for that step, they go
  // from the one before, so that "Back" would go one too far: it ends the edit then.
  function hurry(event) {
    const button = event.target.closest?.(".present-bar .button");
    if (!button) return;
    const isEarly = button.matches(".present-previous") && shownStep() === begun;
    if (isEarly || button.matches(".present-play, .present-next")) event.stopPropagation();
    finish();
  }

  function go(rest) {
    const [stroke, ...more] = rest;
    // Who writes something between the strokes goes on by hand.
    if (view.state.doc !== left) return stop();
    if (!stroke) return finish();
    const { from, to, insert, wait } = stroke;
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      effects: EditorView.scrollIntoView(from, { y: "nearest", yMargin: 40 }),
    });
    left = view.state.doc;
    timer = setTimeout(() => go(more), wait);
  }

  host.addEventListener("type", (event) => {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    event.preventDefault();
    stop();
    wanted = event.detail;
    begun = shownStep();
    document.addEventListener("click", hurry, true);
    view.dispatch({ annotations: isolateHistory.of("full") });
    left = view.state.doc;
    go(strokes(hunks(view.state.doc.toString(), read(wanted).shown)));
  });
  return { stop };
}
