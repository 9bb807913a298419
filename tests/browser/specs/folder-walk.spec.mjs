// The walk through a dropped folder, over entries made by hand: what no browser gives on demand.

import { expect, test } from "@playwright/test";
import { Folder, blobId, walk } from "../../../crates/web/js/folder.js";

const file = (name, size = 1) => ({
  name,
  isFile: true,
  isDirectory: false,
  file: (done, failed) => (size === null ? failed(new Error("gone")) : done({ name, size })),
});

/** A folder whose reader gives its entries in lists of at most `most`, as browsers do. */
function folder(name, entries, most = 100) {
  return {
    name,
    isFile: false,
    isDirectory: true,
    createReader() {
      let at = 0;
      return {
        readEntries(done, failed) {
          if (entries === null) return failed(new Error("not allowed"));
          const some = entries.slice(at, at + most);
          at += some.length;
          return done(some);
        },
      };
    },
  };
}

async function paths(entries) {
  const found = [];
  for await (const some of walk(entries)) found.push(...some);
  return found.map(([path, file]) => `${path} ${file?.size ?? "?"}`).sort();
}

test("a single folder is the context, and folders in it are walked to their end", async () => {
  const many = Array.from({ length: 250 }, (_, number) => file(`${number}.js`));
  const root = folder("app", [
    file("package.json", 7),
    folder("src", many),
    folder("empty", []),
    folder("closed", null),
    file("gone", null),
  ]);
  const found = await paths([root]);
  expect(found).toHaveLength(1 + 250 + 3);
  expect(found.filter((path) => !path.startsWith("src/"))).toEqual([
    "closed ?", "empty/ ?", "gone ?", "package.json 7",
  ]);
  expect(found).toContain("src/249.js 1");
});

test("several things that are dropped together keep their names", async () => {
  const found = await paths([folder("src", [file("a.js")]), file("go.mod", 3)]);
  expect(found).toEqual(["go.mod 3", "src/a.js 1"]);
});

/** A taker that writes down what it is told, and asks for what `wishes` says, one list after another. */
function taker(wishes = []) {
  const told = { listed: [], contents: [] };
  return {
    told,
    listed(paths, sizes) {
      told.listed.push(...paths.split("\0").map((path, at) => `${path} ${sizes[at]}`));
    },
    wanted: () => wishes.shift(),
    content(...content) {
      told.contents.push(content);
    },
  };
}

test("a listing tells paths and sizes in step, and ends when it is stopped", async () => {
  const many = Array.from({ length: 5_000 }, (_, number) => file(`${number}.js`, number));
  const whole = taker();
  expect(await new Folder("app", walk([folder("app", many)])).read(whole)).toBe(true);
  expect(whole.told.listed).toHaveLength(5_000);
  expect(whole.told.listed).toContain("4321.js 4321");

  const stopped = new Folder("app", walk([folder("app", many)]));
  const some = taker();
  const listed = some.listed;
  some.listed = (...told) => {
    listed(...told);
    stopped.stop();
  };
  expect(await stopped.read(some)).toBe(false);
  expect(some.told.listed.length).toBeLessThan(5_000);
});

test("a blob id is git's", async () => {
  // `printf 'hello\n' | git hash-object --stdin`, and the id of the empty blob.
  const hello = new TextEncoder().encode("hello\n");
  expect(await blobId(hello)).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
  expect(await blobId(new Uint8Array())).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
});

test("contents are read by number, and what cannot be read is left out", async () => {
  const entry = (name, text) => ({
    ...file(name),
    file: (done) => done({
      name,
      size: text?.length ?? 9,
      arrayBuffer: async () => {
        if (text === null) throw new Error("not allowed");
        return new TextEncoder().encode(text).buffer;
      },
    }),
  });
  const entries = [entry("a.js", "hello\n"), entry("closed", null), entry("package.json", "{}")];
  // Twice the number, and one more where the text is wanted.
  const asking = taker([[], [0, 3], [5]]);
  expect(await new Folder("app", walk([folder("app", entries)])).read(asking)).toBe(true);
  const told = asking.told.contents.map(([number, id, text]) => [number, id?.slice(0, 7), text]);
  expect(told).toEqual([[0, "ce01362", undefined], [2, "9e26dfe", "{}"]]);
});
