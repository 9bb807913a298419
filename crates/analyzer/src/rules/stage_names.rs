//! Give every stage a name of its own.

use super::{Concern, Example, Finding, Rule, Severity, Subject};
use std::collections::HashMap;

use super::origin::bases;
use crate::dockerfile::InstructionKind;

pub(super) static RULE: Rule = Rule {
    id: "stage-name-taken",
    title: "Give every stage a name of its own",
    aliases: &["DuplicateStageName", "DL3024", "ReservedStageName", "DL3063"],
    why: "Of two stages with one name only the last is found by it. `scratch` and `context` mean something else: the empty image, and the files that are sent.",
    source: "https://docs.docker.com/reference/build-checks/duplicate-stage-name/ (2026-11)",
    severity: Severity::Error,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM debian:12 AS a\nFROM debian:12 AS A\nRUN b\n",
            "FROM debian:12 AS a\nFROM debian:12 AS b\nRUN b\n",
        ),
        Example::new("FROM debian:12 AS scratch\nRUN b\n", "FROM scratch AS empty\nCOPY a /\n"),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut findings = Vec::new();
    for (stage, from) in bases(subject) {
        let InstructionKind::From { name: Some(name), .. } = &from.kind else { continue };
        let lower = name.text.to_ascii_lowercase();
        if lower == "scratch" || lower == "context" {
            let message = format!("`{lower}` is a reserved name: call the stage something else.");
            let finding = Finding::new(name.span, message);
            findings.push(finding.known_as_both("ReservedStageName", "DL3063"));
        }
        if let Some(first) = seen.insert(lower, stage) {
            let index = subject.plan.graph.stages.get(first).map_or(0, |it| it.from_instruction);
            let message = format!(
                "The stage of line {} is called `{}` too, and this one hides it from all lines below: rename one of them.",
                subject.line_of(index),
                name.text
            );
            let finding = Finding::new(name.span, message);
            findings.push(finding.known_as_both("DuplicateStageName", "DL3024"));
        }
    }
    findings
}
