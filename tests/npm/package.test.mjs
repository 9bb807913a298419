// The npm package as its users meet it: packed, installed into a project of its own, imported and
// required, and its types read by TypeScript. What it says is what the command line says.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const root = here("../..");
const fixtures = join(root, "crates/cli/tests/fixtures");

// `cargo xtask test --only npm` says where it built the package; `cargo xtask npm` leaves it here.
const built = process.env.LAYERWISE_NPM_PACKAGE ?? join(root, "crates/npm/dist");

/** A project that has the package installed, and nothing else. */
const project = mkdtempSync(join(tmpdir(), "layerwise-npm-"));
after(() => rmSync(project, { recursive: true }));

const [packed] = JSON.parse(npm(["pack", "--json", "--pack-destination", project], built));
writeFileSync(join(project, "package.json"), JSON.stringify({ name: "user", type: "module" }));
npm(["install", "--offline", "--no-audit", "--no-fund", join(project, packed.filename)], project);

const installed = createRequire(join(project, "user.js"));
const layerwise = installed("layerwise");

function npm(words, folder) {
  const name = process.platform === "win32" ? "npm.cmd" : "npm";
  const shell = process.platform === "win32";
  return execFileSync(name, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], shell });
}

/** What the command line prints; a status of 1 or 2 is an answer, too. */
function print(words, input = "") {
  const command = ["run", "--quiet", "--locked", "--package", "layerwise-cli", "--", ...words];
  const options = { cwd: root, input, encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] };
  try {
    return execFileSync(process.env.CARGO ?? "cargo", command, options);
  } catch (error) {
    if (![1, 2].includes(error.status)) throw error;
    return error.stdout;
  }
}

const read = (name) => readFileSync(join(fixtures, name), "utf8");
const names = ["naive-node", "node", "go", "python", "broken"];
const EVERYTHING = "ARG TAG=22\nFROM node:$TAG AS build\nONBUILD COPY --from=nginx / /\nRUN make\n" +
  "FROM build\nCOPY --from=biuld /b /b\nRUN --mount=from=nginx:1.27,target=/x true\n";
const LISTING = "612 package.json\n48000 package-lock.json\n90000 src/index.js\n9 a.md\n";

test("the package holds what a package holds, and nothing of the page", () => {
  const files = packed.files.map((file) => file.path).sort();
  assert.deepEqual(files, [
    "LICENSE-APACHE", "LICENSE-MIT", "README.md", "layerwise_bg.wasm", "node.cjs", "node.d.cts",
    "package.json", "web.d.mts", "web.mjs",
  ]);
  const script = readFileSync(join(built, "web.mjs"), "utf8");
  assert.doesNotMatch(script, /document\.(create|get|query)|localStorage/, "no page is in it");
});

test("analyze says what the command line says", () => {
  for (const name of names) {
    const dockerfile = read(`${name}.dockerfile`);
    const printed = JSON.parse(print(["analyze", "-", "--format", "json"], dockerfile));
    assert.deepEqual(layerwise.analyze({ dockerfile }), printed, `${name}.dockerfile`);
  }
});

test("every field of the input is what its option is", () => {
  const input = {
    dockerfile: read("readme/Dockerfile"),
    dockerignore: "*.md\n",
    build_args: { TAG: "1" },
    platform: "linux/arm64",
    listing: LISTING,
    assume: { "image.node:22": 1_000_000_000 },
  };
  const folder = mkdtempSync(join(project, "options-"));
  writeFileSync(join(folder, "ignore"), input.dockerignore);
  writeFileSync(join(folder, "listing"), LISTING);
  const words = [
    "analyze", "-", "--format", "json", "--dockerignore", join(folder, "ignore"), "--listing",
    join(folder, "listing"), "--build-arg", "TAG=1", "--platform", "linux/arm64", "--bandwidth", "50",
    "--assume", "image.node:22=1GB",
  ];
  const printed = JSON.parse(print(words, input.dockerfile));
  const report = layerwise.analyze({ ...input, ignore_name: "ignore" }, { bandwidth: 50 });
  assert.deepEqual(report, printed);
  assert.equal(report.context.sent_files, 3);
  const manifests = { "package.json": '{"dependencies":{"express":"4"}}' };
  const known = layerwise.analyze({ ...input, manifests });
  assert.notDeepEqual(known.image, report.image, "the manifest says what is installed");
});

test("fix, compare, Markdown and SARIF say what the command line says", () => {
  const before = { dockerfile: read("naive-node.dockerfile") };
  for (const with_unsafe of [false, true]) {
    const fixed = layerwise.fix(before, { with_unsafe });
    const words = ["fix", "-", ...(with_unsafe ? ["--unsafe"] : [])];
    assert.equal(fixed.dockerfile, print(words, before.dockerfile));
    assert.equal(fixed.schema, 1);
  }
  const fixed = layerwise.fix(before, { with_unsafe: true });
  assert.ok(fixed.steps.length > 0 && fixed.after.likely < fixed.before.likely, "it is smaller");
  const after = join(project, "after");
  writeFileSync(after, fixed.dockerfile);
  assert.deepEqual(
    layerwise.compare(before, { dockerfile: fixed.dockerfile }),
    JSON.parse(print(["compare", "-", after, "--format", "json"], before.dockerfile)),
  );
  const markdown = print(["analyze", "-", "--format", "markdown"], before.dockerfile);
  assert.ok(markdown.startsWith(layerwise.markdown(before)), "but for the link at the end");
  const sarif = print(["analyze", "-", "--format", "sarif"], before.dockerfile);
  // The command line calls the file so that it read here.
  const named = JSON.parse(layerwise.sarif(before, { name: "standard input" }));
  assert.deepEqual(named, JSON.parse(sarif));
});

