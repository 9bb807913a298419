// What the page paints on the text: the lines of the picked stage, and a gutter of short words
// (sizes) beside lines.

import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, gutter, GutterMarker } from "@codemirror/view";

export const setHighlight = StateEffect.define();
export const setMarks = StateEffect.define();

const highlighted = Decoration.line({ class: "cm-stageLine" });

function clamp(offset, doc) {
  return Math.max(0, Math.min(offset, doc.length));
}

function linesOf(range, doc) {
  if (!range) return Decoration.none;
  const last = doc.lineAt(clamp(range.to, doc)).number;
  const decorations = [];
  for (let at = doc.lineAt(clamp(range.from, doc)).number; at <= last; at += 1) {
    decorations.push(highlighted.range(doc.line(at).from));
  }
  return Decoration.set(decorations);
}

const highlightField = StateField.define({
  create: () => Decoration.none,
  update(value, transaction) {
    value = value.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setHighlight)) value = linesOf(effect.value, transaction.state.doc);
    }
    return value;
  },
  provide: (field) => EditorView.decorations.from(field),
});

class Word extends GutterMarker {
  constructor({ text, title, heavy }) {
    super();
    this.text = text;
    this.title = title;
    this.heavy = heavy;
  }

  eq(other) {
    return other.text === this.text && other.title === this.title && other.heavy === this.heavy;
  }

  toDOM() {
    const element = document.createElement("span");
    element.className = this.heavy ? "cm-mark cm-mark-heavy" : "cm-mark";
    element.title = this.title;
    // Where there is no room for it, the bar of a heavy line stays.
    const text = element.appendChild(document.createElement("span"));
    text.className = "cm-mark-text";
    text.textContent = this.text;
    return element;
  }
}

const marksField = StateField.define({
  create: () => RangeSet.empty,
  update(value, transaction) {
    value = value.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const { doc } = transaction.state;
      const ranges = effect.value
        .filter((mark) => mark.line >= 1 && mark.line <= doc.lines)
        .map((mark) => new Word(mark).range(doc.line(mark.line).from));
      value = RangeSet.of(ranges, true);
    }
    return value;
  },
});

export const marks = [
  highlightField,
  marksField,
  gutter({ class: "cm-markGutter", markers: (view) => view.state.field(marksField) }),
];
