// Starts the page. A file of its own, because the Content-Security-Policy allows no inline script.

import "./trusted.js";
import "./visible.js";
import "./focus.js";
import "./present.js";

// The chosen colours come before the first paint; crates/web/src/app/theme.rs changes them.
try {
  const theme = localStorage.getItem("layerwise.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // A browser that stores nothing shows the system's colours.
}

const { js, wasm } = document.querySelector("script[data-js]").dataset;

try {
  if (location.hash.endsWith("/embed")) await import("./embed.js");
  const page = await import(js);
  await page.default({ module_or_path: wasm });
} catch (error) {
  const message = document.getElementById("crash");
  message.firstElementChild.textContent =
    "The page could not start: it needs a browser with WebAssembly, and its files. Reload to try again.";
  message.hidden = false;
  throw error;
}
