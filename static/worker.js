// The worker: the page's own wasm once more, without a window, or the engine's. The first message
// brings the compiled module or its address, the address of its script, the name of a lock, and
// whether it needs the table of base images; from then on the wasm listens itself.

// A page's policy does not reach its workers where the server sends none with their files, so this one has
// no way out but to the page's own files.
const { origin } = self.location;
const own = self.fetch;
self.fetch = async (what, how) => {
  if (new URL(what.url ?? what, self.location).origin === origin) return own(what, how);
  throw new TypeError("Nothing is fetched from elsewhere.");
};
for (const name of ["XMLHttpRequest", "WebSocket", "EventSource", "WebTransport"]) delete self[name];

let begun;
const started = new Promise((resolve) => { begun = resolve; });

self.onmessage = async ({ data: { module, script, life, images: wanted } }) => {
  self.onmessage = null;
  try {
    const [wasm, images] = await Promise.all([
      import(script),
      wanted ? loadImages() : null,
      hold(life),
    ]);
    // Where crates/web/src/bindings/worker.rs reads it.
    self.baseImages = images;
    await wasm.default({ module_or_path: module });
    begun(wasm);
  } catch (error) {
    // An error of a promise would stay in here; the page must hear of it to start another worker.
    self.reportError(error);
  }
};

// Links are looked through beside everything else: who asks brings a port for the answer, which the wasm
// knows nothing of.
self.addEventListener("message", async ({ data, ports: [port] }) => {
  if (port) port.postMessage((await started).lookThrough(...data));
});

// How long the table may take: less than the page waits for a worker (analysis/supervisor.rs).
const MOST_FOR_IMAGES = 10_000;

// The table of base images, a file beside this one. Without it everything but sizes is still right,
// and the page says so.
async function loadImages() {
  const signal = AbortSignal.timeout(MOST_FOR_IMAGES);
  try {
    const response = await fetch(new URL("images.bundle", self.location), { signal });
    const table = response.ok ? await response.text() : "";
    // Some servers answer for a missing file with their front page.
    return table.startsWith("layerwise images ") ? table : null;
  } catch {
    return null;
  }
}

// Holds a lock for as long as this worker lives, which tells the page when it no longer does.
// Browsers have no locks on pages that are not served securely; there the page has its patience.
function hold(life) {
  return new Promise((held) => {
    const forEver = () => {
      held();
      return new Promise(() => {});
    };
    if (navigator.locks) navigator.locks.request(life, forEver).catch(held);
    else held();
  });
}
