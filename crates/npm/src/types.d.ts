/** What is analysed. Nothing is read from a disk or a network. */
export interface Input {
  /** Text of the Dockerfile. */
  dockerfile: string;
  /** Text of the ignore file; leave it out where there is none. */
  dockerignore?: string | null;
  /** Its file name, such as `Dockerfile.dockerignore`. */
  ignore_name?: string | null;
  /** `--target`: the stage to build instead of the last one. */
  target?: string | null;
  /** `--build-arg`; `null` for a value of an environment that is not known. */
  build_args?: Record<string, string | null>;
  /** `--platform`, such as `linux/arm64`. */
  platform?: string | null;
  /**
   * The build context: what `find -type f -printf '%s %p\n'`, `du -ab`, `git ls-files -s` or `tar tv`
   * print, or lines of path, tab, bytes. Without it a typical project is assumed.
   */
  listing?: string | null;
  /** Texts of `package.json`, lock files, `requirements.txt` and the like, by their path in the listing. */
  manifests?: Record<string, string>;
  /** Bytes that you know better: `image.NAME`, `file.PATH`, or a key of the report's `assumptions`. */
  assume?: Record<string, number>;
}

export interface AnalyzeOptions {
  /** Mbit/s of a pull; 100 where nothing is said. */
  bandwidth?: number;
}

export interface FixOptions {
  /** Also applies fixes that may change what the image does. */
  with_unsafe?: boolean;
}

export interface SarifOptions {
  /** Path of the Dockerfile in the repository; `Dockerfile` where nothing is said. */
  name?: string;
  /** Path of the ignore file; `.dockerignore` where nothing is said. */
  ignore_name?: string;
}

/** How a number is known. */
export type Evidence = "exact" | "measured" | "modelled" | "assumed" | "unknown";

/** Bytes. An unknown size has no `likely` and no `high`. */
export interface Estimate {
  low: number | null;
  likely: number | null;
  high: number | null;
  evidence: Evidence;
  why: string;
}

/** Seconds. */
export interface Seconds {
  low: number;
  likely: number;
  high: number;
  evidence: Evidence;
  why: string;
}

/** What `layerwise analyze --format json` prints; `docs/json.md` describes each field. */
export interface Report {
  schema: 1;
  errors: Placed[];
  notes: Placed[];
  instructions: Instruction[];
  stages: Stage[];
  edges: Edge[];
  target: number | null;
  layers: Layer[];
  image: Image;
  pull: Pull;
  assumptions: Assumption[];
  contents: Content[];
  usual: Usual | null;
  context: Context;
  findings: Finding[];
}

/** A message with its place; lines and columns count from 1. */
export interface Placed {
  line: number;
  column: number;
  message: string;
}

export interface Instruction {
  line: number;
  end_line: number;
  keyword: string;
  stage: number | null;
}

export interface Stage {
  index: number;
  name: string | null;
  base: Base;
  needed: boolean;
  depends_on: number[];
  bytes: Estimate;
}

export interface Base {
  reference: string;
  stage: number | null;
  bytes: Estimate;
  compressed: Estimate;
}

export interface Edge {
  from: number | null;
  image: string | null;
  to: number;
  kind: "from" | "copy" | "mount" | "onbuild";
  line: number;
}

export type Category =
  | "base"
  | "packages"
  | "dependencies"
  | "code"
  | "build"
  | "download"
  | "cache"
  | "other";

export interface Layer {
  line: number;
  stage: number;
  instruction: string;
  bytes: Estimate;
  compressed: Estimate;
  wasted: number | null;
  categories: { category: Category; bytes: number }[];
  parts: { path: string; category: Category | null; bytes: Estimate; why: string }[];
  unknowns: string[];
}

export interface Image {
  bytes: Estimate;
  compressed: Estimate;
  wasted: number | null;
}

