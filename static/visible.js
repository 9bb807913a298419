// Whatever the page writes of a text, what nobody would see in it shows as an escape such as `\u{202e}`:
// controls, what turns the order of letters round, and what takes no room (crates/analyzer/src/text.rs,
// `is_hidden`, says the same for terminals). Names of files, stages and arguments come from anybody. The
// one place is where texts become nodes. The editor marks such characters itself (editor/src/editor.js),
// so none of them gets here from it, and what is copied and saved is no node.

/** The same characters but tabs and line ends, which are space. */
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** The text as it is shown. */
function visible(text) {
  return typeof text === "string" ? text.replace(HIDDEN, (it) => `\\u{${it.codePointAt(0).toString(16)}}`) : text;
}

/** What people read or hear of an element beside its text. */
const READ = ["aria-label", "aria-description", "title", "alt", "placeholder"];

const { createTextNode } = Document.prototype;
Document.prototype.createTextNode = function (text) {
  return createTextNode.call(this, visible(text));
};

const { setAttribute } = Element.prototype;
Element.prototype.setAttribute = function (name, value) {
  setAttribute.call(this, name, READ.includes(name) ? visible(value) : value);
};

for (const [type, name] of [[Node, "nodeValue"], [Node, "textContent"], [CharacterData, "data"]]) {
  const { get, set } = Object.getOwnPropertyDescriptor(type.prototype, name);
  Object.defineProperty(type.prototype, name, {
    configurable: true,
    enumerable: true,
    get,
    set(text) {
      set.call(this, visible(text));
    },
  });
}
