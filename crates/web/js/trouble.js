// What is said of an analysis that ended. Here and not in Rust, because sentences compress as well and the
// page's wasm has no room for them; tests/browser/specs/trouble.spec.mjs reads them all.

/** What was asked for, where the texts and files were the same as before. */
const ASKED = {
  "": "your text",
  cache: "what an edit of your text rebuilds",
  outlook: "the advice on your text",
  compare: "the comparison of your text",
  reality: "what was pasted in Reality check",
  costs: "the costs of your text",
  export: "what Export writes of your text",
  learn: "the lesson and your text",
};
/** Letters of a line that are quoted. */
const QUOTED = 48;

/** The first line that came, as a quotation. */
function quote(text, before) {
  const known = new Set(before.split("\n"));
  const lines = text.split("\n").map((line) => line.trimEnd()).filter((line) => line.trim());
  const line = (lines.find((line) => !known.has(line)) ?? lines[0] ?? "").trim();
  if (!line) return "";
  const letters = [...line];
  return ` (“${letters.length > QUOTED ? `${letters.slice(0, QUOTED).join("")}…` : line}”)`;
}

/** Which text did it: what differs from what went well before. */
function blame(dockerfile, dockerfileBefore, ignore, ignoreBefore, rest, asked) {
  if (dockerfile !== dockerfileBefore) return `your Dockerfile${quote(dockerfile, dockerfileBefore)}`;
  if (ignore !== ignoreBefore) return `your ignore file${quote(ignore, ignoreBefore)}`;
  if (rest === 1) return "your files";
  if (rest === 2) return "your text with what is chosen in Options";
  return ASKED[asked.split(".")[0]] ?? "the open panel";
}

const large = (text) => text[0].toUpperCase() + text.slice(1);

/**
 * A sentence on `trouble`: 0 and 1 for a restart on its way, 2 and 3 for one that is over, 4 and 5 for a text
 * that is refused, 6 where no worker starts; odd where it hung. `rest` is 1 where the files are others than
 * before, 2 where options are; `asked` is the panel.
 */
export function tellTrouble(trouble, isOutline, ...texts) {
  const happened = trouble % 2 ? "did not answer in time" : "stopped unexpectedly";
  const it = blame(...texts);
  if (trouble < 2) {
    return `The analysis ${happened} on ${it} and is being restarted. Your text is untouched; until new results come, the last ones are shown.`;
  }
  if (trouble < 4) {
    return `The analysis ${happened} and was restarted; it was at ${it}. Your text is untouched, and the results are up to date again.`;
  }
  if (trouble < 6) {
    return isOutline
      ? `What layers weigh could not be computed: the analysis ${happened} more than once, on ${it}. Your text is kept, what is shown is without it, and the next edit is analysed whole again.`
      : `${large(it)} could not be analysed: the analysis ${happened} on it more than once. Your text is kept, the last good results stay, and the next edit is analysed again.`;
  }
  return isOutline
    ? "The part that computes what layers weigh could not be loaded, so what is shown is without it. Your text is kept; the next edit tries again, and so does reloading the page."
    : "The analysis could not be started, so nothing new is computed. Your text is kept; the next edit tries again, and so does reloading the page.";
}
