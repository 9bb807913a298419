//! Declare the arguments of FROM above the first FROM.

use super::origin::bases;
use super::{Concern, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::{InstructionKind, nearest};
use crate::plan::variables_read;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "undefined-arg-in-from",
    title: "Declare the arguments of FROM above the first FROM",
    aliases: &["UndefinedArgInFrom"],
    why: "FROM sees only arguments that ARG declares above the first FROM, and those that BuildKit sets. Any other name is empty there.",
    source: "https://docs.docker.com/reference/build-checks/undefined-arg-in-from/ (2026-11)",
    severity: Severity::Error,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "ARG VERSION=22\nFROM node:${VERSIN:-20}\n",
            "ARG VERSION=22\nFROM node:${VERSION:-20}\n",
        ),
        Example::new(
            "FROM --platform=$BUILDPLATFORM node:22$TAG\n",
            "ARG TAG\nFROM --platform=$BUILDPLATFORM node:22$TAG\n",
        ),
    ],
    check,
};

/// What BuildKit sets itself.
const AUTOMATIC: &[&str] = &[
    "BUILDPLATFORM",
    "BUILDOS",
    "BUILDOSVERSION",
    "BUILDARCH",
    "BUILDVARIANT",
    "TARGETPLATFORM",
    "TARGETOS",
    "TARGETOSVERSION",
    "TARGETARCH",
    "TARGETVARIANT",
    "TARGETSTAGE",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut known: Vec<&str> = AUTOMATIC.to_vec();
    for (_, instruction, stage) in subject.instructions() {
        if let (InstructionKind::Arg(declared), None) = (&instruction.kind, stage) {
            known.extend(declared.iter().map(|it| it.name.text.as_str()));
        }
    }
    let escape = Some(subject.dockerfile.escape());
    let mut findings = Vec::new();
    for (_, from) in bases(subject) {
        let InstructionKind::From { image, .. } = &from.kind else { continue };
        let platform = from.flags.iter().find(|flag| flag.name == "platform");
        let platform = platform.and_then(|flag| Some((flag.value.as_deref()?, flag.span)));
        for (text, span) in [(image.text.as_str(), image.span)].into_iter().chain(platform) {
            let mut names = variables_read(text, escape, &|name| known.contains(&name));
            names.retain(|name| !known.contains(&name.as_str()));
            names.dedup();
            findings.extend(names.iter().map(|name| about(name, &known, span)));
        }
    }
    findings
}

fn about(name: &str, known: &[&str], span: Span) -> Finding {
    let instead = match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write `ARG {name}=…` above the first FROM."),
    };
    Finding::new(
        span,
        format!("No ARG above the first FROM declares `{name}`, so it is empty here; {instead}"),
    )
}
