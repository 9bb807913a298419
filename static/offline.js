// Has the browser keep the page (sw.js), and says so when a newer version is there. Loaded by boot.js
// where the page is one that was built to be kept: never in a frame, nor while one develops.

const { version } = document.querySelector("script[data-js]").dataset;
const region = document.getElementById("update");
/** Milliseconds between two looks for a newer version while the page stays open. */
const HOUR = 3_600_000;

/** Waits for the first analysis, which shares the network and the processor with nothing. */
function analysed() {
  return new Promise((done) => {
    const look = () => {
      if (isBusy()) return;
      watch.disconnect();
      done();
    };
    const watch = new MutationObserver(look);
    watch.observe(document.getElementById("app"), { attributeFilter: ["aria-busy"], childList: true, subtree: true });
    look();
  });
}

const isBusy = () => document.querySelector(".summary[aria-busy='false']") === null;

const idle = () => new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done));

function buttonOf(text, className, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = text;
  button.addEventListener("click", press);
  return button;
}

/** Offers the version that waits. Who goes on without it gets it with the next visit. */
function offer(registration) {
  const line = document.createElement("p");
  line.className = "notices__line";
  const text = document.createElement("span");
  text.textContent = "A newer version of Layerwise is ready. Your work is kept when you reload.";
  const reload = () => {
    const { waiting } = registration;
    // Another tab may have let it in.
    if (!waiting) return location.reload();
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("take over");
  };
  const later = buttonOf("×", "button button--quiet", () => region.replaceChildren());
  later.ariaLabel = "Dismiss this message";
  line.append(text, buttonOf("Reload", "button", reload), later);
  region.replaceChildren(line);
}

function watch(registration) {
  const { serviceWorker } = navigator;
  const isNewer = () => registration.waiting && serviceWorker.controller;
  if (isNewer()) offer(registration);
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "installed" && isNewer()) offer(registration);
    });
  });
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - looked < HOUR) return;
    looked = Date.now();
    registration.update().catch(() => {});
  });
}

async function start() {
  const { serviceWorker } = navigator;
  // What is not busy at first may be about to begin.
  do {
    await analysed();
    await idle();
  } while (isBusy());
  // The one place that names a script by its address; a browser that refuses keeps nothing.
  const registration = await serviceWorker.register("sw.js", { updateViaCache: "none" }).catch(() => null);
  if (!registration) return;
  watch(registration);
  serviceWorker.addEventListener("message", ({ data }) => {
    if (data === "kept") document.getElementById("kept").hidden = false;
  });
  const { active } = await serviceWorker.ready;
  active.postMessage({ version });
}

if (navigator.serviceWorker) start();
