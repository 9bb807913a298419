//! Leave the platform of a stage to the build.

use super::origin::bases;
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::{Flag, Instruction, InstructionKind};
use crate::images::Platform;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "platform-flag",
    title: "Leave the platform of a stage to the build",
    aliases: &["FromPlatformFlagConstDisallowed", "DL3029", "RedundantTargetPlatform", "DL3065"],
    why: "A platform that is written down makes an image for that platform alone, whoever builds. `$TARGETPLATFORM` says what holds anyway; `$BUILDPLATFORM` is for stages that only build. A stage whose name has the platform in it means it.",
    source: "https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new("FROM --platform=linux/amd64 node:22\nRUN a\n", "FROM node:22\nRUN a\n"),
        Example::new("FROM --platform=$TARGETPLATFORM node:22\nRUN a\n", "FROM node:22\nRUN a\n"),
        Example::new("from  --platform=${TARGETPLATFORM}  node:22 as a\n", "from  node:22 as a\n"),
        Example::new("FROM --platform=windows/amd64 node:22 AS x\n", "FROM node:22 AS x\n"),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let all = bases(subject).filter_map(|(_, from)| {
        let flag = from.flags.iter().find(|flag| flag.name == "platform")?;
        about(subject, from, flag)
    });
    all.collect()
}

fn about(subject: &Subject<'_>, from: &Instruction, flag: &Flag) -> Option<Finding> {
    let InstructionKind::From { image, name } = &from.kind else { return None };
    let value = flag.value.as_deref().filter(|value| !value.is_empty())?;
    let between = Span::new(flag.span.end, image.span.start).slice(subject.text());
    let is_plain = from.flags.len() == 1 && between.trim().is_empty();
    let edit = || edits::remove(Span::new(flag.span.start, image.span.start));
    if matches!(value, "$TARGETPLATFORM" | "${TARGETPLATFORM}") {
        let message =
            format!("`{value}` is what every stage is built for: leave `--platform` out.");
        let fix = is_plain.then(|| Fix::safe("Remove --platform", vec![edit()]));
        let finding = Finding::new(flag.span, message).mended_by(fix);
        return Some(finding.known_as_both("RedundantTargetPlatform", "DL3065"));
    }
    let platform = Platform::parse(value).ok().filter(|_| !value.contains('$'))?;
    let name = name.as_ref().map(|name| name.text.to_ascii_lowercase()).unwrap_or_default();
    if name.contains(&platform.os) || name.contains(&platform.architecture) {
        return None;
    }
    let message = format!(
        "This stage is built for {value} whatever the build is for: leave `--platform` out, or write `$BUILDPLATFORM` where it only builds."
    );
    let risk =
        format!("The stage is no longer for {value} where the build is for another platform.");
    let fix = is_plain.then(|| Fix::with_risks("Remove --platform", vec![edit()], [risk]));
    let finding = Finding::new(flag.span, message).mended_by(fix);
    Some(finding.known_as_both("FromPlatformFlagConstDisallowed", "DL3029"))
}
