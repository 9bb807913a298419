//! Give arguments of FROM a default that builds.

use super::origin::bases;
use super::{Concern, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::InstructionKind;
use crate::plan::{Base, BuildOptions, plan};

pub(super) static RULE: Rule = Rule {
    id: "invalid-default-arg",
    title: "Give arguments of FROM a default that builds",
    aliases: &["InvalidDefaultArgInFrom"],
    why: "Who builds without `--build-arg` gets the defaults. Where these make no image reference, such a build fails with a message about the reference and not about the argument.",
    source: "https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/ (2026-11)",
    severity: Severity::Error,
    concern: Concern::Correctness,
    examples: &[
        Example::new("ARG TAG\nFROM node:${TAG}\n", "ARG TAG=22\nFROM node:${TAG}\n"),
        Example::new("ARG IMAGE\nFROM $IMAGE\n", "ARG IMAGE\nFROM ${IMAGE:-node:22}\n"),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let options = BuildOptions { build_arguments: Vec::new(), ..subject.input.options.clone() };
    let is_given = !subject.input.options.build_arguments.is_empty();
    let planned = is_given.then(|| plan(subject.dockerfile, &options).0);
    let graph = planned.as_ref().map_or(&subject.plan.graph, |plan| &plan.graph);
    let mut findings = Vec::new();
    for (stage, from) in bases(subject) {
        let InstructionKind::From { image, .. } = &from.kind else { continue };
        let base = graph.stages.get(stage).map(|stage| &stage.base);
        if !image.text.contains('$') || !matches!(base, Some(Base::Unresolved(_))) {
            continue;
        }
        let message = format!(
            "Without `--build-arg` no image is named by `{0}`: give its ARG a default, as in `ARG NAME=value`, or write one here, as in `${{NAME:-value}}`.",
            image.text
        );
        findings.push(Finding::new(image.span, message));
    }
    findings
}
