// Colours for Dockerfiles and ignore files. Only colours: what the text means is the analyzer's
// business, so a mistake here can never become a wrong diagnosis.

import { StreamLanguage } from "@codemirror/language";

export const INSTRUCTIONS = [
  "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL",
  "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
];
const KNOWN = new Set(INSTRUCTIONS);
const TAKES_HEREDOC = new Set(["RUN", "COPY", "ADD"]);

function startState() {
  return {
    directives: true,
    escape: "\\",
    continued: false,
    // "keyword", "flags", "image", "arguments": what may come next on the logical line.
    expects: "keyword",
    instruction: "",
    // Whether a part of FROM's image was read, which space then ends.
    imageBegun: false,
    heredocs: [],
  };
}

function copyState(state) {
  return { ...state, heredocs: state.heredocs.slice() };
}

function heredocLine(stream, state) {
  const [{ name, tabs }] = state.heredocs;
  const line = tabs ? stream.string.replace(/^\t+/, "") : stream.string;
  stream.skipToEnd();
  if (line === name) {
    state.heredocs.shift();
    return "labelName";
  }
  return "string.special";
}

function directive(stream, state) {
  const found = stream.match(/^\s*#\s*([A-Za-z]+)\s*=\s*(\S.*)$/, true);
  if (!found) {
    state.directives = false;
    return null;
  }
  if (found[1].toLowerCase() === "escape" && found[2].trim() === "`") state.escape = "`";
  return "meta";
}

function startOfLine(stream, state) {
  if (state.heredocs.length > 0 && !state.continued) return heredocLine(stream, state);
  if (state.directives) {
    const token = directive(stream, state);
    if (token) return token;
  }
  if (stream.match(/^\s*#/, true)) {
    stream.skipToEnd();
    return "comment";
  }
  if (!state.continued) state.expects = "keyword";
  state.continued = false;
  return null;
}

function keyword(stream, state) {
  const word = stream.match(/^[^\s]+/, true)[0].toUpperCase();
  state.instruction = word;
  state.expects = word === "ONBUILD" ? "keyword" : "flags";
  return KNOWN.has(word) ? "keyword" : "invalid";
}

function heredocStart(stream, state) {
  if (!TAKES_HEREDOC.has(state.instruction)) return null;
  const found = stream.match(/^<<(-?)(["']?)([A-Za-z_][\w.]*)\2/, true);
  if (!found) return null;
  state.heredocs.push({ name: found[3], tabs: found[1] === "-" });
  return "labelName";
}

function token(stream, state) {
  if (stream.sol()) {
    const whole = startOfLine(stream, state);
    if (whole) return whole;
  }
  if (stream.eatSpace()) {
    if (state.expects === "image" && state.imageBegun) state.expects = "arguments";
    return null;
  }
  if (stream.peek() === state.escape && /^.\s*$/.test(stream.string.slice(stream.pos))) {
    stream.skipToEnd();
    state.continued = true;
    return "processingInstruction";
  }
  if (state.expects === "keyword") return keyword(stream, state);
  if (state.expects === "flags") {
    if (stream.match(/^--[\w-]+/, true)) return "attributeName";
    if (stream.match(/^=[^\s\\`]+/, true)) return "attributeValue";
    state.expects = state.instruction === "FROM" ? "image" : "arguments";
    state.imageBegun = false;
  }
  if (stream.match(/^\$\{[^}\s]*\}?/, true) || stream.match(/^\$\w+/, true)) {
    state.imageBegun = true;
    return "variableName.special";
  }
  if (state.instruction === "FROM") {
    if (state.expects === "image") {
      state.imageBegun = true;
      if (!stream.match(/^[^\s$]+/, true)) stream.next();
      return "typeName";
    }
    if (stream.match(/^as(?=\s|$)/i, true)) return "keyword";
    if (!stream.match(/^\S+/, true)) stream.next();
    return "labelName";
  }
  const here = heredocStart(stream, state);
  if (here) return here;
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/, true) || stream.match(/^'[^']*'?/, true)) return "string";
  if (stream.match(/^(?:&&|\|\|?|;|>>?|<)/, true)) return "operator";
  if (stream.match(/^-{1,2}[A-Za-z][\w-]*/, true)) return "attributeName";
  if (stream.match(/^[\w./@:%+-]+/, true)) return null;
  stream.next();
  return null;
}

export const dockerfile = StreamLanguage.define({
  name: "dockerfile",
  startState,
  copyState,
  token,
  blankLine(state) {
    state.directives = false;
  },
  tokenTable: {},
  languageData: { commentTokens: { line: "#" } },
});

export const dockerignore = StreamLanguage.define({
  name: "dockerignore",
  startState: () => ({}),
  token(stream) {
    if (stream.sol() && stream.match(/^#.*/, true)) return "comment";
    if (stream.match(/^!/, true)) return "keyword";
    if (stream.match(/^(?:\*\*?|\?|\[[^\]]*\])/, true)) return "variableName.special";
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: "#" } },
});
