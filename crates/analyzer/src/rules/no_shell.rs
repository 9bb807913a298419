//! What needs a shell on an image that has none.

use std::collections::BTreeSet;

use super::exec_form;
use super::origin::{Origin, chain, origin};
use super::{Concern, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::{Command, InstructionKind};
use crate::plan::{MountKind, StageIndex, StepKind};

pub(super) static RULE: Rule = Rule {
    id: "no-shell",
    title: "Call no shell where the image has none",
    aliases: &[],
    why: "RUN, and CMD, ENTRYPOINT and HEALTHCHECK that are no JSON array, are run by `/bin/sh -c`. \
          `scratch` and the images of distroless have no `/bin/sh`: the build stops, or the container \
          does not start.",
    source: "https://docs.docker.com/reference/dockerfile/#shell-and-exec-form (2026-11)",
    severity: Severity::Error,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM scratch\nCOPY app /app\nUSER 1000\nCMD /app\n",
            "FROM scratch\nCOPY app /app\nUSER 1000\nCMD [\"/app\"]\n",
        ),
        Example::new(
            "FROM gcr.io/distroless/nodejs24-debian13\nCOPY a.js /\nRUN chmod +x /a.js\nCMD [\"/a.js\"]\n",
            "FROM gcr.io/distroless/nodejs24-debian13:debug\nCOPY a.js /\nRUN chmod +x /a.js\nCMD [\"/a.js\"]\n",
        ),
        Example::new(
            "FROM scratch\nCOPY app /app\nHEALTHCHECK CMD /app ping\nCMD [\"/app\"]\n",
            // A whole system is unpacked, which has one.
            "FROM scratch\nADD rootfs.tar.xz /\nRUN a\nCMD a\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let stages = without(subject);
    for (index, instruction, stage) in subject.instructions() {
        let Some(stage) = stage.filter(|stage| subject.is_needed(*stage)) else { continue };
        if !stages.contains(&stage) {
            continue;
        }
        let is_final = subject.is_final(stage);
        let keyword = instruction.keyword.text.to_ascii_uppercase();
        let runs = subject.runs();
        let run = runs.binary_search_by_key(&index, |run| run.index).ok();
        let is_run = run.and_then(|at| runs.get(at)).is_some_and(|run| {
            !run.is_exec
                && !run
                    .mounts
                    .iter()
                    .any(|mount| mount.kind == MountKind::Bind && is_system(&mount.target))
        });
        let (happens, instead) = match &instruction.kind {
            InstructionKind::Run(_) if is_run => (
                "the build stops here",
                "do it in a stage that has a shell, and copy what it makes",
            ),
            InstructionKind::Cmd(Command::Shell(_))
            | InstructionKind::Entrypoint(Command::Shell(_))
                if is_final =>
            {
                ("the container does not start", "write a JSON array")
            }
            InstructionKind::Healthcheck(Some(Command::Shell(_))) if is_final => {
                ("the check always fails", "write a JSON array")
            }
            _ => continue,
        };
        let message = format!(
            "`/bin/sh -c` runs this {keyword}, and the image has no shell: {happens}; {instead}."
        );
        let fix = exec_form::about(subject, instruction, stage).and_then(|it| it.fix);
        findings.push(Finding::new(instruction.span, message).mended_by(fix));
    }
    findings
}

/// The stages that have no shell.
pub(super) fn without(subject: &Subject<'_>) -> BTreeSet<StageIndex> {
    (0..subject.plan.graph.stages.len()).filter(|stage| is_without(subject, *stage)).collect()
}

/// Whether a stage has no shell: nothing of it, or an image of distroless without BusyBox, to which
/// nothing is added that may be one.
pub(super) fn is_without(subject: &Subject<'_>, stage: StageIndex) -> bool {
    let is_bare = match origin(subject, stage) {
        Origin::Scratch => true,
        Origin::Image(reference, _) => {
            reference.starts_with("gcr.io/distroless/") && !reference.contains("debug")
        }
        Origin::Unknown => false,
    };
    is_bare && chain(subject, stage).iter().all(|stage| brings_none(subject, *stage))
}

/// Whether no instruction of a stage brings a shell, as far as names tell: a copied folder, an archive
/// or a file that is called so may.
fn brings_none(subject: &Subject<'_>, stage: StageIndex) -> bool {
    let called: Vec<&str> = subject
        .instructions_of(stage)
        .filter(|(_, it)| !matches!(it.kind, InstructionKind::Copy(_) | InstructionKind::Add(_)))
        .map(|(_, it)| it.text.as_str())
        .collect();
    subject.instructions_of(stage).all(|(index, it)| {
        let Some(StepKind::Copy(copy)) = subject.step(index).map(|step| &step.kind) else {
            return !matches!(it.kind, InstructionKind::Shell(_));
        };
        let is_archive = |it: &str| {
            [".tar", ".gz", ".xz", ".tgz", ".bz2", ".zst"].iter().any(|end| it.ends_with(end))
        };
        !copy.sources.iter().any(|source| {
            let name = source.rsplit('/').next().unwrap_or_default();
            // A name with an ending is that of a file, and so is one that a line calls.
            let may_be_folder = name.ends_with('*')
                || !name.contains('.')
                    && (name.is_empty() || !called.iter().any(|text| text.contains(name)))
                || matches!(name, "." | "..");
            matches!(name, "sh" | "bash" | "busybox" | "dash" | "ash" | "toybox")
                || is_archive(source)
                || is_system(&copy.destination) && may_be_folder
        })
    })
}

/// Whether programs lie below a folder.
fn is_system(folder: &str) -> bool {
    matches!(folder.trim_end_matches('/'), "" | "/bin" | "/usr" | "/usr/bin" | "/sbin")
}
