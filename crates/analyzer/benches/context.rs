//! How long a large build context takes: 100,000 paths, 50 patterns, what a `COPY` takes, and the
//! whole analysis; Dockerfiles by their length, usual and hostile ones; and what stands behind `RUN`.
//!
//! `cargo xtask bench` runs it and says how each row compares with reading the listing;
//! docs/benchmarks.md has figures.

use std::rc::Rc;

use layerwise_analyzer::context::{
    BuildContext, ContextFile, ContextOrigin, KnownContext, read_listing,
};
use layerwise_analyzer::dockerfile;
use layerwise_analyzer::dockerignore::{self, Dockerignore};
use layerwise_analyzer::plan::{BuildOptions, BuildPlan, StepKind, plan};
use layerwise_analyzer::report::cache::{Change, Timing, matrix, replay, usual_edits};
use layerwise_analyzer::shell::run::{Environment, list_invocations};
use layerwise_analyzer::simulate::SentContext;
use layerwise_analyzer::simulate::copy::{Presence, request_context, select};
use layerwise_analyzer::{Input, analyze, shell};

fn main() {
    divan::main();
}

/// A project of 100 packages with 1,000 files each.
fn context() -> BuildContext {
    let mut context = BuildContext::default();
    for package in 0..100 {
        for file in 0..1_000 {
            let folder = ["src", "test", "node_modules/left-pad/lib", "dist"][file % 4];
            let path = format!("packages/p{package:02}/{folder}/module-{file:03}.js");
            context.files.insert(path, ContextFile::of_bytes(1_000));
        }
    }
    context
}

/// Names, suffixes, wildcards, brackets and exceptions, as people mix them.
fn patterns() -> String {
    let kinds = ["**/name-#", "name-#", "**/*.ext#", "docs-#/**", "packages/*/out-#/*.map"];
    let mut text = String::from("**/node_modules\n**/dist\n!packages/p01/dist/module-003.js\n");
    for number in 0..47 {
        text += &kinds[number % kinds.len()].replace('#', &number.to_string());
        text.push('\n');
    }
    text
}

/// The baseline that the others are compared with: reading the listing itself.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_a_listing_of_100_000_lines(bencher: divan::Bencher) {
    let listing: String = context().files.keys().map(|path| format!("1000 ./{path}\n")).collect();
    bencher.bench(|| read_listing(&listing).0.files.len());
}

/// A decision for each path, and the effect of each pattern.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn apply_50_patterns_to_100_000_paths(bencher: divan::Bencher) {
    let (context, text) = (context(), patterns());
    bencher.bench(|| {
        let (ignore, _) = Dockerignore::parse(&text);
        dockerignore::apply(&ignore, &context).expect("no pattern is refused").patterns.len()
    });
}

/// Patterns made to hurt matchers that backtrack.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn apply_50_hostile_patterns_to_100_000_paths(bencher: divan::Bencher) {
    let context = context();
    let text: String = (0..50).map(|n| format!("**/*a*a*a*a*a*a*a*a{n}*b\n")).collect();
    bencher.bench(|| {
        let (ignore, _) = Dockerignore::parse(&text);
        dockerignore::apply(&ignore, &context).expect("no pattern is refused").patterns.len()
    });
}

fn plan_of(text: &str) -> BuildPlan {
    let (dockerfile, _) = dockerfile::parse(text);
    let (plan, errors) = plan(&dockerfile, &BuildOptions::default());
    assert_eq!(errors, [], "the Dockerfile is planned");
    plan
}

/// What one `COPY` takes of 100,000 files of which none is left out.
#[divan::bench(
    args = [
        "COPY . .",
        "COPY packages/p5*/src/module-*.js packages/*/package.json /app/",
        "COPY --exclude=**/node_modules --exclude=**/*.map --exclude=packages/p1*/test . /app/",
        "COPY --parents packages/*/src/**/module-*0.js /app/",
    ],
    sample_count = 5,
    sample_size = 1
)]
fn select_from_100_000_paths(bencher: divan::Bencher, line: &str) {
    let context = context();
    let sent = SentContext::of(&context, &Dockerignore::default()).expect("no pattern is refused");
    let plan = plan_of(&format!("FROM scratch\nWORKDIR /app\n{line}\n"));
    let step = plan.graph.stages[0].steps.last().map(|step| &step.kind);
    let Some(StepKind::Copy(copy)) = step else { panic!("{line} is a copy") };
    bencher.bench_local(|| select(&sent, copy, &|_| Presence::Unknown).len());
}

