// Keeps what is too large for the browser's small shelves: a few arrays of bytes in IndexedDB.

/** Entries that are kept; the oldest that no tab uses go when another one comes. */
const MOST = 8;
const lockOf = (key) => `layerwise-large-${key}`;

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function shelf(mode) {
  const opening = indexedDB.open("layerwise", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("large");
  const database = await done(opening);
  const transaction = database.transaction("large", mode);
  transaction.oncomplete = () => database.close();
  return transaction.objectStore("large");
}

/** A key that sorts by its time; a lock says that it is in use for as long as this page lives. */
export function newKey() {
  const key = `${Date.now().toString(36)}.${Math.random().toString(36).slice(2)}`;
  navigator.locks?.request(lockOf(key), () => new Promise(() => {})).catch(() => {});
  return key;
}

/** Keeps bytes under a key; fails where the browser refuses. static/keeping.js says so. */
export async function keepLarge(key, bytes) {
  try {
    const held = (await navigator.locks?.query())?.held ?? [];
    const inUse = new Set(held.map(({ name }) => name));
    const large = await shelf("readwrite");
    await done(large.put(bytes, key));
    const keys = await done(large.getAllKeys());
    const old = keys.slice(0, -MOST).filter((key) => !inUse.has(lockOf(key)));
    old.forEach((key) => large.delete(key));
    dispatchEvent(new CustomEvent("kept", { detail: true }));
  } catch (error) {
    dispatchEvent(new CustomEvent("kept", { detail: false }));
    throw error;
  }
}

/** The bytes under a key; `undefined` without any. */
export async function readLarge(key) {
  return done((await shelf("readonly")).get(key));
}
