//! A full image where its slim variant would do.

use super::bases::WrittenBase;
use super::{
    Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject, edits, split_stages,
};
use crate::plan::StageIndex;

pub(super) static RULE: Rule = Rule {
    id: "slim-base",
    title: "Start from the slim variant of the base image",
    aliases: &[],
    why: "The full images of languages carry compilers, version control and hundreds of development \
          packages for builds that need them. The slim variant is the same Debian with the same C \
          library, so compiled packages work as before; it lacks what only builds use.",
    source: "https://github.com/docker-library/docs/blob/master/node/variant-slim.md (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM node:22\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"server.js\"]\n",
            "FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"server.js\"]\n",
        ),
        Example::new(
            "# the service\r\nfrom python:3.12-bookworm\r\ncopy app.py /\r\ncmd [\"python\", \"/app.py\"]\r\n",
            "# the service\r\nfrom python:3.12-slim-bookworm\r\ncopy app.py /\r\ncmd [\"python\", \"/app.py\"]\r\n",
        ),
    ],
    check,
};

/// Programs that the full images have and the slim ones lack.
const BUILD_PROGRAMS: [&str; 22] = [
    "gcc",
    "g++",
    "cc",
    "c++",
    "make",
    "cmake",
    "git",
    "curl",
    "wget",
    "hg",
    "svn",
    "pkg-config",
    "autoconf",
    "automake",
    "configure",
    "patch",
    "unzip",
    "xz",
    "file",
    "mysql_config",
    "convert",
    "node-gyp",
];

const RISKS: [&str; 2] = [
    "The slim variant has no compiler, git, curl or Python beside its own language: packages that are compiled while they are installed, health checks and scripts that call these must install them or do without.",
    "Shared libraries that the full image happened to have, such as those of ImageMagick or databases, are missing.",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((stage, base)) = WrittenBase::of_final(subject) else { return Vec::new() };
    let Some(tag) = base.slim_tag() else { return Vec::new() };
    let Some(smaller) = base.smaller(subject, &tag) else { return Vec::new() };
    if uses_build_programs(subject, stage) || !split_stages::check(subject).is_empty() {
        return Vec::new();
    }
    let message = format!(
        "{} is the full image; {} has the same language and C library without what only builds need.",
        base.word.text, smaller.reference
    );
    let fix = Fix::with_risks(
        format!("Start from {}", smaller.reference),
        vec![edits::replace(base.word.span, smaller.reference)],
        RISKS,
    );
    vec![Finding::new(base.word.span, message).unsure(Confidence::Likely).mended_by(fix)]
}

/// Whether the final image is made with programs that only the full image has.
fn uses_build_programs(subject: &Subject<'_>, bottom: StageIndex) -> bool {
    let runs = subject.runs().iter();
    let mut runs = runs.filter(|run| run.stage == bottom || subject.is_final(run.stage));
    runs.any(|run| {
        run.commands.iter().any(|command| {
            let asks_git = |word: &str| word.starts_with("git+") || word.starts_with("git@");
            BUILD_PROGRAMS.contains(&command.line.program_name())
                || command.line.words().any(asks_git)
        })
    })
}
