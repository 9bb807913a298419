// The one place that says which scripts may be started by an address. The Content-Security-Policy has the
// browser ask here (Trusted Types, where it knows them) whenever a text is about to become code. No text
// becomes HTML or a script: for these there is no function, so the browser refuses. An address becomes a
// worker or a service worker if it is one of the page's own files below, wherever it is started from, so who
// starts one (crates/web/js/bridge.js) writes its address as ever.

/** Scripts beside the page that run apart from it. */
const OWN = ["worker.js", "sw.js"];

/** Without what follows ? and #, which make no other file of it. */
function file(address) {
  const { origin, pathname } = new URL(address, document.baseURI);
  return origin + pathname;
}

globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL: (address) => (OWN.some((name) => file(name) === file(address)) ? address : null),
});