test("a fix of one finding can be applied, and only to its own text", () => {
  const input = { dockerfile: "# ä 😀\n" + read("naive-node.dockerfile") };
  const { findings } = layerwise.analyze(input);
  const { fix } = findings.find(({ fix }) => fix?.edits.some(({ file }) => file === "dockerfile"));
  assert.notEqual(layerwise.applyFix(input, fix).dockerfile, input.dockerfile);
  assert.throws(() => layerwise.applyFix({ dockerfile: "" }, fix), /another text/);
  // By hand, as an editor does.
  const at = (offset) => layerwise.utf16Offset(input.dockerfile, offset);
  const edits = fix.edits.filter(({ file }) => file === "dockerfile").sort((a, b) => b.start - a.start);
  const byHand = edits.reduce(
    (text, { start, end, replacement }) => text.slice(0, at(start)) + replacement + text.slice(at(end)),
    input.dockerfile,
  );
  assert.equal(byHand, layerwise.applyFix(input, fix).dockerfile);
});

test("a wrong input is answered with a sentence, and any text has a report", () => {
  const wrong = [
    [{ dockerfile: "", buildArgs: {} }, /`buildArgs`.*`build_args`/],
    [{}, /missing field `dockerfile`/],
    [{ dockerfile: 1 }, /expected a string/],
    [{ dockerfile: "", platform: "linux/" }, /linux\//],
    [undefined, /dockerfile/],
    [null, /an object/],
    ["FROM a", /an object/],
  ];
  for (const [input, message] of wrong) assert.throws(() => layerwise.analyze(input), message);
  assert.throws(() => layerwise.analyze({ dockerfile: "" }, { bandwidth: 0 }), /bandwidth/);
  for (const dockerfile of ["", "\0", "FROM", "RUN <<EOF", "\ud800", "FROM a\nRUN ((((((("]) {
    assert.equal(layerwise.analyze({ dockerfile }).schema, 1);
  }
  // More bytes than JavaScript has whole numbers for.
  const assume = { "image.x": Number.MAX_SAFE_INTEGER };
  const twice = layerwise.analyze({ dockerfile: "FROM x\nCOPY --from=x / /y\n", assume });
  assert.ok(twice.image.bytes.likely > Number.MAX_SAFE_INTEGER);
});

test("it is imported by name, and loads in a browser's way", async () => {
  const imported = await import(pathToFileURL(installed.resolve("layerwise")));
  assert.equal(imported.analyze, layerwise.analyze);
  assert.equal(imported.version(), JSON.parse(readFileSync(join(built, "package.json"))).version);
  const web = await import(pathToFileURL(installed.resolve("layerwise/web")));
  await web.default({ module_or_path: readFileSync(installed.resolve("layerwise/layerwise_bg.wasm")) });
  const input = { dockerfile: read("go.dockerfile") };
  assert.deepEqual(web.analyze(input), layerwise.analyze(input));
});

test("TypeScript takes the types, and they are those of what is printed", () => {
  const folder = join(project, "typed");
  mkdirSync(folder);
  writeFileSync(join(folder, "use.ts"), readFileSync(here("use.ts")));
  const everything = { dockerfile: EVERYTHING, listing: LISTING };
  const inputs = [...names.map((name) => ({ dockerfile: read(`${name}.dockerfile`) })), everything];
  // A literal may have no field that its type lacks.
  const literals = inputs.map((input) => {
    const fixed = layerwise.fix(input, { with_unsafe: true });
    const comparison = layerwise.compare(input, { ...input, dockerfile: fixed.dockerfile });
    return `report(${JSON.stringify(layerwise.analyze(input))});\nfixed(${JSON.stringify(fixed)});\n` +
      `comparison(${JSON.stringify(comparison)});\n`;
  });
  const head = 'import type { Comparison, Fixed, Report } from "layerwise";\n' +
    "function report(_: Report) {}\nfunction fixed(_: Fixed) {}\nfunction comparison(_: Comparison) {}\n";
  writeFileSync(join(folder, "printed.ts"), head + literals.join(""));
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom"];
  const run = [tsc, ...options, join(folder, "use.ts"), join(folder, "printed.ts")];
  try {
    execFileSync(process.execPath, run, { encoding: "utf8", cwd: project });
  } catch (error) {
    assert.fail(`crates/npm/src/types.d.ts is not what the package hands out:\n${error.stdout}`);
  }
});

test("the example of its README runs", () => {
  const readme = readFileSync(join(built, "README.md"), "utf8");
  const [example] = readme.match(/(?<=```js\n)[^]*?(?=```)/);
  writeFileSync(join(project, "example.mjs"), example);
  const printed = execFileSync(process.execPath, ["example.mjs"], { cwd: project, encoding: "utf8" });
  assert.match(printed, /^\d+ \w+\n\d+: /);
});
