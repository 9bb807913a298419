//! Take a base for the platform that is built.

use super::origin::bases;
use super::{Concern, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::InstructionKind;
use crate::plan::Base;

pub(super) static RULE: Rule = Rule {
    id: "base-for-other-platform",
    title: "Take a base for the platform that is built",
    aliases: &["InvalidBaseImagePlatform"],
    why: "Docker Hub keeps official images of one platform under its name, as in `arm64v8/alpine`. Built for another platform, such a base is pulled all the same, and its programs fail or run in slow emulation.",
    source: "https://docs.docker.com/reference/build-checks/ and https://github.com/docker-library/official-images#architectures-other-than-amd64 (2026-11)",
    severity: Severity::Error,
    concern: Concern::Correctness,
    examples: &[
        Example::new("FROM arm64v8/alpine:3.22\nRUN a\n", "FROM alpine:3.22\nRUN a\n"),
        Example::new(
            "FROM --platform=linux/arm64 amd64/debian:12 AS arm64\n",
            "FROM --platform=linux/arm64 arm64v8/debian:12 AS arm64\nFROM amd64/debian:12\nRUN a\n",
        ),
    ],
    check,
};

/// The folders of official images of one platform, and its architecture.
const FOLDERS: &[(&str, &str)] = &[
    ("amd64", "amd64"),
    ("arm32v5", "arm"),
    ("arm32v6", "arm"),
    ("arm32v7", "arm"),
    ("arm64v8", "arm64"),
    ("i386", "386"),
    ("mips64le", "mips64le"),
    ("ppc64le", "ppc64le"),
    ("riscv64", "riscv64"),
    ("s390x", "s390x"),
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (stage, from) in bases(subject) {
        let InstructionKind::From { image, .. } = &from.kind else { continue };
        let Some(stage) = subject.plan.graph.stages.get(stage) else { continue };
        let Base::Image { reference, .. } = &stage.base else { continue };
        let folder = reference.split_once('/').map(|(folder, _)| folder);
        let row = FOLDERS.iter().find(|(own, _)| Some(*own) == folder);
        let Some((_, architecture)) = row else { continue };
        if stage.platform.architecture != *architecture {
            let message = format!(
                "`{reference}` is for {architecture}, and this stage is built for {}: leave `{}/` out.",
                stage.platform.architecture,
                folder.unwrap_or_default()
            );
            findings.push(Finding::new(image.span, message));
        }
    }
    findings
}
