// Starts the page. A file of its own, because the Content-Security-Policy allows no inline script.

import "./trusted.js";
import "./visible.js";
import "./focus.js";
import "./keeping.js";
import "./present.js";
import "./spoken.js";

// The chosen colours come before the first paint; crates/web/src/app/theme.rs changes them.
try {
  // A frame reads nothing that is kept.
  const theme = location.hash.endsWith("/embed") ? null : localStorage.getItem("layerwise.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // A browser that stores nothing shows the system's colours.
}

// While the wasm comes, the line has nothing to spare; while it starts, the line would be idle. Then
// comes what is asked for next: the table of base images by the worker, the editor by the page.
async function loadAhead() {
  await fetch("./images.bundle").then((table) => table.arrayBuffer()).catch(() => {});
  if ("embed" in document.documentElement.dataset) return;
  const editor = document.createElement("link");
  editor.rel = "modulepreload";
  editor.href = "./editor.js";
  document.head.append(editor);
}

const { js, wasm, version } = document.querySelector("script[data-js]").dataset;

try {
  if (location.hash.endsWith("/embed")) await import("./embed.js");
  const page = import(js);
  // A server that does not know wasm by its type is no reason to stop: then the script loads it.
  const compiled = await WebAssembly.compileStreaming(fetch(wasm)).catch(() => wasm);
  loadAhead();
  await (await page).default({ module_or_path: compiled });
  if (version && !("embed" in document.documentElement.dataset)) import("./offline.js").catch(() => {});
} catch (error) {
  const message = document.getElementById("crash");
  message.firstElementChild.textContent =
    "The page could not start: it needs a browser with WebAssembly, and its files. Reload to try again.";
  message.hidden = false;
  throw error;
}
