//! A base on Debian where its variant on Alpine would do.

use super::bases::{OnMusl, WrittenBase, on_musl};
use super::split_stages::is_self_contained;
use super::{Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::InstructionKind::{Cmd, Entrypoint};
use crate::packages::modules::Ecosystem;
use crate::plan::{CopySource, StepKind};

pub(super) static RULE: Rule = Rule {
    id: "alpine-base",
    title: "Try the Alpine variant of the base image",
    aliases: &[],
    why: "Alpine's base is a tenth of Debian's, since it has musl for a C library and BusyBox for \
          a shell and its tools. Programs that were compiled for glibc do not start there, so it \
          comes after the slim variant and wants a test.",
    source: "https://github.com/docker-library/docs/blob/master/node/variant-alpine.md (2026-11)",
    severity: Severity::Advice,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"server.js\"]\n",
            "FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"server.js\"]\n",
        ),
        Example::new(
            "# escape=`\nfrom eclipse-temurin:21-jre-noble as run\ncopy app.jar /\ncmd [\"java\", \"-jar\", \"/app.jar\"]\n",
            "# escape=`\nfrom eclipse-temurin:21-jre-alpine as run\ncopy app.jar /\ncmd [\"java\", \"-jar\", \"/app.jar\"]\n",
        ),
    ],
    check,
};

/// Programs of Debian's images that Alpine's lack, or that take other flags there.
const DEBIAN_PROGRAMS: [&str; 12] = [
    "bash",
    "useradd",
    "groupadd",
    "usermod",
    "adduser",
    "addgroup",
    "locale-gen",
    "a2enmod",
    "service",
    "update-alternatives",
    "ldconfig",
    "dpkg-reconfigure",
];

const RISKS: [&str; 3] = [
    "Alpine uses musl in place of glibc: programs and native modules that were compiled for glibc do not start, and some take longer or resolve names differently.",
    "Its shell is BusyBox's: there is no bash, and scripts that start with `#!/bin/bash` fail.",
    "Time zones and certificates beyond the base's own are packages to add (tzdata, ca-certificates).",
];

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((_, base)) = WrittenBase::of_final(subject) else { return Vec::new() };
    let Some(tag) = base.alpine_tag() else { return Vec::new() };
    let Some(smaller) = base.smaller(subject, &tag) else { return Vec::new() };
    if needs_debian(subject) {
        return Vec::new();
    }
    let ecosystem = match base.repository.as_str() {
        "node" => Some(Ecosystem::Npm),
        "python" => Some(Ecosystem::Pypi),
        _ => None,
    };
    let known = ecosystem.map_or(OnMusl::Ready, |ecosystem| on_musl(subject, ecosystem));
    let is_python = ecosystem == Some(Ecosystem::Pypi);
    let confidence = match known {
        OnMusl::Compiled(_) => return Vec::new(),
        // Wheels for musl are too seldom to recommend it unseen.
        OnMusl::Unknown if is_python => return Vec::new(),
        OnMusl::Unknown => Confidence::Possible,
        OnMusl::Ready => Confidence::Likely,
    };
    let message = format!(
        "{} stands on Debian; {} does the same on Alpine. Test it: programs and modules that were compiled for glibc do not start there.",
        base.word.text, smaller.reference
    );
    let fix = Fix::with_risks(
        format!("Start from {}", smaller.reference),
        vec![edits::replace(base.word.span, smaller.reference)],
        RISKS,
    );
    vec![Finding::new(base.word.span, message).unsure(confidence).mended_by(fix)]
}

/// Whether the final image is made with what only Debian has, or takes compiled files of it.
fn needs_debian(subject: &Subject<'_>) -> bool {
    let mut runs = subject.runs().iter().filter(|run| subject.is_final(run.stage));
    let uses_debian = runs.any(|run| {
        run.state.shell.first().is_some_and(|shell| shell.ends_with("bash"))
            || run.commands.iter().any(|command| {
                let manager = command.action.as_ref().and_then(|action| action.manager);
                DEBIAN_PROGRAMS.contains(&command.line.program_name())
                    || manager.is_some_and(|manager| manager.id == "apt")
            })
    });
    uses_debian || starts_bash(subject) || takes_compiled(subject) || is_made_for_glibc(subject)
}

/// Whether a program of .NET is published with the runtime for glibc: `linux-x64`, where musl is
/// `linux-musl-x64`.
fn is_made_for_glibc(subject: &Subject<'_>) -> bool {
    let mut commands = subject.runs().iter().flat_map(|run| &run.commands);
    commands.any(|command| {
        let is_published = command.line.words().next() == Some("publish");
        is_published
            && is_self_contained(command)
            && command.line.words().all(|word| !word.contains("linux-musl"))
    })
}

fn starts_bash(subject: &Subject<'_>) -> bool {
    let is_start = |kind: &_| matches!(kind, Cmd(_) | Entrypoint(_));
    let mut all = subject.instructions();
    all.any(|(_, instruction, stage)| {
        stage.is_some_and(|stage| subject.is_final(stage))
            && is_start(&instruction.kind)
            && instruction.text.contains("bash")
    })
}

/// Whether packages with compiled code may come from a stage on another C library.
fn takes_compiled(subject: &Subject<'_>) -> bool {
    let stages = &subject.plan.graph.stages;
    let of_final = subject.final_chain().iter().filter_map(|stage| stages.get(*stage));
    let mut steps = of_final.flat_map(|stage| &stage.steps);
    steps.any(|step| {
        let StepKind::Copy(copy) = &step.kind else { return false };
        let CopySource::Stage(from) = copy.from else { return false };
        let image = subject.report.stages.get(from).and_then(|stage| stage.base.image.as_ref());
        let is_alpine = image.is_some_and(|image| image.distribution.starts_with("alpine"));
        let holds_packages = |source: &String| {
            ["node_modules", "venv", "site-packages", "/usr/local", "/bin/", "/opt"]
                .iter()
                .any(|name| source.contains(name))
        };
        !is_alpine && copy.sources.iter().any(holds_packages)
    })
}
