//! Write CMD, ENTRYPOINT and HEALTHCHECK once a stage.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use std::collections::HashMap;

use crate::dockerfile::InstructionKind;
use crate::plan::StageIndex;

pub(super) static RULE: Rule = Rule {
    id: "only-last-counts",
    title: "Write CMD, ENTRYPOINT and HEALTHCHECK once a stage",
    aliases: &["MultipleInstructionsDisallowed", "DL4003", "DL4004", "DL3012"],
    why: "Only the last of them in a stage has an effect. The others mislead those who read the file.",
    source: "https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new("FROM debian:12\nCMD [\"a\"]\nCMD [\"b\"]\n", "FROM debian:12\nCMD [\"b\"]\n"),
        Example::new(
            "FROM debian:12\r\n# why\r\nentrypoint [\"a\"]\r\nentrypoint [\"b\"]",
            "FROM debian:12\r\n# why\r\nentrypoint [\"b\"]",
        ),
        Example::new(
            "FROM debian:12\nHEALTHCHECK CMD [\"a\"]\nHEALTHCHECK NONE\n",
            "FROM debian:12\nHEALTHCHECK NONE\n",
        ),
        Example::new(
            "FROM debian:12 AS a\nCMD [\"a\"]\nCMD [\"b\"]\nFROM a\nCMD [\"c\"]\n",
            "FROM debian:12 AS a\nCMD [\"b\"]\nFROM a\nCMD [\"c\"]\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut last: HashMap<(StageIndex, &str), usize> = HashMap::new();
    let mut findings = Vec::new();
    for (index, instruction, stage) in subject.instructions() {
        let (keyword, alias) = match instruction.kind {
            InstructionKind::Cmd(_) => ("CMD", "DL4003"),
            InstructionKind::Entrypoint(_) => ("ENTRYPOINT", "DL4004"),
            InstructionKind::Healthcheck(_) => ("HEALTHCHECK", "DL3012"),
            _ => continue,
        };
        let Some(stage) = stage else { continue };
        let earlier = last.insert((stage, keyword), index);
        let earlier = earlier.and_then(|index| subject.dockerfile.instructions.get(index));
        let Some(earlier) = earlier else { continue };
        let message = format!(
            "This {keyword} has no effect: the one of line {} takes its place. Remove it.",
            subject.line_of(index)
        );
        let edit = edits::remove_instruction(subject, earlier);
        let fix = Fix::safe(format!("Remove the {keyword} without effect"), vec![edit]);
        let finding = Finding::new(earlier.span, message).mended_by(fix);
        findings.push(finding.known_as_both("MultipleInstructionsDisallowed", alias));
    }
    findings
}
