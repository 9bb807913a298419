// Reads a folder that a person drops or picks: names and sizes, and the contents of those files
// that are asked for by number. Nothing leaves the page, and nothing here works longer than a
// moment without giving the page its turn.

/** Milliseconds of work between two turns of the page. */
const MOST_AT_ONCE = 12;
/** Files that are told of at once. */
const BATCH = 1_000;
/** Files whose contents are read at the same time. */
const AT_THE_SAME_TIME = 16;

/** Gives the page its turn. */
export function pause() {
  return new Promise((resolve) => { setTimeout(resolve); });
}

function fileOf(entry) {
  return new Promise((resolve) => { entry.file(resolve, () => resolve(null)); });
}

function readSome(reader) {
  return new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
}

/**
 * Walks entries as `webkitGetAsEntry` gives them: lists of `[path, file]`. A file is `null` where
 * the browser cannot open it, and so is a folder; a path that ends in `/` is an empty folder.
 */
export async function* walk(entries) {
  const folders = [];
  const open = (some, path) => {
    for (const entry of some.filter((entry) => entry.isDirectory)) {
      folders.push([entry, `${path}${entry.name}/`]);
    }
    const files = some.filter((entry) => entry.isFile);
    return Promise.all(files.map(async (entry) => [path + entry.name, await fileOf(entry)]));
  };
  // A single folder is the context itself, not something in it.
  if (entries.length === 1 && entries[0].isDirectory) folders.push([entries[0], ""]);
  else yield await open(entries, "");
  while (folders.length > 0) {
    const [folder, path] = folders.pop();
    const reader = folder.createReader();
    // What cannot be read is no empty folder: as a file of unknown size it makes sums lower bounds.
    let left = [path, null];
    try {
      for (let some = await readSome(reader); some.length > 0; some = await readSome(reader)) {
        left = null;
        yield await open(some, path);
      }
    } catch {
      left = [path.slice(0, -1), null];
    }
    if (left?.[0]) yield [left];
  }
}

/** The files of a folder that was picked, as `walk` tells of them. */
function* picked(files) {
  for (let start = 0; start < files.length; start += 64) {
    yield files.slice(start, start + 64).map((file) => {
      const path = file.webkitRelativePath;
      return [path.slice(path.indexOf("/") + 1) || file.name, file];
    });
  }
}

/** The id that git gives a content: SHA-1 of `blob <length>\0<content>`; `null` without SHA-1. */
export async function blobId(content) {
  // Browsers compute it only on pages that are served securely.
  if (!globalThis.crypto?.subtle) return null;
  const head = new TextEncoder().encode(`blob ${content.length}\0`);
  const blob = new Uint8Array(head.length + content.length);
  blob.set(head);
  blob.set(content, head.length);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-1", blob));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A folder while it is read. */
export class Folder {
  #lists;
  #files = [];
  #stopped = false;

  /** `name` is empty where several things were brought. */
  constructor(name, lists) {
    this.name = name;
    this.#lists = lists;
  }

  /** Ends all reading soon. */
  stop() {
    this.#stopped = true;
  }

  /**
   * Reads the folder for a `taker`. It is told of every file with `listed`, some at a time: paths
   * joined by NUL, and sizes, -1 where the browser cannot open it. Then it is asked for what to
   * read with `wanted`, until it answers `undefined`: numbers in the order of the listing, each
   * twice itself and one more where the text is wanted; and told of what was read with `content`:
   * number, blob id and text. True when all of that was done, false when it was stopped.
   */
  async read(taker) {
    await this.#list(taker);
    while (!this.#stopped) {
      const wanted = taker.wanted();
      if (!wanted) return true;
      await this.#readContents(wanted, taker);
      await pause();
    }
    return false;
  }

  async #list(taker) {
    let paths = [];
    let sizes = [];
    let turn = performance.now();
    const flush = async () => {
      if (paths.length > 0) taker.listed(paths.join("\0"), sizes);
      paths = [];
      sizes = [];
      await pause();
      turn = performance.now();
    };
    for await (const some of this.#lists) {
      if (this.#stopped) return;
      for (const [path, file] of some) {
        this.#files.push(file);
        paths.push(path);
        sizes.push(file ? file.size : -1);
      }
      if (paths.length >= BATCH || performance.now() - turn > MOST_AT_ONCE) await flush();
    }
    await flush();
  }

  async #readContents(wanted, taker) {
    const one = async (number, wantsText) => {
      const buffer = await this.#files[number]?.arrayBuffer().catch(() => null);
      if (!buffer || this.#stopped) return;
      const content = new Uint8Array(buffer);
      const text = wantsText ? new TextDecoder().decode(content) : undefined;
      taker.content(number, (await blobId(content)) ?? undefined, text);
    };
    for (let start = 0; start < wanted.length && !this.#stopped; start += AT_THE_SAME_TIME) {
      const some = Array.from(wanted.slice(start, start + AT_THE_SAME_TIME));
      await Promise.all(some.map((asked) => one(asked >> 1, (asked & 1) === 1)));
      await pause();
    }
  }
}

/** The folder that was chosen in a field, which is emptied so that it can be chosen again. */
export function chosenFolder(event) {
  const files = Array.from(event.target.files);
  event.target.value = "";
  if (files.length === 0) return null;
  const path = files[0].webkitRelativePath;
  return new Folder(path.slice(0, Math.max(0, path.indexOf("/"))), picked(files));
}

/** What was dropped; `null` for a single file, which crates/web/src/bindings/files.rs opens. */
function brought(transfer) {
  const items = Array.from(transfer.items).filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0 || (entries.length === 1 && entries[0].isFile)) return null;
  return new Folder(entries.length === 1 ? entries[0].name : "", walk(entries));
}

/**
 * Watches the page for files that are dragged over it: `hover` is told whether they are, `drop`
 * the folder. Returns what ends that.
 */
export function watchDrops(hover, drop) {
  const hasFiles = (event) => Array.from(event.dataTransfer?.types ?? []).includes("Files");
  const ending = new AbortController();
  const on = (name, act) => {
    // Before anything on the page, such as the editor, which would take a file's text.
    window.addEventListener(name, act, { capture: true, signal: ending.signal });
  };
  on("dragenter", (event) => { if (hasFiles(event)) hover(true); });
  on("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  });
  on("dragleave", (event) => {
    // Leaving one element for another is no leaving of the page.
    if (hasFiles(event) && event.relatedTarget === null) hover(false);
  });
  on("drop", (event) => {
    if (!hasFiles(event)) return;
    hover(false);
    const folder = brought(event.dataTransfer);
    if (!folder) return;
    event.preventDefault();
    event.stopPropagation();
    drop(folder);
  });
  return () => ending.abort();
}
