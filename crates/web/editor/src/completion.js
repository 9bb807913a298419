// Suggestions: instructions, flags, stage names, images and variables. The names come from the
// page, which has them from the analysis; the fixed words are Docker's.

import { autocompletion } from "@codemirror/autocomplete";
import { StateEffect, StateField } from "@codemirror/state";
import { INSTRUCTIONS } from "./dockerfile.js";

const FLAGS = {
  ADD: ["from", "chown", "chmod", "link", "exclude", "checksum", "keep-git-dir", "unpack"],
  COPY: ["from", "chown", "chmod", "link", "parents", "exclude"],
  FROM: ["platform"],
  HEALTHCHECK: ["interval", "timeout", "start-period", "start-interval", "retries"],
  RUN: ["mount", "network", "security", "device"],
};
const WITHOUT_VALUE = new Set(["link", "parents"]);
const MOUNT_KINDS = ["bind", "cache", "secret", "ssh", "tmpfs"];
// How far up the first line of a continued instruction is looked for.
const MOST_LINES_BACK = 200;

export const setNames = StateEffect.define();

const names = StateField.define({
  create: () => ({ stages: [], images: [], variables: [] }),
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setNames)) value = effect.value;
    return value;
  },
});

// The keyword of the instruction the line belongs to; "" when the line may start one.
function instructionAt(doc, number) {
  for (let at = number; at > 0 && number - at < MOST_LINES_BACK; at -= 1) {
    const before = at > 1 ? doc.line(at - 1).text : "";
    if (/[\\`]\s*$/.test(before) && !/^\s*#/.test(before)) continue;
    if (at === number && /^\s*\S*$/.test(doc.line(at).text)) return "";
    const found = /^\s*(?:ONBUILD\s+)?([A-Za-z]+)/i.exec(doc.line(at).text);
    return found ? found[1].toUpperCase() : "";
  }
  return "";
}

function options(labels, type) {
  return labels.map((label) => ({ label, type }));
}

function complete(context) {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const known = context.state.field(names);
  const answer = (matched, list) =>
    list.length === 0 ? null : { from: context.pos - matched.length, options: list, validFor: /^[^\s,=]*$/ };
  const instruction = instructionAt(context.state.doc, line.number);

  let found = /^\s*(?:ONBUILD\s+)?([A-Za-z]*)$/i.exec(before);
  if (found && instruction === "") {
    if (!found[1] && !context.explicit) return null;
    const list = INSTRUCTIONS.map((word) => ({ label: word, type: "keyword", apply: `${word} ` }));
    return answer(found[1], list);
  }
  found = /(?:--|,)from=([^\s,]*)$/.exec(before);
  if (found) return answer(found[1], options(known.stages, "variable"));
  found = /--mount=(?:.*,)?type=(\w*)$/.exec(before);
  if (found) return answer(found[1], options(MOUNT_KINDS, "constant"));
  found = /\s--([\w-]*)$/.exec(before);
  if (found && FLAGS[instruction]) {
    const list = FLAGS[instruction].map((flag) => ({
      label: `--${flag}`,
      type: "property",
      apply: WITHOUT_VALUE.has(flag) ? `--${flag} ` : `--${flag}=`,
    }));
    return answer(`--${found[1]}`, list);
  }
  found = /\$\{?(\w*)$/.exec(before);
  if (found) return answer(found[1], options(known.variables, "variable"));
  found = /^\s*FROM\s+(?:--\S+\s+)*([^\s$]*)$/i.exec(before);
  if (found) {
    return answer(found[1], [...options(known.stages, "variable"), ...options(known.images, "type")]);
  }
  return null;
}

export const completion = [names, autocompletion({ override: [complete], icons: false })];
