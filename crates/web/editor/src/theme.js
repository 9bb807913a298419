// The page's colours, taken from its custom properties, which cross the shadow root: the editor
// follows light and dark without being told.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const surface = EditorView.theme({
  "&": {
    height: "100%",
    color: "var(--editor-text)",
    backgroundColor: "var(--editor-background)",
    fontSize: "var(--editor-font-size, 0.875rem)",
  },
  "&.cm-focused": { outline: "2px solid var(--editor-focus)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--editor-font)", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--editor-text)", padding: "0.5rem 0" },
  ".cm-gutters": {
    color: "var(--editor-muted)",
    backgroundColor: "var(--editor-background)",
    borderRight: "1px solid var(--editor-line)",
  },
  ".cm-markGutter": {
    fontVariantNumeric: "tabular-nums",
    paddingLeft: "var(--editor-mark-space, 0.25rem)",
    paddingRight: "0.4rem",
    // Always room for the widest mark: one that comes later moves no text. CodeMirror overlooks
    // lines that wrap anew where the whole text stays as wide and high as the editor is.
    boxSizing: "content-box",
    minWidth: "var(--editor-mark-width, calc(8.25ch + 1.1em))",
  },
  // Every mark has room for the bar of a heavy one, so that the numbers stand in one column.
  ".cm-mark": {
    display: "block",
    minHeight: "calc(1.6em / 0.85)",
    paddingRight: "var(--editor-mark-space, 0.25em)",
    borderRight: "3px solid transparent",
    fontSize: "0.85em",
    lineHeight: "calc(1.6 / 0.85)",
    textAlign: "right",
    whiteSpace: "nowrap",
  },
  ".cm-mark-text": { display: "var(--editor-marks, inline)" },
  ".cm-mark-heavy": {
    borderRightColor: "var(--editor-heavy)",
    fontWeight: "bold",
    color: "var(--editor-heavy)",
  },
  ".cm-outcome": { display: "inline-block", width: "1.25em", textAlign: "center" },
  ".cm-outcome-cached": { color: "var(--editor-good)" },
  ".cm-outcome-rebuilt": { color: "var(--editor-error)", fontWeight: "bold" },
  ".cm-outcome-depends": { color: "var(--editor-warning)", fontWeight: "bold" },
  ".cm-note": {
    marginLeft: "1.5em",
    padding: "0 0.4em",
    borderLeft: "3px solid var(--editor-error)",
    color: "var(--editor-error)",
    fontFamily: "var(--editor-ui-font)",
    fontSize: "0.9em",
  },
  ".cm-stageLine": {
    backgroundColor: "var(--editor-stage)",
    boxShadow: "inset 3px 0 0 var(--editor-focus)",
  },
  ".cm-placeholder": { color: "var(--editor-muted)" },
  "& .cm-content ::selection": { backgroundColor: "var(--editor-selection)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--editor-selection)" },
  ".cm-searchMatch": { backgroundColor: "var(--editor-selection)" },
  ".cm-searchMatch-selected": { outline: "1px solid var(--editor-focus)" },
  ".cm-panels": { color: "var(--editor-text)", backgroundColor: "var(--editor-raised)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--editor-line)" },
  ".cm-panels-bottom": { borderTop: "1px solid var(--editor-line)" },
  ".cm-panel input, .cm-panel button": {
    font: "inherit",
    color: "inherit",
    backgroundColor: "var(--editor-background)",
    backgroundImage: "none",
    border: "1px solid var(--editor-line)",
    borderRadius: "4px",
    padding: "0.2em 0.5em",
  },
  ".cm-panel.cm-search [name=close]": { color: "inherit", fontSize: "1.2rem" },
  ".cm-tooltip": {
    color: "var(--editor-text)",
    backgroundColor: "var(--editor-raised)",
    border: "1px solid var(--editor-line)",
    borderRadius: "4px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--editor-font)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: "var(--editor-text)",
    backgroundColor: "var(--editor-selection)",
  },
  ".cm-tooltip-hover": { overflowY: "auto" },
  ".cm-tooltip-lint": { maxWidth: "min(36rem, 88vw)", fontFamily: "var(--editor-ui-font)" },
  ".cm-diagnostic": { padding: "0.4rem 0.6rem", marginLeft: "0" },
  ".cm-diagnostic code": { fontFamily: "var(--editor-font)" },
  ".cm-diagnostic + .cm-diagnostic": { borderTop: "1px solid var(--editor-line)" },
  ".cm-diagnosticAction": {
    display: "block",
    margin: "0.35rem 0 0",
    padding: "0.2rem 0.5rem",
    minHeight: "1.5rem",
    font: "inherit",
    textAlign: "left",
    color: "inherit",
    backgroundColor: "var(--editor-background)",
    border: "1px solid var(--editor-line)",
    borderRadius: "4px",
    cursor: "pointer",
  },
  ".cm-diagnosticAction:focus-visible": { outline: "2px solid var(--editor-focus)" },
  ".cm-diagnosticSource": { marginTop: "0.35rem", fontSize: "0.85em", opacity: "1", color: "var(--editor-muted)" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--editor-error)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--editor-error)",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--editor-error)" },
  ".cm-diagnostic-warning": { borderLeft: "4px solid var(--editor-warning)" },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--editor-warning)",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
  ".cm-diagnostic-info": { borderLeft: "4px solid var(--editor-muted)" },
  ".cm-lintRange-info": {
    backgroundImage: "none",
    textDecoration: "underline dotted var(--editor-muted)",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--editor-keyword)", fontWeight: "600" },
  { tag: tags.comment, color: "var(--editor-comment)", fontStyle: "italic" },
  { tag: tags.meta, color: "var(--editor-meta)" },
  { tag: tags.string, color: "var(--editor-string)" },
  { tag: tags.special(tags.string), color: "var(--editor-string)" },
  { tag: tags.special(tags.variableName), color: "var(--editor-variable)" },
  { tag: tags.typeName, color: "var(--editor-image)" },
  { tag: tags.labelName, color: "var(--editor-label)" },
  { tag: tags.attributeName, color: "var(--editor-flag)" },
  { tag: tags.attributeValue, color: "var(--editor-string)" },
  { tag: [tags.operator, tags.processingInstruction], color: "var(--editor-muted)" },
  { tag: tags.invalid, color: "var(--editor-error)" },
]);

export const theme = [surface, syntaxHighlighting(colours)];
