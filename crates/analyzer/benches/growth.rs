//! Whether cost grows with the length of what is read: the report with its findings on Dockerfiles of
//! 1,000 to 8,000 lines alike, and on contexts of 1,000 to 100,000 files.
//!
//! `cargo xtask bench` prints the table; docs/benchmarks.md has it. Where the system tells, what is
//! counted is the processor's time, which a busy machine stretches less than the clock's.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock, which the library may not"
)]

use std::fs;
use std::rc::Rc;
use std::time::Instant;

use layerwise_analyzer::context::{BuildContext, ContextFile, ContextOrigin, KnownContext};
use layerwise_analyzer::{Input, advice};

/// How many lines.
const LINES: [usize; 4] = [1_000, 2_000, 4_000, 8_000];
/// How many files.
const FILES: [usize; 3] = [1_000, 10_000, 100_000];
/// How long one thing is done again and again, in milliseconds.
const ENOUGH: u128 = 60;
/// How often that is, of which the shortest counts.
const TIMES: usize = 3;
/// Bytes of a text whose fixes are tried unasked, at most.
const TRIED: usize = 30_000;

/// A shape: what it is called, what stands above, and what is repeated. `#` is a number, `@` the one
/// before it.
#[rustfmt::skip]
const SHAPES: &[(&str, &str, &str)] = &[
    ("RUN, all alike", "FROM alpine\n", "RUN true\n"),
    ("RUN, installing by apt", "FROM debian:12\n", "RUN apt-get update && apt-get install -y git\n"),
    ("RUN, installing by pip", "FROM python:3.12\n", "RUN pip install flask==#\n"),
    ("RUN, npm ci", "FROM node:22\nCOPY . .\n", "RUN npm ci\n"),
    ("RUN, downloading", "FROM debian:12\n", "RUN curl -o /tmp/a#.tar.gz https://example.org/a#.tar.gz\n"),
    ("RUN, chown of all", "FROM alpine\nCOPY . /a\n", "RUN chown -R u# /a\n"),
    ("RUN, writing and removing", "FROM alpine\n", "RUN touch /a/f#\nRUN rm /a/f@\n"),
    ("one RUN of many commands", "FROM alpine\nRUN true \\\n", "  && echo # > /f# \\\n"),
    ("one RUN of many tokens", "FROM alpine\nRUN echo \\\n", "  authorization:eyJ. TOKEN=a# \\\n"),
    ("ARG, then RUN", "FROM alpine\n", "ARG A#=1\nRUN echo $A#\n"),
    ("ARG, all alike", "FROM alpine\n", "ARG A\n"),
    ("ENV", "FROM alpine\n", "ENV A#=$A@\n"),
    ("COPY", "FROM alpine\n", "COPY a# b#\n"),
    ("COPY --from", "FROM alpine AS s\nCOPY . /a\nFROM alpine\n", "COPY --from=s /a /b#\n"),
    ("CMD", "FROM alpine\n", "CMD a# b\n"),
    ("WORKDIR, ever deeper", "FROM alpine\n", "WORKDIR d\n"),
    ("stages that nothing needs", "", "FROM alpine AS s#\n"),
    ("stages, each on the last", "FROM alpine AS s0\n", "FROM s@ AS s#\nRUN touch /x#\n"),
    ("stages that copy from the last", "FROM alpine AS s0\nCOPY . /x\n", "FROM alpine AS s#\nCOPY --from=s@ /x /x\n"),
    ("no instruction", "FROM alpine\n", "FOO bar #\n"),
    ("comments", "FROM alpine\n", "# hello\n"),
];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let is_asked = |name: &str| words.iter().all(|word| name.contains(word.as_str()));
    println!("{:32} {} × for 8 × the lines", "lines", LINES.map(|it| format!("{it:>11}")).concat());
    for (name, head, repeated) in SHAPES.iter().filter(|(name, ..)| is_asked(name)) {
        print_row(name, &LINES.map(|lines| time(&of_lines(head, repeated, lines))));
    }
    println!(
        "{:32} {} × for 100 × the files",
        "files",
        FILES.map(|it| format!("{it:>11}")).concat()
    );
    for name in ["copied whole", "left out by patterns"].into_iter().filter(|name| is_asked(name)) {
        let ignore = (name == "left out by patterns").then(|| "**/dist\n**/*.map\n".to_owned());
        print_row(name, &FILES.map(|files| time(&of_files(files, ignore.clone()))));
    }
}

fn of_lines(head: &str, repeated: &str, lines: usize) -> Input {
    let count = lines / repeated.lines().count();
    let one =
        |at: usize| repeated.replace('#', &at.to_string()).replace('@', &(at - 1).to_string());
    let repeated: String = (1..=count).map(one).collect();
    Input { dockerfile: untried(&format!("{head}{repeated}")), ..Input::default() }
}

/// A text that is too long for its fixes to be tried unasked, as many as a limit allows: that does not grow.
fn untried(dockerfile: &str) -> String {
    format!("{dockerfile}# {}\n", "-".repeat(TRIED))
}

fn of_files(files: usize, dockerignore: Option<String>) -> Input {
    let mut context = BuildContext::default();
    for file in 0..files {
        let folder = ["src", "test", "dist", "docs"][file % 4];
        let path = format!("packages/p{:03}/{folder}/module-{:03}.js", file / 1_000, file % 1_000);
        context.files.insert(path, ContextFile::of_bytes(1_000));
    }
    let context = Some(Rc::new(KnownContext { origin: ContextOrigin::Listing, context }));
    let dockerfile = untried("FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n");
    Input { dockerfile, dockerignore, context, ..Input::default() }
}

/// Milliseconds of one report with its findings.
fn time(input: &Input) -> f64 {
    drop(advice::preview(input));
    (0..TIMES).map(|_| time_once(input)).fold(f64::INFINITY, f64::min)
}

fn time_once(input: &Input) -> f64 {
    let (clock, processor) = (Instant::now(), read_processor_time());
    let mut times = 0;
    while times == 0 || clock.elapsed().as_millis() < ENOUGH {
        drop(advice::preview(input));
        times += 1;
    }
    let taken = match (processor, read_processor_time()) {
        (Some(before), Some(after)) => after - before,
        _ => clock.elapsed().as_secs_f64() * 1e3,
    };
    taken / f64::from(times)
}

/// Milliseconds that this thread had a processor, as Linux counts them.
fn read_processor_time() -> Option<f64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(text.split(' ').next()?.parse::<f64>().ok()? / 1e6)
}

fn print_row(name: &str, times: &[f64]) {
    let columns: String = times.iter().map(|time| format!("{time:>8.1} ms")).collect();
    let growth = times.last().zip(times.first()).map_or(0.0, |(last, first)| last / first);
    println!("{name:32} {columns} {growth:>8.1} ×");
}
