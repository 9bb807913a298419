// What the page paints on the text: the lines of the picked stage, a gutter of short words (sizes,
// and signs for what an edit rebuilds) beside lines, and notes behind their text.

import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, gutter, GutterMarker, WidgetType } from "@codemirror/view";

export const setHighlight = StateEffect.define();
export const setMarks = StateEffect.define();

const highlighted = Decoration.line({ class: "cm-stageLine" });

function clamp(offset, doc) {
  return Math.max(0, Math.min(offset, doc.length));
}

function isIn(mark, doc) {
  return mark.line >= 1 && mark.line <= doc.lines;
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

// A sign differs in more than its colour; the title and the panel say it in words.
const signs = { cached: "✓", rebuilt: "↻", depends: "?", "not-needed": "–" };

class Word extends GutterMarker {
  constructor(mark) {
    super();
    Object.assign(this, mark);
  }

  eq(other) {
    const same = ["text", "title", "heavy", "outcome"];
    return same.every((name) => other[name] === this[name]);
  }

  toDOM() {
    const element = document.createElement("span");
    element.className = this.heavy ? "cm-mark cm-mark-heavy" : "cm-mark";
    element.title = this.title;
    // Where there is no room for it, the bar of a heavy line stays.
    const text = element.appendChild(document.createElement("span"));
    text.className = "cm-mark-text";
    text.textContent = this.text;
    if (this.outcome != null) {
      const sign = element.appendChild(document.createElement("span"));
      sign.className = `cm-outcome cm-outcome-${this.outcome}`;
      sign.textContent = signs[this.outcome] ?? "";
    }
    return element;
  }
}

class Note extends WidgetType {
  constructor(text) {
    super();
    this.text = text;
  }

  eq(other) {
    return other.text === this.text;
  }

  toDOM() {
    const element = document.createElement("span");
    element.className = "cm-note";
    element.textContent = this.text;
    return element;
  }
}

function notesOf(list, doc) {
  const notes = list.filter((mark) => mark.note).map((mark) => {
    const widget = new Note(mark.note);
    return Decoration.widget({ widget, side: 1 }).range(doc.line(mark.line).to);
  });
  return Decoration.set(notes, true);
}

const notesField = StateField.define({
  create: () => Decoration.none,
  update(value, transaction) {
    value = value.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const { doc } = transaction.state;
      value = notesOf(effect.value.filter((mark) => isIn(mark, doc)), doc);
    }
    return value;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const marksField = StateField.define({
  create: () => RangeSet.empty,
  update(value, transaction) {
    value = value.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const { doc } = transaction.state;
      const ranges = effect.value
        .filter((mark) => isIn(mark, doc))
        .map((mark) => new Word(mark).range(doc.line(mark.line).from));
      value = RangeSet.of(ranges, true);
    }
    return value;
  },
});

export const marks = [
  highlightField,
  marksField,
  notesField,
  gutter({ class: "cm-markGutter", markers: (view) => view.state.field(marksField) }),
];
