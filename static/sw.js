// Keeps the page's files, so that it works without a network. Each is kept under its hash, once for all
// versions that have it, and a tab is given the files of the version it began with: two tabs of
// different versions never share one that differs.

// packaging/offline.mjs writes the list here: { version, files, later }, by path the hash (SHA-256) of
// what is kept at once and of what follows. Without it this is a development server, whose files must
// never be old ones: then whatever was kept goes away, and so does this worker.
const LIST = null;

const SCOPE = self.registration.scope;
const SHELF = `layerwise ${SCOPE}`;
const FILES = { ...LIST?.files, ...LIST?.later };
const STATE = `${SCOPE}kept/state`;
const fileKey = (hash) => `${SCOPE}kept/${encodeURIComponent(hash)}`;
const listKey = (version) => `${SCOPE}kept/version/${version}`;

self.addEventListener("install", (event) => {
  if (LIST) event.waitUntil(keepAll(LIST.files));
  else self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(LIST ? takeOver() : leave());
});

self.addEventListener("fetch", (event) => {
  const path = LIST && pathOf(event.request);
  if (path) event.respondWith(answer(event, path).catch(() => fetch(event.request)));
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  else if (LIST && event.data?.version) event.waitUntil(greet(event.source, event.data.version));
});

/** What a request asks for, as a path below the page; empty for what is no matter of ours. */
function pathOf({ method, mode, url }) {
  const { origin, pathname } = new URL(url);
  const place = origin + decodeURI(pathname);
  if (method !== "GET" || !place.startsWith(SCOPE)) return "";
  const path = place.slice(SCOPE.length) || "index.html";
  return mode === "navigate" && path !== "index.html" ? "" : path;
}

/** Loads a file of this version; fails where the server has another one by now. */
async function load(path, hash) {
  // Some servers lead from `index.html` to the folder.
  const address = path === "index.html" ? SCOPE : SCOPE + encodeURI(path);
  const wish = { integrity: `sha256-${hash}` };
  // The browser's own cache has most of it; what is old there is asked for again.
  const response = await fetch(address, wish).catch(() => fetch(address, { ...wish, cache: "reload" }));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  // A page may not be answered with what was led elsewhere.
  return response.redirected ? new Response(response.body, response) : response;
}

async function keep(shelf, path, hash) {
  if (await shelf.match(fileKey(hash))) return;
  await shelf.put(fileKey(hash), await load(path, hash));
}

async function keepAll(files) {
  const shelf = await caches.open(SHELF);
  await shelf.put(listKey(LIST.version), new Response(JSON.stringify(FILES)));
  await Promise.all(Object.entries(files).map(([path, hash]) => keep(shelf, path, hash)));
}

// Which version is served to whom: `version` to those that come, and `clients` names those by their
// id that began with another one. A worker that the browser ends finds it again.
let remembered;

async function state() {
  remembered ??= (async () => {
    const written = await (await caches.open(SHELF)).match(STATE);
    return written ? written.json() : { clients: {} };
  })();
  return remembered;
}

async function remember(newest) {
  remembered = Promise.resolve(newest);
  const shelf = await caches.open(SHELF);
  await shelf.put(STATE, new Response(JSON.stringify(newest)));
}

/** Becomes the version that is served. Tabs that are open stay with theirs. */
async function takeOver() {
  const { version, clients } = await state();
  const open = await self.clients.matchAll({ type: "all" });
  const before = open.map(({ id }) => [id, clients[id] ?? version ?? LIST.version]);
  await sweep(Object.fromEntries(before));
  await self.clients.claim();
}

/** Forgets tabs that are gone, and files that no version in use has. */
async function sweep(clients) {
  const open = await self.clients.matchAll({ type: "all", includeUncontrolled: true });
  const others = open.map(({ id }) => [id, clients[id]]).filter(([, version]) => version && version !== LIST.version);
  await remember({ version: LIST.version, clients: Object.fromEntries(others) });
  const shelf = await caches.open(SHELF);
  const wanted = new Set([STATE, listKey(LIST.version), ...Object.values(FILES).map(fileKey)]);
  for (const version of new Set(others.map(([, version]) => version))) {
    wanted.add(listKey(version));
    Object.values(await filesOf(version)).map(fileKey).forEach((key) => wanted.add(key));
  }
  const kept = await shelf.keys();
  await Promise.all(kept.filter(({ url }) => !wanted.has(url)).map((key) => shelf.delete(key)));
}

async function filesOf(version) {
  if (version === LIST.version) return FILES;
  const list = await (await caches.open(SHELF)).match(listKey(version));
  return list ? list.json() : {};
}

async function answer(event, path) {
  const { request, clientId, resultingClientId } = event;
  const { version: newest, clients } = await state();
  const version = (request.mode === "navigate" ? newest : clients[clientId]) ?? LIST.version;
  // A worker asks for the rest itself, and belongs to the tab that starts it.
  if (version !== LIST.version && request.destination === "worker" && resultingClientId) {
    await remember({ version: newest, clients: { ...clients, [resultingClientId]: version } });
  }
  const hash = (await filesOf(version))[path];
  if (!hash) return fetch(request);
  const shelf = await caches.open(SHELF);
  const kept = await shelf.match(fileKey(hash));
  if (kept) return kept;
  const loaded = await load(path, hash);
  event.waitUntil(shelf.put(fileKey(hash), loaded.clone()).catch(() => {}));
  return loaded;
}

/** A tab says which version it is; it is told once everything is kept. */
async function greet(client, version) {
  const { version: newest, clients } = await state();
  if (newest === LIST.version && Object.keys(clients).length > 0) await sweep(clients);
  if (version !== LIST.version) {
    const now = await state();
    await remember({ ...now, clients: { ...now.clients, [client.id]: version } });
  }
  if (self.navigator.connection?.saveData) return;
  // What few ask for comes when the rest is there, one file after the other.
  const shelf = await caches.open(SHELF);
  for (const [path, hash] of Object.entries(LIST.later)) await keep(shelf, path, hash);
  client.postMessage("kept");
}

async function leave() {
  await caches.delete(SHELF);
  await self.registration.unregister();
  const open = await self.clients.matchAll({ type: "window" });
  open.forEach((client) => client.navigate(client.url));
}
