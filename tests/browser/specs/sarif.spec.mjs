// What `layerwise analyze --format sarif` prints is valid SARIF 2.1.0, by the schema of the standard.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const here = (path) => new URL(path, import.meta.url);
const schema = JSON.parse(readFileSync(here("../schemas/sarif-schema-2.1.0.json"), "utf8"));
// One pattern of the schema, that of a language, has a lone bracket, which `u` would refuse.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const isSarif = ajv.compile(schema);

/** The log of one Dockerfile; a status of 2 says that Docker would refuse it, and is fine here. */
function analyze(dockerfile, ...options) {
  const command = ["run", "--quiet", "--locked", "--package", "layerwise-cli", "--"];
  const words = [...command, "analyze", "-", "--format", "sarif", ...options];
  try {
    const stdio = ["pipe", "pipe", "ignore"];
    return JSON.parse(execFileSync("cargo", words, { input: dockerfile, cwd: here("../../.."), stdio }));
  } catch (error) {
    if (error.status !== 2) throw error;
    return JSON.parse(error.stdout);
  }
}

function expectSarif(log) {
  isSarif(log);
  const told = (isSarif.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  expect(told, "what the schema of SARIF 2.1.0 says against it").toEqual([]);
}

// The command may have to be compiled first.
test.describe.configure({ timeout: 600_000 });

test("findings with fixes in both files are SARIF", () => {
  const log = analyze("FROM node:22 as build\nWORKDIR /app\nCOPY . .\nRUN npm install\n");
  expectSarif(log);
  const fixes = log.runs[0].results.flatMap((result) => result.fixes ?? []);
  const files = fixes.flatMap((fix) => fix.artifactChanges).map((it) => it.artifactLocation.uri);
  expect(new Set(files).size).toBe(2);
});

test("nothing found, and what Docker would refuse, are SARIF too", () => {
  const nothing = analyze("FROM scratch\nCOPY --chmod=755 app /app\nUSER 1000\nENTRYPOINT [\"/app\"]\n");
  expectSarif(nothing);
  expectSarif(analyze(""));
  const refused = analyze("FROM scratch\nRUM a\n");
  expectSarif(refused);
  expect(refused.runs[0].results[0].ruleId).toBe("refused");
});

test("the schema is one that tells wrong from right", () => {
  const log = analyze("FROM node:22 as build\n");
  log.runs[0].results[0].level = "advice";
  expect(isSarif(log)).toBe(false);
});
