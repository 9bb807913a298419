// The editor as the page sees it: one function that mounts it, and a few that tell it things.
// Offsets are UTF-16 code units of a text whose lines end in "\n".

import { completionKeymap } from "@codemirror/autocomplete";
import {
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
  moveLineDown,
  moveLineUp,
  standardKeymap,
  toggleComment,
  toggleTabFocusMode,
} from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { nextDiagnostic, setDiagnostics } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorState } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { completion, setNames } from "./completion.js";
import { dockerfile, dockerignore } from "./dockerfile.js";
import { marks, setHighlight, setMarks } from "./marks.js";
import { theme } from "./theme.js";

// Marks a change that came from the page, which needs not be told of it.
const fromPage = Annotation.define();

// The smallest single change from one text to the other, so that cursor, marks and undo history
// survive where the texts agree.
export function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  return { from: start, to: before.length - tail, insert: after.slice(start, after.length - tail) };
}

function extensions({ language, label, hint, onChange }) {
  const isDockerfile = language === "dockerfile";
  return [
    lineNumbers(),
    highlightSpecialChars(),
    history(),
    bracketMatching(),
    search({ top: true }),
    isDockerfile ? [dockerfile, completion, marks] : dockerignore,
    theme,
    placeholder(hint),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      "aria-label": label,
      autocapitalize: "off",
      autocorrect: "off",
      spellcheck: "false",
    }),
    keymap.of([
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...standardKeymap,
      indentWithTab,
      { key: "Ctrl-m", mac: "Shift-Alt-m", run: toggleTabFocusMode },
      { key: "Mod-/", run: toggleComment },
      { key: "Alt-ArrowUp", run: moveLineUp },
      { key: "Alt-ArrowDown", run: moveLineDown },
      { key: "F8", run: nextDiagnostic },
    ]),
    EditorView.updateListener.of((update) => {
      const told = update.transactions.some((transaction) => transaction.annotation(fromPage));
      if (update.docChanged && !told) onChange(update.state.doc.toString());
    }),
  ];
}

function clamped(view, { from, to }) {
  const end = view.state.doc.length;
  const start = Math.max(0, Math.min(from, end));
  return { from: start, to: Math.max(start, Math.min(to, end)) };
}

export function mount(host, settings, onChange) {
  // The page's Content-Security-Policy allows no style element; in a shadow root CodeMirror uses
  // a constructed style sheet instead.
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({ doc: settings.text, extensions: extensions({ ...settings, onChange }) }),
  });
  if (settings.selection) {
    const { from, to } = clamped(view, settings.selection);
    view.dispatch({ selection: { anchor: from, head: to } });
  }

  return {
    setText(text) {
      const before = view.state.doc.toString();
      if (before === text) return;
      view.dispatch({
        changes: difference(before, text),
        annotations: [fromPage.of(true), isolateHistory.of("full")],
      });
    },
    setDiagnostics(list) {
      const diagnostics = list.map((entry) => ({ ...entry, ...clamped(view, entry) }));
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    setHighlight(range) {
      view.dispatch({ effects: setHighlight.of(range ?? null) });
    },
    setMarks(list) {
      view.dispatch({ effects: setMarks.of(list) });
    },
    setNames(names) {
      view.dispatch({ effects: setNames.of(names) });
    },
    reveal(range) {
      const { from, to } = clamped(view, range);
      view.dispatch({
        selection: { anchor: from, head: to },
        effects: EditorView.scrollIntoView(from, { y: "center" }),
      });
      view.focus();
    },
    focus() {
      view.focus();
    },
    destroy() {
      view.destroy();
    },
  };
}
