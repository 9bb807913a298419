// Only where the address ends with /embed: a page in a frame of another one, which shows one panel to be
// explored and changes and keeps nothing. static/embed.css hides the rest.

const page = document.documentElement;
page.dataset.embed = "";

// What this browser keeps is its person's: here it is one that refuses to store.
for (const name of ["getItem", "setItem", "removeItem"]) Storage.prototype[name] = () => null;
IDBFactory.prototype.open = () => {
  throw new DOMException("Nothing is kept in a frame.", "SecurityError");
};

// The whole page in the same state, in a tab of its own.
const bar = document.createElement("header");
bar.className = "embed-bar";
const title = document.createElement("h1");
title.textContent = "Layerwise";
const link = document.createElement("a");
link.textContent = "Open in Layerwise";
link.target = "_blank";
link.rel = "noopener";
// The next step of an example is an address of its own; a text that has none is the one that came.
const follow = () => {
  const hash = location.hash.replace(/\/embed$/, "");
  if (hash) link.href = location.pathname + location.search + hash;
};
follow();
for (const name of ["pointerenter", "pointerdown", "focus", "click", "auxclick"]) link.addEventListener(name, follow);
const nothing = document.createElement("section");
nothing.ariaLabel = "What is shown";
nothing.className = "embed-nothing";
nothing.textContent = "This frame has nothing to show.";
bar.append(title, link);
document.getElementById("app").before(bar, nothing);

// A line of a text that is not there is no button, and a time that is shown is not typed.
const still = () => {
  for (const line of document.querySelectorAll(".view-link, .line-link, .line-button, .files-row-line, .learn-list .button")) {
    line.tabIndex = -1;
    line.setAttribute("aria-disabled", "true");
  }
  for (const time of document.querySelectorAll(".cache-time")) {
    time.readOnly = true;
    time.tabIndex = -1;
  }
};
new MutationObserver(still).observe(document.getElementById("app"), { childList: true, subtree: true });

// Files that are dropped and keys that share would do something to a page that is not seen.
const swallow = (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
};
for (const name of ["dragenter", "dragover", "drop", "paste"]) addEventListener(name, swallow, true);
addEventListener("keydown", (event) => {
  if (["?", "F2"].includes(event.key) || ((event.ctrlKey || event.metaKey) && /^s$/i.test(event.key))) swallow(event);
}, true);

// Another address is another page.
addEventListener("hashchange", () => location.reload());
