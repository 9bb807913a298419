// Starts the wasm of this page; trunk writes the two names into this script's own element.

const { dataset } = document.querySelector("script[data-js]");
const module = await import(dataset.js);
await module.default({ module_or_path: dataset.wasm });
