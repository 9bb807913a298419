// The editor as the page sees it: one function that mounts it, and a few that tell it things.
// Texts come and go with the line ends they have. Offsets are UTF-16 code units of the text as it is
// shown, where every line end is one unit.

import { completionKeymap } from "@codemirror/autocomplete";
import {
  history,
  historyKeymap,
  indentWithTab,
  invertedEffects,
  isolateHistory,
  moveLineDown,
  moveLineUp,
  standardKeymap,
  toggleComment,
  toggleTabFocusMode,
} from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorState, StateEffect, StateField } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { completion, setNames } from "./completion.js";
import { difference } from "./difference.js";
import { dockerfile, dockerignore } from "./dockerfile.js";
import { diagnostics, findings } from "./findings.js";
import { moved, read, write } from "./line-ends.js";
import { marks, setHighlight, setMarks } from "./marks.js";
import { theme } from "./theme.js";
import { typing } from "./typing.js";

// Beside those that CodeMirror marks itself, what else turns letters round or takes no room: all that
// static/visible.js writes as escapes elsewhere.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

// Marks a change that came from the page, which needs not be told of it.
const fromPage = Annotation.define();

const setLineEnds = StateEffect.define();
const lineEnds = StateField.define({
  create: () => "\n",
  update(ends, { changes, effects, startState }) {
    // An undo of several steps at once brings the effects of each, the first step's last.
    const told = effects.findLast((effect) => effect.is(setLineEnds));
    return told ? told.value : moved(ends, changes, startState.doc);
  },
});

// The text with the line ends that the person has.
function exact(state) {
  return write(state.doc, state.field(lineEnds));
}

const keepLineEnds = [
  lineEnds,
  // A lone "\r" is a character like any other, and shown as one.
  EditorState.lineSeparator.of("\n"),
  invertedEffects.of(({ startState, docChanged, effects }) => {
    const before = startState.field(lineEnds);
    const told = effects.some((effect) => effect.is(setLineEnds));
    return told || (docChanged && Array.isArray(before)) ? [setLineEnds.of(before)] : [];
  }),
  // What is pasted over everything keeps its line ends; a part takes those of what it comes into.
  EditorView.domEventHandlers({
    // Left to type over a selection, the browser keeps the looks of what goes in a style attribute,
    // which the page's Content-Security-Policy forbids.
    beforeinput(event, view) {
      const { main, ranges } = view.state.selection;
      const isTyped = event.inputType === "insertText" && event.data && event.cancelable;
      if (!isTyped || event.isComposing || main.empty || ranges.length > 1) return false;
      const typed = view.state.replaceSelection(event.data);
      view.dispatch(typed, { userEvent: "input.type", scrollIntoView: true });
      return true;
    },
    paste(event, view) {
      const text = event.clipboardData?.getData("text/plain");
      const { from, to } = view.state.selection.main;
      if (!text || from > 0 || to < view.state.doc.length) return false;
      const { shown, ends } = read(text);
      view.dispatch({
        changes: { from, to, insert: shown },
        selection: { anchor: shown.length },
        effects: setLineEnds.of(ends),
        userEvent: "input.paste",
      });
      // Who brings a whole file wants to see how it begins.
      view.scrollDOM.scrollTop = 0;
      return true;
    },
  }),
  EditorView.clipboardInputFilter.of((text) => text.replaceAll("\r\n", "\n")),
  EditorView.clipboardOutputFilter.of((text, state) => {
    return state.field(lineEnds) === "\r\n" ? text.replaceAll("\n", "\r\n") : text;
  }),
];

function extensions({ language, label, hint, onChange, onFix }) {
  const isDockerfile = language === "dockerfile";
  return [
    lineNumbers(),
    keepLineEnds,
    highlightSpecialChars({ addSpecialChars: HIDDEN }),
    history(),
    bracketMatching(),
    search({ top: true }),
    isDockerfile ? [dockerfile, completion, marks] : dockerignore,
    findings(onFix),
    theme,
    placeholder(hint),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      "aria-label": label,
      // It can be focused anyway; said so that whoever audits a region that scrolls sees it as well.
      tabindex: "0",
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
    ]),
    EditorView.updateListener.of((update) => {
      const told = update.transactions.some((transaction) => transaction.annotation(fromPage));
      if (update.docChanged && !told) onChange(exact(update.state));
    }),
  ];
}

function clamped(view, { from, to }) {
  const end = view.state.doc.length;
  const start = Math.max(0, Math.min(from, end));
  return { from: start, to: Math.max(start, Math.min(to, end)) };
}

export function mount(host, settings, onChange, onFix) {
  // The page's Content-Security-Policy allows no style element; in a shadow root CodeMirror uses
  // a constructed style sheet instead.
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const { shown, ends } = read(settings.text);
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: shown,
      extensions: [lineEnds.init(() => ends), extensions({ ...settings, onChange, onFix })],
    }),
  });
  if (settings.selection) {
    const { from, to } = clamped(view, settings.selection);
    view.dispatch({ selection: { anchor: from, head: to } });
  }

  const typist = typing(view, host, (text) => {
    if (exact(view.state) === text) return;
    const { shown, ends } = read(text);
    const changes = difference(view.state.doc.toString(), shown);
    view.dispatch({ changes, effects: setLineEnds.of(ends) });
  });

  return {
    setText(text) {
      if (exact(view.state) === text) return;
      typist.stop();
      const { shown, ends } = read(text);
      view.dispatch({
        changes: difference(view.state.doc.toString(), shown),
        effects: setLineEnds.of(ends),
        annotations: [fromPage.of(true), isolateHistory.of("full")],
      });
    },
    setDiagnostics: diagnostics(view, settings.language, onFix),
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
      typist.stop();
      view.destroy();
    },
  };
}
