//! Begin with an absolute WORKDIR.

use super::origin::{Origin, origin};
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::{InstructionKind, Word};
use crate::plan::{Base, StageIndex};

pub(super) static RULE: Rule = Rule {
    id: "relative-workdir",
    title: "Begin with an absolute WORKDIR",
    aliases: &["WorkdirRelativePath", "DL3000"],
    why: "A relative WORKDIR without an absolute one above it starts from the directory that the base image happens to set, which may change with the next tag. Behind an absolute one it is fine, though hadolint minds it.",
    source: "https://docs.docker.com/reference/build-checks/workdir-relative-path/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new("FROM debian:12\nWORKDIR app\n", "FROM debian:12\nWORKDIR /app\n"),
        Example::new(
            "FROM golang:1.26\nworkdir src/$X\n",
            "FROM golang:1.26\nworkdir /go/src/$X\n",
        ),
        Example::new(
            "FROM example.org/a:1\nWORKDIR app\n",
            "FROM example.org/a:1 AS a\nWORKDIR /srv\nFROM a\nWORKDIR app\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut is_set: Vec<bool> = Vec::new();
    for (stage, value) in subject.plan.graph.stages.iter().enumerate() {
        let base = match value.base {
            Base::Stage(base) => is_set.get(base).copied().unwrap_or_default(),
            _ => false,
        };
        let mut set = base;
        for (index, instruction) in subject.instructions_of(stage) {
            let InstructionKind::Workdir(path) = &instruction.kind else { continue };
            let is_absolute = path.text.trim_start_matches('"').starts_with(['/', '\\', '$'])
                || path.text.get(1..2) == Some(":");
            if !set && !is_absolute && value.platform.os != "windows" {
                findings.push(about(subject, stage, index, path));
            }
            set |= is_absolute;
        }
        is_set.push(set);
    }
    findings
}

fn about(subject: &Subject<'_>, stage: StageIndex, index: usize, path: &Word) -> Finding {
    let is_known = !matches!(origin(subject, stage), Origin::Unknown | Origin::Image(_, None));
    let step = subject.step(index);
    let directory = step.map(|step| step.state.working_directory.to_string());
    let directory = directory.filter(|_| is_known && !path.text.starts_with(['"', '\'', '.']));
    let fix = directory.map(|directory| {
        let front = format!("{}/", directory.trim_end_matches('/'));
        Fix::safe("Write the whole path", vec![edits::insert(path.span.start, front)])
    });
    let message = format!(
        "`{}` starts from whatever directory the base image sets: write a path that begins with `/`.",
        path.text
    );
    Finding::new(path.span, message).mended_by(fix)
}
