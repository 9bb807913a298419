// Keeps what is too large for the browser's small shelves: a few arrays of bytes in IndexedDB.

/** Entries that are kept; the oldest go when another one comes. */
const MOST = 8;

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

/** A key that sorts by its time. */
export function newKey() {
  return `${Date.now().toString(36)}.${Math.random().toString(36).slice(2)}`;
}

/** Keeps bytes under a key; fails where the browser refuses. */
export async function keepLarge(key, bytes) {
  const large = await shelf("readwrite");
  await done(large.put(bytes, key));
  const keys = await done(large.getAllKeys());
  keys.slice(0, -MOST).forEach((old) => large.delete(old));
}

/** The bytes under a key; `undefined` without any. */
export async function readLarge(key) {
  return done((await shelf("readonly")).get(key));
}