/// What the builder asks for where no step names the root.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn request_of_100_000_paths(bencher: divan::Bencher) {
    let context = context();
    let sent = SentContext::of(&context, &Dockerignore::default()).expect("no pattern is refused");
    let plan = plan_of("FROM scratch\nCOPY packages/*/src packages/p01 /app/\n");
    bencher.bench_local(|| request_context(&plan, &context, &sent).paths.len());
}

/// The whole report on a Dockerfile that copies twice, with so many patterns.
#[divan::bench(args = [0, 4, 50], sample_count = 5, sample_size = 1)]
fn analyze_with_100_000_paths(bencher: divan::Bencher, count: usize) {
    let ignore: String = patterns().split_inclusive('\n').take(count).collect();
    let known = KnownContext { origin: ContextOrigin::Listing, context: context() };
    let input = Input {
        dockerfile: "FROM node:22\nWORKDIR /app\nCOPY packages/*/package.json ./\nRUN npm ci\n\
                     COPY . .\n"
            .into(),
        dockerignore: Some(ignore),
        context: Some(Rc::new(known)),
        ..Input::default()
    };
    bencher.bench_local(|| analyze(&input).context.sent_files);
}

/// The whole report on Dockerfiles of so many lines, a stage every ten.
#[divan::bench(args = [100, 2_000], sample_count = 20, sample_size = 1)]
fn analyze_lines(bencher: divan::Bencher, lines: usize) {
    let stage = |number: usize| {
        format!(
            "FROM node:22 AS stage{number}\nARG VERSION=1.{number}\nENV PATH=/opt/bin:$PATH\n\
             WORKDIR /app\nCOPY package.json package-lock.json ./\n\
             RUN --mount=type=cache,target=/root/.npm npm ci \\\n    --omit=dev\n\
             COPY src/part{number} ./src\nRUN npm run build -- --version=${{VERSION}}\n\
             CMD [\"node\", \"dist/server.js\"]\n"
        )
    };
    let dockerfile: String = (0..lines / 10).map(stage).collect();
    assert_eq!(dockerfile.lines().count(), lines);
    let input = Input { dockerfile, ..Input::default() };
    bencher.bench_local(|| analyze(&input).instructions.len());
}

/// Stages of ten lines each as people write them: Node.js, Python, Go, and Debian by hand. `#` stands
/// for their number.
const USUAL: &str = include_str!("usual.txt");

/// The whole report, layers simulated, on Dockerfiles of so many usual lines.
#[divan::bench(args = [10, 100, 2_000, 10_000], sample_count = 10, sample_size = 1)]
fn analyze_usual_lines(bencher: divan::Bencher, lines: usize) {
    let kinds = USUAL.split("%%\n").cycle().take(lines / 10).enumerate();
    let dockerfile: String = kinds.map(|(at, it)| it.replace('#', &at.to_string())).collect();
    assert_eq!(dockerfile.lines().count(), lines);
    let input = Input { dockerfile, ..Input::default() };
    bencher.bench_local(|| analyze(&input).layers.len());
}

/// A megabyte of lines alike but for the number in place of `#`.
fn lines(line: &str) -> String {
    let count = 1_000_000 / (line.len() + 4);
    (0..count).map(|at| line.replace('#', &at.to_string())).collect()
}

/// A megabyte made to keep the analysis busy.
#[divan::bench(
    args = [
        "files doubled by stages",
        "files doubled by cp",
        "owners of all files",
        "packages one by one",
        "one RUN of many commands",
        "nested loops",
    ],
    sample_count = 5,
    sample_size = 1
)]
fn analyze_a_hostile_megabyte(bencher: divan::Bencher, shape: &str) {
    let files: String = (0..9_000).map(|at| format!("  echo {at} > /f{at} ;\\\n")).collect();
    let text = match shape {
        "files doubled by stages" => format!(
            "FROM alpine\nCOPY . /\n{}",
            (0..12_000)
                .map(|at| format!("FROM scratch\nCOPY --from={at} / /x\nCOPY --from={at} / /y\n"))
                .collect::<String>()
        ),
        "files doubled by cp" => {
            format!("FROM alpine\nCOPY . /\n{}", lines("RUN cp -r / /d#\n"))
        }
        "owners of all files" => {
            format!("FROM alpine\nRUN \\\n{files}  true\n{}", lines("RUN chown -R u# /\n"))
        }
        "packages one by one" => format!(
            "FROM debian:12\nRUN \\\n{}  true\n",
            lines("  apt-get install -y git make-# ffmpeg ;\\\n")
        ),
        "one RUN of many commands" => format!(
            "FROM alpine\nRUN \\\n{}  true\n",
            lines("  echo # > /f# && sed -i s/a/b/ /f# ;\\\n")
        ),
        "nested loops" => {
            let inner: String =
                (0..15).map(|at| format!("for v{at} in 1 2 3 4 5 6 7; do ")).collect();
            let line = format!("RUN {inner} touch /$v0/$v1/$v2; {}\n", "done; ".repeat(15));
            format!("FROM alpine\n{}", line.repeat(1_000_000 / line.len()))
        }
        shape => panic!("{shape} is no shape"),
    };
    let input = Input { dockerfile: text, ..Input::default() };
    bencher.bench_local(|| analyze(&input).layers.len());
}

