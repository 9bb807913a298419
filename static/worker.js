// The worker: the page's own wasm once more, without a window. The first message brings the
// compiled module and the address of its script; from then on the wasm listens itself.

self.onmessage = async ({ data: { module, script } }) => {
  self.onmessage = null;
  try {
    const [{ default: start }, images] = await Promise.all([import(script), loadImages()]);
    // Where crates/web/src/bindings/worker.rs reads it.
    self.baseImages = images;
    await start({ module_or_path: module });
  } catch (error) {
    // An error of a promise would stay in here; the page must hear of it to start another worker.
    self.reportError(error);
  }
};

// The table of base images, a file beside this one.
async function loadImages() {
  const response = await fetch(new URL("images.bundle", self.location));
  if (!response.ok) throw new Error(`images.bundle: ${response.status}`);
  return response.text();
}
