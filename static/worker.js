// The worker: the page's own wasm once more, without a window. The first message brings the
// compiled module and the address of its script; from then on the wasm listens itself.

self.onmessage = async ({ data: { module, script } }) => {
  self.onmessage = null;
  try {
    const { default: start } = await import(script);
    await start({ module_or_path: module });
  } catch (error) {
    // An error of a promise would stay in here; the page must hear of it to start another worker.
    self.reportError(error);
  }
};
