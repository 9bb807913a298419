// Line ends as the person has them. The editor shows every line end alike and counts it as one
// character; this remembers which of them are "\r\n", so that no text changes by being edited.
// A "\r" alone ends no line, for the builder as here.
//
// A text's line ends are "\n" or "\r\n" where all are alike; otherwise one boolean for each, true
// for "\r\n".

/** A text as the editor shows it, and its line ends. */
export function read(text) {
  const ends = Array.from(text.matchAll(/\r?\n/g), ([end]) => end.length === 2);
  const shown = text.replaceAll("\r\n", "\n");
  if (!ends.includes(true)) return { shown, ends: "\n" };
  return { shown, ends: ends.includes(false) ? ends : "\r\n" };
}

/** The text that a document (CodeMirror's Text) stands for. */
export function write(doc, ends) {
  if (!Array.isArray(ends)) return doc.sliceString(0, doc.length, ends);
  let text = "";
  let line = 0;
  for (const part of doc.iterLines()) {
    if (line > 0) text += ends[line - 1] ? "\r\n" : "\n";
    text += part;
    line += 1;
  }
  return text;
}

/**
 * The line ends after changes to a document: those that were there stay as they were, new ones are
 * like most.
 */
export function moved(ends, changes, before) {
  if (!Array.isArray(ends)) return ends;
  const most = ends.filter(Boolean).length * 2 > ends.length;
  const after = [];
  let kept = 0;
  const keep = (until) => {
    for (; kept < until; kept += 1) after.push(ends[kept]);
  };
  changes.iterChanges((from, to, _from, _to, inserted) => {
    keep(before.lineAt(from).number - 1);
    for (let line = 1; line < inserted.lines; line += 1) after.push(most);
    kept = before.lineAt(to).number - 1;
  });
  keep(ends.length);
  return after;
}
