// What is shorter to say in JavaScript: starting modules by address. Runs in the worker too, so
// nothing here may touch the document before it is called.

function resolve(address) {
  return new URL(address, document.baseURI).href;
}

/** Loads the editor's module, which is not needed to show the page. */
export function loadEditor() {
  return import(resolve("editor.js"));
}

/** Starts a worker on the compiled module of this very page. */
export function startWorker(module) {
  const script = document.querySelector("script[data-js]").dataset.js;
  const worker = new Worker(resolve("worker.js"), { type: "module" });
  worker.postMessage({ module, script: resolve(script) });
  return worker;
}
