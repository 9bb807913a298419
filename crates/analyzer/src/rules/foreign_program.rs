//! A program that is copied to an image with another C library than the one it was linked with.

use std::collections::BTreeMap;

use super::foreign_copies::is_light;
use super::origin::{self, Origin, origin};
use super::split_stages::release_of;
use super::{Concern, Confidence, Example, Finding, ListedCommand, Rule, Run, Severity, Subject};
use crate::images::ImageReference;
use crate::packages::ActionKind;
use crate::plan::{CopySource, CopyStep, StageIndex, StepKind};

pub(super) static RULE: Rule = Rule {
    id: "foreign-program",
    title: "Run a program on the C library that it was linked with",
    aliases: &[],
    why: "A program that is linked to glibc does not start on Alpine, which has musl, and the other \
          way round: the kernel says `not found` of the loader that the program names. A program \
          that was linked on a newer Debian asks an older one for versions of glibc's functions that \
          it does not have.",
    source: "https://wiki.musl-libc.org/functional-differences-from-glibc.html (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM golang:1.26 AS build\nCOPY . .\nRUN go build -o /app .\nFROM alpine:3.22\nCOPY --from=build /app /app\nCMD [\"/app\"]\n",
            "FROM golang:1.26 AS build\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM alpine:3.22\nCOPY --from=build /app /app\nCMD [\"/app\"]\n",
        ),
        Example::new(
            "FROM golang:1.26-alpine AS build\nRUN apk add --no-cache gcc musl-dev\nCOPY . .\nRUN go build -o /app .\nFROM debian:13-slim\nCOPY --from=build /app /app\nCMD [\"/app\"]\n",
            // Without a compiler Go links to no C library.
            "FROM golang:1.26-alpine AS build\nCOPY . .\nRUN go build -o /app .\nFROM debian:13-slim\nCOPY --from=build /app /app\nCMD [\"/app\"]\n",
        ),
        Example::new(
            "FROM rust:1.95 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian:12-slim\nCOPY --from=build /src/target/release/app /app\nCMD [\"/app\"]\n",
            "FROM rust:1.95-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian:12-slim\nCOPY --from=build /src/target/release/app /app\nCMD [\"/app\"]\n",
        ),
        Example::new(
            "FROM rust:1.95-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM alpine:3.22\nCOPY --from=build /src/target/release/app /app\nCMD [\"/app\"]\n",
            "FROM rust:1.95-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release --target x86_64-unknown-linux-musl\nFROM alpine:3.22\nCOPY --from=build /src/target/x86_64-unknown-linux-musl/release/app /app\nCMD [\"/app\"]\n",
        ),
    ],
    check,
};

/// A C library, and of glibc the release of Debian it is of, where the tag says so surely.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Library {
    Musl,
    Glibc(Option<u32>),
}

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut helped: BTreeMap<StageIndex, bool> = BTreeMap::new();
    for (index, instruction, stage) in subject.instructions() {
        let Some(stage) = stage.filter(|stage| subject.is_final(*stage)) else { continue };
        let Some(StepKind::Copy(copy)) = subject.step(index).map(|step| &step.kind) else {
            continue;
        };
        let CopySource::Stage(from) = copy.from else { continue };
        let Some((program, is_asked_for)) = linked(subject, from, copy) else { continue };
        let (Some(old), Some(new)) = (library(subject, from), library(subject, stage)) else {
            continue;
        };
        if *helped.entry(stage).or_insert_with(|| is_helped(subject, stage)) {
            continue;
        }
        let (origins, own) = (place(subject, from), place(subject, stage));
        let program = match is_asked_for {
            true => format!("{program} is"),
            false => format!("Where it uses `net`, `os/user` or C, {program} is"),
        };
        let message = match (old, new) {
            (Library::Glibc(_), Library::Musl) => format!(
                "{program} linked to glibc in {origins}, which {own} does not have: it does not start there. Link it without a C library, build on Alpine, or run on Debian."
            ),
            (Library::Musl, Library::Glibc(_)) => format!(
                "{program} linked to musl in {origins}, which {own} does not have: it does not start there. Link it without a C library, build on Debian, or run on Alpine."
            ),
            (Library::Glibc(Some(old)), Library::Glibc(Some(new))) if old > new => format!(
                "{program} linked in {origins} on Debian {old}, and {own} has the older glibc of Debian {new}: where it asks for a newer version of a function it does not start. Build on Debian {new}, or run on Debian {old}."
            ),
            _ => continue,
        };
        findings.push(Finding::new(instruction.span, message).unsure(Confidence::Likely));
    }
    findings
}

/// The image that a stage comes from, as the text names it.
fn place(subject: &Subject<'_>, stage: StageIndex) -> String {
    match origin(subject, stage) {
        Origin::Image(reference, _) => reference.to_owned(),
        Origin::Scratch | Origin::Unknown => "it".to_owned(),
    }
}

