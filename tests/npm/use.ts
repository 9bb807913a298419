// How an editor or a bot in TypeScript uses the package; the test compiles it against its types.

import { analyze, applyFix, compare, fix, markdown, sarif, utf16Offset, version } from "layerwise";
import type { Estimate, Finding, Input, Report } from "layerwise";
import load, { analyze as analyzeInBrowser } from "layerwise/web";

const input: Input = { dockerfile: "FROM node:22\n", build_args: { TAG: null }, assume: { "file.a": 1 } };
const report: Report = analyze(input, { bandwidth: 50 });

/** What is not known has to be thought of. */
function megabytes({ likely }: Estimate): number | null {
  return likely === null ? null : likely / 1_000_000;
}

function replaceAt(finding: Finding): [number, number][] {
  const edits = finding.fix?.edits ?? [];
  return edits.map(({ start, end }) => [
    utf16Offset(input.dockerfile, start),
    utf16Offset(input.dockerfile, end),
  ]);
}

for (const finding of report.findings) {
  if (finding.severity === "error" || finding.severity === "warning") replaceAt(finding);
  if (finding.fix) applyFix(input, finding.fix).dockerfile.length;
}
const fixed = fix(input, { with_unsafe: true });
const change: number | null = compare(input, { dockerfile: fixed.dockerfile }).image.change;
const texts: string[] = [markdown(input), sarif(input, { name: "app/Dockerfile" }), version()];

// @ts-expect-error: a field that there is not.
analyze({ dockerfile: "", buildArgs: {} });
// @ts-expect-error: a text is needed.
analyze({});
// @ts-expect-error: it may be null.
const bytes: number = report.image.bytes.likely;

await load();
export default [megabytes(analyzeInBrowser(input).image.bytes), change, texts, bytes];
