//! Name the version of a base image.

use super::origin::bases;
use super::{Concern, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::InstructionKind;
use crate::images::ImageReference;
use crate::plan::Base;

pub(super) static RULE: Rule = Rule {
    id: "floating-base",
    title: "Name the version of a base image",
    aliases: &["DL3006", "DL3007"],
    why: "Without a tag, or with `latest`, the next build may start from another major version. A version in the tag makes a build say what it is built on.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3006.hs",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new("FROM node\nRUN a\n", "FROM node:22\nRUN a\n"),
        Example::new(
            "FROM debian:latest AS a\nFROM a\n",
            "ARG TAG=latest\nFROM debian:$TAG AS a\nFROM a\nFROM scratch\nFROM node@sha256:0123456789012345678901234567890123456789012345678901234567890123\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (stage, from) in bases(subject) {
        let InstructionKind::From { image, .. } = &from.kind else { continue };
        let base = subject.plan.graph.stages.get(stage).map(|stage| &stage.base);
        let Some(Base::Image { reference, .. }) = base else { continue };
        let Ok(parsed) = ImageReference::parse(reference) else { continue };
        if image.text.contains('$') || parsed.digest.is_some() {
            continue;
        }
        let (alias, what) = match parsed.tag.as_deref() {
            None => ("DL3006", "no tag, which means `latest`"),
            Some("latest") => ("DL3007", "the tag `latest`"),
            Some(_) => continue,
        };
        let message = format!(
            "`{}` has {what}: write the version that you build with behind `{}:`.",
            image.text,
            image.text.trim_end_matches(":latest")
        );
        findings.push(Finding::new(image.span, message).known_as(alias));
    }
    findings
}
