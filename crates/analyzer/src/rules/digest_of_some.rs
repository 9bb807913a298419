//! Pin all bases by digest or none.

use super::origin::bases;
use super::{Concern, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::InstructionKind;
use crate::plan::Base;

pub(super) static RULE: Rule = Rule {
    id: "digest-of-some",
    title: "Pin all bases by digest or none",
    aliases: &[],
    why: "A digest keeps a base from changing below you. Where one base of a file is pinned and another is not, the build changes all the same. A tool that renews digests, such as Renovate or Dependabot, keeps pinned bases patched.",
    source: "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions (2026-11)",
    severity: Severity::Advice,
    concern: Concern::Security,
    examples: &[
        Example::new(
            "FROM node:22@sha256:0123456789012345678901234567890123456789012345678901234567890123 AS a\nFROM debian:12\nCOPY --from=a /b /\n",
            "FROM node:22 AS a\nFROM debian:12\nCOPY --from=a /b /\n",
        ),
        Example::new(
            "FROM node:22@sha256:0123456789012345678901234567890123456789012345678901234567890123 AS a\nFROM a AS b\nFROM debian:12\nCOPY --from=b /b /\n",
            "FROM node:22@sha256:0123456789012345678901234567890123456789012345678901234567890123 AS a\nARG X\nFROM a\nFROM scratch\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let images: Vec<_> = bases(subject)
        .filter_map(|(stage, from)| {
            let stage = subject.plan.graph.stages.get(stage)?;
            match (&stage.base, &from.kind) {
                (Base::Image { reference, .. }, InstructionKind::From { image, .. }) => {
                    Some((reference, image))
                }
                _ => None,
            }
        })
        .collect();
    if !images.iter().any(|(reference, _)| reference.contains("@sha256:")) {
        return Vec::new();
    }
    let loose = images
        .iter()
        .filter(|(reference, image)| !reference.contains('@') && !image.text.contains('$'));
    loose
        .map(|(reference, image)| {
            let message = format!(
                "Another base is pinned by its digest and `{reference}` is not: write `{reference}@sha256:…`, which `docker buildx imagetools inspect {reference}` tells."
            );
            Finding::new(image.span, message)
        })
        .collect()
}