/// The C library of a stage; `None` where it has none or nobody knows.
fn library(subject: &Subject<'_>, stage: StageIndex) -> Option<Library> {
    let Origin::Image(reference, image) = origin(subject, stage) else { return None };
    // It has none at all, which is told of by its own rule.
    if reference.contains("distroless/static") {
        return None;
    }
    let parsed = ImageReference::parse(reference).ok()?;
    let tag = parsed.tag.unwrap_or_default();
    let (known, is_sure) = release_of(&parsed.repository, &tag, image);
    match known.split_once(' ') {
        Some(("alpine", _)) => Some(Library::Musl),
        Some(("debian", release)) => Some(Library::Glibc(release.parse().ok().filter(|_| is_sure))),
        Some(("ubuntu", _)) => Some(Library::Glibc(None)),
        _ => None,
    }
}

/// Whether a stage has the loader of the other library, or links to it.
fn is_helped(subject: &Subject<'_>, stage: StageIndex) -> bool {
    const HELPERS: [&str; 5] = ["gcompat", "libc6-compat", "glibc", "musl", "ld-linux"];
    let stages = origin::chain(subject, stage);
    let mut own = stages.into_iter().flat_map(|stage| subject.instructions_of(stage));
    own.any(|(_, it)| {
        HELPERS.iter().any(|name| it.text.contains(name) && !it.text.contains("linux-musl"))
    })
}

/// What a copy takes of a program that a stage links to its C library: its path, and whether it is linked
/// so whatever it uses.
fn linked<'copy>(
    subject: &Subject<'_>,
    from: StageIndex,
    copy: &'copy CopyStep,
) -> Option<(&'copy str, bool)> {
    let stages = origin::chain(subject, from);
    let runs: Vec<&Run<'_>> =
        subject.runs().iter().filter(|run| stages.contains(&run.stage)).collect();
    let source = copy.sources.iter().find(|source| !is_light(source))?;
    let mut all = runs.iter().flat_map(|run| &run.commands);
    all.find_map(|command| {
        let is_go = command.asks("go", ActionKind::Build) && writes(command, source);
        let is_rust = command.asks("cargo", ActionKind::Build)
            && (source.contains("/release/") || source.contains("/cargo/bin/"));
        let is_linked = is_go && links_in_go(subject, from, command)
            || is_rust && links_in_rust(subject, from, command);
        is_linked.then_some((source.as_str(), is_rust))
    })
}

/// Whether `go build -o` writes a path of the source, or `go install` into its folder.
fn writes(command: &ListedCommand, source: &str) -> bool {
    let name = |path: &str| path.trim_end_matches('/').rsplit('/').next().map(str::to_owned);
    let outputs = command.line.values_of(&["-o"]);
    let is_install = command.line.words().next() == Some("install");
    outputs.iter().any(|output| name(output) == name(source))
        || is_install && source.contains("/go/bin")
}

/// Whether Go links to the C library: with cgo, which is on where a compiler is
/// (<https://pkg.go.dev/cmd/cgo>, 2026-11); the image on Debian has one, that on Alpine has none.
fn links_in_go(subject: &Subject<'_>, stage: StageIndex, command: &ListedCommand) -> bool {
    let is_static = command.line.words().any(|it| it.contains("-static") || it.contains("netgo"));
    let is_other = command.variable("GOOS").is_some_and(|it| it != "linux");
    let has_compiler = library(subject, stage) != Some(Library::Musl)
        || subject.runs().iter().filter(|run| run.stage == stage).any(|run| {
            run.commands.iter().filter_map(|it| it.action.as_ref()).any(|action| {
                let mut names = action.packages.iter();
                names.any(|it| matches!(it.as_str(), "gcc" | "g++" | "build-base" | "clang"))
            })
        });
    // `go env -w` keeps it for the commands that follow.
    let is_written_off = subject.mentions("env -w CGO_ENABLED=0");
    let is_on = match command.variable("CGO_ENABLED") {
        Some(value) => value == "1",
        None => has_compiler && !is_written_off,
    };
    is_on && !is_static && !is_other
}

/// Whether Rust links to the C library: on Alpine, and for a target on musl, it puts it into the program
/// (<https://doc.rust-lang.org/reference/linkage.html#static-and-dynamic-c-runtimes>, 2026-11).
fn links_in_rust(subject: &Subject<'_>, stage: StageIndex, command: &ListedCommand) -> bool {
    let is_static = subject.mentions("linux-musl") || subject.mentions("crt-static");
    !is_static
        && command.variable("CARGO_BUILD_TARGET").is_none()
        && library(subject, stage) != Some(Library::Musl)
}
