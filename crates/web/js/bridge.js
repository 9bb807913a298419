// What is shorter to say in JavaScript: starting modules by address. Runs in the worker too, so
// nothing here may touch the document before it is called.

function resolve(address) {
  return new URL(address, document.baseURI).href;
}

/** Loads the editor's module, which is not needed to show the page; without it plain fields are shown. */
export async function loadEditor() {
  try {
    return await import(resolve("editor.js"));
  } catch (error) {
    for (const field of document.querySelectorAll("textarea[hidden]")) field.hidden = false;
    throw error;
  }
}

/**
 * Puts a text into the field with this id as if it were typed, so that the browser's own undo takes it
 * back. Without a text, presses the control of this id, or selects a line of it: `id#12`.
 */
export function fill(name, text) {
  const [id, line] = name.split("#");
  const field = document.getElementById(id);
  if (!field) return;
  if (line) return selectLine(field, Number(line));
  if (!text) return field.click();
  field.focus();
  field.select();
  if (!document.execCommand("insertText", false, text)) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(0, 0);
  field.scrollTop = 0;
}

function selectLine(field, number) {
  const lines = field.value.split("\n");
  const before = lines.slice(0, number - 1).join("\n").length;
  const start = number > 1 ? before + 1 : 0;
  field.focus();
  field.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
  // Where lines wrap this is about right, and the selection shows the rest.
  field.scrollTop = (field.scrollHeight * (number - 1)) / lines.length - field.clientHeight / 3;
}

/** Has the editors type both texts; false where they do not. */
export function typeTexts(...texts) {
  return ["dockerfile", "dockerignore"].every((name, at) => {
    const host = document.querySelector(`#${name}-editor > div`);
    const wish = new CustomEvent("type", { detail: texts[at], cancelable: true });
    return host !== null && !host.dispatchEvent(wish);
  });
}

/** Starts a worker on the compiled module of this very page. */
export function startWorker(module) {
  const script = document.querySelector("script[data-js]").dataset.js;
  return start({ module, script: resolve(script), images: true });
}

/** Starts a worker on the engine, a wasm of its own that is loaded now. */
export function startEngine(images) {
  const module = resolve("layerwise-engine_bg.wasm");
  const worker = start({ module, script: resolve("layerwise-engine.js"), images });
  if (images) engine = worker;
  return worker;
}

/** The engine that was started last, as long as it lives. */
let engine;
/** Milliseconds that it may take before another one is asked, and how many that one may take. */
const [SOON, AT_LAST] = [2_000, 15_000];
/** What of secrets the person wants in links, and what would be wanted with the other choice. */
let wanted = "";
let other = "";

/**
 * A link without what looks like a secret, a sentence on it, and the words of a button that chooses
 * otherwise, in lines. Where nobody could look through it, the link as it is and a sentence alone.
 */
export async function lookThrough(link) {
  let answer;
  try {
    answer = engine && (await ask(engine, link, SOON));
    if (!answer) {
      const apart = startEngine(false);
      answer = await ask(apart, link, AT_LAST);
      apart.terminate();
    }
  } catch {
    // A browser that starts no worker.
  }
  if (!answer) return `${link}\n ${UNSEEN}`;
  other = answer.pop();
  return answer.join("\n");
}

const UNSEEN =
  "It was not looked through for passwords and keys: a part of the page did not load or did not answer.";

/** Has the next links hold what the last one left out, or leave out what it held. */
export function chooseSecrets() {
  wanted = other;
}

function ask(worker, link, patience) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const late = setTimeout(resolve, patience);
    port1.onmessage = ({ data }) => {
      clearTimeout(late);
      resolve(data);
    };
    worker.addEventListener("error", () => resolve(), { once: true });
    worker.postMessage([link, wanted], [port2]);
  }).finally(() => port1.close());
}

/** Loads a table of packages and hands it to a worker; fails where it cannot be loaded. */
export async function handTable(worker, name, address) {
  const response = await fetch(resolve(address), { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  worker.postMessage([name, bytes], [bytes.buffer]);
}

/**
 * Starts a worker on a wasm. A worker that the browser or a person ends says nothing; this one holds
 * a lock while it lives, and its end is told as an error.
 */
function start(wasm) {
  const worker = new Worker(resolve("worker.js"), { type: "module" });
  const life = `layerwise-worker-${Math.random()}`;
  worker.postMessage({ ...wasm, life });
  const watch = () => {
    const tell = () => worker.dispatchEvent(new Event("error"));
    navigator.locks?.request(life, tell).catch(() => {});
  };
  worker.addEventListener("message", watch, { once: true });
  return worker;
}
