// What rules find: underlined, said in a tooltip with its quick fixes, and reached by keyboard.

import { invertedEffects, isolateHistory } from "@codemirror/commands";
import { forEachDiagnostic, nextDiagnostic, setDiagnostics } from "@codemirror/lint";
import { StateEffect } from "@codemirror/state";
import { closeHoverTooltips, EditorView, hasHoverTooltips, keymap } from "@codemirror/view";

// A fix that changes the other text alone still is a step of this one's history, so that the key
// that undoes what was done last undoes it.
const fixedElsewhere = StateEffect.define();

const tooltip = ".cm-tooltip-lint";

/** A message in which what stands between two backticks is code. */
function written(message) {
  const line = document.createElement("span");
  line.append(...message.split(/`([^`]+)`/).map((piece, at) => {
    if (at % 2 === 0) return piece;
    const code = document.createElement("code");
    code.append(piece);
    return code;
  }));
  return line;
}

/** Goes to the next place, whose tooltip shows, and says what it is. */
function showNext(view) {
  if (!nextDiagnostic(view)) return false;
  const { from } = view.state.selection.main;
  const said = [];
  forEachDiagnostic(view.state, ({ message }, start, end) => {
    if (start <= from && from <= end) said.push(message.replaceAll("`", ""));
  });
  view.dispatch({ effects: EditorView.announce.of(said.join("\n")) });
  return true;
}

/** Goes to the first button of the tooltip that shows; that of the next place where none does. */
function enterTooltip(view) {
  const button = () => view.dom.querySelector(`${tooltip} button`);
  if (!button()) nextDiagnostic(view);
  // The tooltip is drawn with the next frame.
  requestAnimationFrame(() => button()?.focus());
  return true;
}

/** Takes the tooltip away; other things that the key does are done as well. */
function closeTooltip(view) {
  if (hasHoverTooltips(view.state)) view.dispatch({ effects: closeHoverTooltips });
  return false;
}

/** Keys, and the way back of fixes; `onFix` is told a fix's name, or "" to take the last one back. */
export function findings(onFix) {
  return [
    invertedEffects.of(({ effects }) => effects.filter((effect) => effect.is(fixedElsewhere))),
    EditorView.updateListener.of(({ transactions }) => {
      const isUndone = (transaction) =>
        transaction.isUserEvent("undo") && transaction.effects.some((it) => it.is(fixedElsewhere));
      if (transactions.some(isUndone)) onFix("");
    }),
    keymap.of([
      { key: "F8", run: showNext },
      { key: "Mod-.", run: enterTooltip },
      { key: "Escape", run: closeTooltip },
    ]),
  ];
}

/** Shows what is found; the returned function takes what the page itself says and the findings. */
export function diagnostics(view, language, onFix) {
  let shown = {};
  view.dom.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest(tooltip)) view.focus();
  });
  // One that a key brought would stay in front of what is looked at next.
  view.dom.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !view.dom.contains(relatedTarget)) closeTooltip(view);
  });

  const quickFix = (doc, { name, fix, elsewhere }) => ({
    name,
    apply() {
      // A button may be older than the text.
      if (view.state.doc !== doc) return;
      if (elsewhere) {
        const annotations = isolateHistory.of("full");
        view.dispatch({ effects: fixedElsewhere.of(null), annotations });
      }
      onFix(fix);
      view.focus();
    },
  });

  // Until there are findings on the newest text the older ones stay, without their fixes.
  const kept = () => {
    const all = [];
    forEachDiagnostic(view.state, (one, from, to) => {
      if (one.source) all.push({ ...one, from, to, actions: [] });
    });
    return all;
  };

  return (list, findings) => {
    const { doc } = view.state;
    const told = JSON.stringify(list) + findings;
    // Setting the same again would close a tooltip.
    if (doc === shown.doc && told === shown.told) return;
    shown = { doc, told };
    const found = findings
      ? JSON.parse(findings).map((one) => ({ ...one, actions: one.actions.map((it) => quickFix(doc, it)) }))
      : kept();
    // Rules say of an ignore file what the page says before they have looked.
    const isSaidTwice = (own) =>
      found.some((one) => {
        const isAlike = one.message === own.message;
        const isRule = language === "dockerignore" && own.severity !== "error";
        return one.from === own.from && one.to === own.to && (isAlike || isRule);
      });
    const clamp = (at) => Math.min(at, doc.length);
    const all = [...list.filter((own) => !isSaidTwice(own)), ...found];
    const placed = all.map((one) => {
      const renderMessage = () => written(one.message);
      return { ...one, from: clamp(one.from), to: clamp(one.to), renderMessage };
    });
    view.dispatch(setDiagnostics(view.state, placed));
  };
}