/** How long a pull takes at `bandwidth` Mbit/s. */
export interface Pull {
  bandwidth: number;
  cold: Transfer;
  warm: Transfer;
}

/** Milliseconds. */
export interface Transfer {
  low: number | null;
  likely: number | null;
  high: number | null;
  why: string;
}

export interface Assumption {
  key: string;
  label: string;
  line: number | null;
  stage: number | null;
  bytes: Estimate;
  default: Estimate;
  typed: boolean;
  in_image: boolean;
}

export interface Content {
  path: string;
  rest: number;
  category: Category;
  line: number | null;
  bytes: Estimate;
}

export interface Usual {
  app: string;
  low: number;
  high: number;
  measure: "unpacked" | "pull";
  comparison: string;
  source: string;
}

export interface Context {
  known: boolean;
  files: number | null;
  bytes: number | null;
  sent_files: number | null;
  sent_bytes: number | null;
  requested_files: number | null;
  requested_bytes: number | null;
}

export interface Finding {
  rule: string;
  aliases: string[];
  severity: "error" | "warning" | "advice" | "style";
  concern: "size" | "cache" | "security" | "correctness" | "style";
  confidence: "certain" | "likely" | "possible";
  file: "dockerfile" | "dockerignore";
  line: number;
  end_line: number;
  message: string;
  saving: Estimate | null;
  context_saving: Estimate | null;
  rebuild_saving_seconds: Seconds | null;
  rebuild_edit: string | null;
  fix: Fix | null;
}

export interface Fix {
  title: string;
  safety: "safe" | "unsafe";
  risks: string[];
  edits: Edit[];
}

/** `start` and `end` count bytes of the text in UTF-8; `utf16Offset` makes JavaScript's of them. */
export interface Edit {
  file: "dockerfile" | "dockerignore";
  start: number;
  end: number;
  replacement: string;
}

/** Both texts of an input. */
export interface Texts {
  dockerfile: string;
  dockerignore: string | null;
}

/** What `fix` makes of an input. */
export interface Fixed extends Texts {
  schema: 1;
  steps: AppliedFix[];
  /** The image before. */
  before: Estimate;
  /** The image after. */
  after: Estimate;
  /** The same as a pull transfers it. */
  after_compressed: Estimate;
}

/** The fixes of one rule. */
export interface AppliedFix {
  rule: string;
  title: string;
  /** At how many places. */
  places: number;
  /** What may come out otherwise, in sentences. */
  risks: string[];
  /** The image after it. */
  image: Estimate;
  /** What it took off; `null` where that is nothing or not known. */
  saving: Estimate | null;
}

export interface Sides<T> {
  before: T;
  after: T;
}

/** A size before and after; `change` is less than 0 where it became smaller. */
export interface Change extends Sides<Estimate> {
  change: number | null;
}

export type Outcome = "cached" | "depends" | "rebuilt" | "not-needed";

/** What `layerwise compare --format json` prints; `docs/compare-json.md` describes each field. */
export interface Comparison {
  schema: 1;
  image: Change;
  compressed: Change;
  wasted: Change;
  sent: Change;
  causes: { title: string; change: number; before_lines: number[]; after_lines: number[] }[];
  layers: {
    instruction: string;
    lines: Sides<number | null>;
    bytes: Sides<Estimate | null>;
  }[];
  stages: {
    title: string;
    base: Sides<string | null>;
    takes: Sides<string[]>;
    bytes: Sides<Estimate | null>;
  }[];
  lines: DiffLine[];
  ignore_lines: DiffLine[];
  steps: { instruction: string; lines: Sides<number | null> }[];
  edits: {
    title: string;
    seconds: Sides<Seconds>;
    rebuilt: Sides<number>;
    outcomes: Sides<Outcome | null>[];
  }[];
  errors: Sides<number>;
}

export interface DiffLine {
  side: "both" | "before" | "after";
  before: number | null;
  after: number | null;
  text: string;
}
