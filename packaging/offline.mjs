// What makes a built page one that can be kept: `node packaging/offline.mjs dist`, which
// `cargo xtask build` runs last. Writes the version and the dates of the data under the page, and the
// list of its files with their hashes into sw.js. The same files make the same list.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** What follows once the page is kept: tables that few Dockerfiles ask for. */
const LATER = /^(indexes|packages)\//;
/** What nobody is served: the worker that serves, and how systems picture the page. */
const NEVER = /^(sw\.js$|icons\/(?!icon\.svg)|\.)/;

const dist = process.argv[2];
const read = (path) => readFileSync(join(dist, path));
const hashOf = (bytes) => createHash("sha256").update(bytes).digest("base64");

function filesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, path, name }) => {
    return relative(folder, join(parentPath ?? path, name)).split(sep).join("/");
  });
  return paths.filter((path) => !NEVER.test(path)).sort();
}

function replace(text, what, by) {
  if (text.split(what).length !== 2) throw new Error(`offline: expected \`${what}\` once; was the page kept before?`);
  return text.replace(what, () => by);
}

/** The version of the crates and, in a checkout, the commit. */
function versionOfSources() {
  const [, version] = readFileSync(join(ROOT, "Cargo.toml"), "utf8").match(/^version = "(.+)"$/m);
  const git = (...words) => spawnSync("git", ["-C", ROOT, ...words], { encoding: "utf8" });
  const { status, stdout } = git("rev-parse", "--short=10", "HEAD");
  if (status !== 0) return version;
  const changed = git("status", "--porcelain").stdout.trim() ? " with changes" : "";
  return `${version}, commit ${stdout.trim()}${changed}`;
}

/** First and last of some dates, which is one where they are the same. */
function span(dates) {
  const [first, last] = [dates.toSorted()[0], dates.toSorted().at(-1)];
  return first === last ? last : `${first} to ${last}`;
}

/** What the tables say of their own dates, in words. */
function datesOfData(paths) {
  const rows = readFileSync(join(ROOT, "crates/analyzer/data/images.jsonl"), "utf8").trim().split("\n");
  const days = rows.map((row) => JSON.parse(row).date).filter((date) => /^\d{4}-\d\d-\d\d$/.test(date));
  const dateOf = (path) => read(path).toString("latin1").match(/^(?:# )?date:? (\d{4}-\d\d-\d\d)$/m)[1];
  const told = [
    ["Debian", /^indexes\/debian-/],
    ["Alpine", /^indexes\/alpine-/],
    ["npm", /^packages\/npm/],
    ["PyPI", /^packages\/pypi/],
  ].map(([name, of]) => `${name} ${span(paths.filter((path) => of.test(path)).map(dateOf))}`);
  return `Data: base images up to ${days.toSorted().at(-1)}, packages of ${told.join(", ")}.`;
}

const paths = filesOf(dist);
const about = `Layerwise ${versionOfSources()}. ${datesOfData(paths)}`;
let page = replace(read("index.html").toString(), "<!-- about -->", `${about} <span id="kept" hidden>Works without a network.</span>`);
const hashes = paths.map((path) => [path, hashOf(path === "index.html" ? page : read(path))]);
const version = createHash("sha256").update(JSON.stringify(hashes)).digest("hex").slice(0, 16);
page = replace(page, "data-js=", `data-version="${version}" data-js=`);
writeFileSync(join(dist, "index.html"), page);

const isLater = ([path]) => LATER.test(path);
const list = hashes.map(([path, hash]) => [path, path === "index.html" ? hashOf(page) : hash]);
const files = Object.fromEntries(list.filter((file) => !isLater(file)));
const later = Object.fromEntries(list.filter(isLater));
const worker = replace(read("sw.js").toString(), "const LIST = null;", `const LIST = ${JSON.stringify({ version, files, later })};`);
writeFileSync(join(dist, "sw.js"), worker);

const weigh = (of) => Object.keys(of).reduce((sum, path) => sum + read(path).length, 0).toLocaleString("en");
console.error(`offline: keeps ${weigh(files)} bytes at once and ${weigh(later)} later; version ${version}`);
