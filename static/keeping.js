// Says so where the browser does not keep the work: it has no room left, or keeps nothing for this page.
// The page works as before, and forgets when it is left.

const region = document.getElementById("unkept");
/** Where something could not be kept. The work is tried again there with its next change. */
const missing = new Set();
const WORK = "layerwise.work";

function show() {
  if (missing.size === 0) return region.replaceChildren();
  if (region.firstChild) return;
  const line = document.createElement("p");
  line.className = "notices__line";
  line.textContent =
    "This browser does not keep your work: it has no room for it, or keeps nothing for this page. " +
    "It is here until you close or reload the page; Share copies a link to it.";
  region.append(line);
}

function note(place, isKept) {
  if (isKept) missing.delete(place);
  else missing.add(place);
  show();
}

const { setItem } = Storage.prototype;
Storage.prototype.setItem = function (key, text) {
  const place = this === sessionStorage ? "tab" : "browser";
  try {
    setItem.call(this, key, text);
    if (key === WORK) note(place, true);
  } catch (error) {
    note(place, false);
    throw error;
  }
};
// js/large.js: the files that were brought.
addEventListener("kept", ({ detail }) => note("files", detail));
// In a frame nothing is kept, which nobody needs to hear.
try {
  void sessionStorage.length;
} catch {
  if (!location.hash.endsWith("/embed")) note("all", false);
}
