// Reads out by a region that is always there what a screen reader would miss or hear too often: what the
// summary comes to, at the end and not at each key, and a status that comes in together with its words.

/** Milliseconds after which nothing more is coming. */
const PAUSE = 1_000;
const STATUS = "[role='status']";

const app = document.getElementById("app");
const said = document.createElement("div");
said.className = "visually-hidden";
said.ariaLive = "polite";
document.body.append(said);
const { title } = document;
/** Regions that came in with words; from then on they speak for themselves. */
const fresh = new Set();
let lastSum = "";
let lastTold = "";
let timer = 0;

function wordsOf(element) {
  return element.textContent.replaceAll(/\s+/g, " ").trim();
}

/** What crates/web/src/app/summary.rs says of the image, and what is to be known of its files. */
function sums() {
  return [...document.querySelectorAll("#to-say p")].map(wordsOf).filter(Boolean);
}

/** A panel that is drawn anew with the same words has nothing to say. */
function isNews(region) {
  return region.isConnected && !(region.closest(".results") && wordsOf(region) === lastTold);
}

function say() {
  const sum = sums();
  const told = [...fresh].filter(isNews).map(wordsOf);
  fresh.clear();
  const lines = sum.join(" ") === lastSum ? told : [...sum, ...told];
  lastSum = sum.join(" ");
  lastTold = told.at(-1) ?? lastTold;
  // A tab among others says what its image weighs.
  const [size] = (sum[0] ?? "").split(";");
  document.title = size ? `Layerwise: ${size}` : title;
  if (lines.length === 0) return;
  said.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

function collect(records) {
  for (const { addedNodes } of records) {
    for (const node of addedNodes) {
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      const regions = [node, ...node.querySelectorAll(STATUS)].filter((one) => one.matches(STATUS) && wordsOf(one));
      for (const region of regions) fresh.add(region);
    }
  }
}

new MutationObserver((records) => {
  collect(records);
  const isBusy = document.querySelector(".summary")?.ariaBusy === "true";
  if (!isBusy && fresh.size === 0 && sums().join(" ") === lastSum) return;
  clearTimeout(timer);
  // The same words said again are words that come in again.
  said.replaceChildren();
  if (!isBusy) timer = setTimeout(say, PAUSE);
}).observe(app, { attributeFilter: ["aria-busy"], characterData: true, childList: true, subtree: true });