/// The texts that the tests hold to what they run, without what they run.
fn run_texts() -> Vec<&'static str> {
    let blocks = include_str!("../../../tests/shell/run-texts.txt").split("\n%%\n");
    blocks.map(|block| block.split("\n=> ").next().unwrap_or(block)).collect()
}

/// Shell commands behind 159 `RUN`s, 180 bytes on average.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn parse_159_run_texts(bencher: divan::Bencher) {
    let texts = run_texts();
    assert_eq!(texts.len(), 159);
    bencher.bench_local(|| {
        texts.iter().map(|text| shell::parse(text).script.statements.len()).sum::<usize>()
    });
}

/// What the same texts run, once parsed.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn list_what_159_run_texts_run(bencher: divan::Bencher) {
    let parsed: Vec<_> = run_texts().into_iter().map(shell::parse).collect();
    let environment = Environment::default();
    bencher.bench_local(|| {
        let walks = parsed.iter().map(|parsed| list_invocations(parsed, &environment));
        walks.map(|walk| walk.invocations.len()).sum::<usize>()
    });
}

/// Five stages on sixty lines, as a shop's image may have them.
fn five_stages() -> String {
    let mut text = String::from("ARG NODE_VERSION=22\n");
    for (stage, install) in [
        ("dependencies", "npm ci --omit=dev"),
        ("build", "npm ci"),
        ("worker", "npm ci --omit=dev"),
        ("docs", "npm ci"),
    ] {
        text += &format!(
            "FROM node:${{NODE_VERSION}}-alpine AS {stage}\nWORKDIR /app\nENV NODE_ENV=production\n\
             ARG COMMIT=none\nLABEL stage={stage}\nCOPY package.json package-lock.json ./\n\
             RUN --mount=type=cache,target=/root/.npm {install}\nCOPY public ./public\n\
             COPY src ./src\nCOPY . .\nRUN npm run build -- --{stage}\nRUN npm test\nEXPOSE 3000\n"
        );
    }
    text + "FROM nginx:1.27-alpine\nRUN mkdir -p /logs\n\
            COPY --from=dependencies /app/node_modules /app/node_modules\n\
            COPY --from=build /app/dist /usr/share/nginx/html\n\
            COPY --from=worker /app/dist /worker\nCOPY --from=docs /app/dist /docs\nCMD [\"nginx\"]\n"
}

/// What an edit rebuilds in it, and all usual edits.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn replay_an_edit_of_five_stages(bencher: divan::Bencher) {
    let input = Input { dockerfile: five_stages(), ..Input::default() };
    let change = Change {
        edits: usual_edits(&input).remove(1).edit.into_iter().collect(),
        ..Change::default()
    };
    bencher.bench_local(|| replay(&input, &change, &Timing::default()));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn matrix_of_five_stages(bencher: divan::Bencher) {
    let input = Input { dockerfile: five_stages(), ..Input::default() };
    bencher.bench_local(|| matrix(&input, &Timing::default()));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn matrix_of_five_stages_with_100_000_paths(bencher: divan::Bencher) {
    let known = KnownContext { origin: ContextOrigin::Listing, context: context() };
    let context = Some(Rc::new(known));
    let input = Input { dockerfile: five_stages(), context, ..Input::default() };
    bencher.bench_local(|| matrix(&input, &Timing::default()));
}

/// Many stages that take from each other, many steps, many variables.
#[divan::bench(sample_count = 5, sample_size = 1, args = [500, 1_000, 2_000])]
fn matrix_of_many_stages(bencher: divan::Bencher, stages: usize) {
    let mut dockerfile = String::from("FROM alpine AS s0\nCOPY . /x\n");
    for stage in 1..stages {
        let before = stage - 1;
        dockerfile += &format!(
            "FROM alpine AS s{stage}\nENV A{stage}=1\nCOPY --from=s{before} /x /x\nRUN true {stage}\n"
        );
    }
    let input = Input { dockerfile, ..Input::default() };
    bencher.bench_local(|| matrix(&input, &Timing::default()));
}
