//! Build arguments that nothing reads.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::{ArgumentDeclaration, InstructionKind};
use crate::plan::StageIndex;

pub(super) static RULE: Rule = Rule {
    id: "unread-argument",
    title: "Declare build arguments only where something reads them",
    aliases: &[],
    why: "An argument above the first FROM reaches only FROM lines; a stage sees it where it declares \
          it again. One that nothing reads changes nothing of the build, and whoever passes it \
          believes that it does.",
    source: "https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact (2026-11)",
    severity: Severity::Advice,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "ARG TAG=12\nARG VERSION=1.0\nFROM debian:${TAG}\nRUN echo $VERSION\n",
            "ARG TAG=12\nFROM debian:${TAG}\nRUN echo $VERSION\n",
        ),
        Example::new(
            "FROM debian:12\nRUN make\narg OWNER=root\nCOPY app /app\n",
            "FROM debian:12\nRUN make\nCOPY app /app\n",
        ),
        // A program may read it from its environment.
        Example::new(
            "ARG NODE_ENV\nFROM node:22\nARG OTHER\nRUN npm ci\n",
            "FROM node:22\nARG OTHER\nRUN npm ci\n",
        ),
        Example::new(
            "ARG BUILDKIT_SYNTAX\nARG A=b\nFROM debian:12\nARG HTTP_PROXY\n",
            "ARG BUILDKIT_SYNTAX\nFROM debian:12\nARG HTTP_PROXY\n",
        ),
    ],
    check,
};

/// Arguments that the builder itself reads
/// (<https://docs.docker.com/reference/dockerfile/#predefined-args>, 2026-11).
fn is_of_builder(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    name.ends_with("_PROXY")
        || name.starts_with("BUILDKIT_")
        || name.starts_with("TARGET")
        || name.starts_with("BUILD") && !name.starts_with("BUILD_")
        || name == "SOURCE_DATE_EPOCH"
}

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, instruction, stage) in subject.instructions() {
        let InstructionKind::Arg(declarations) = &instruction.kind else { continue };
        for declared in declarations {
            let name = declared.name.text.as_str();
            if is_of_builder(name) || is_read(subject, index, stage, name, declarations) {
                continue;
            }
            let message = match stage {
                None => format!(
                    "No FROM reads {name}, and no stage declares it; remove it, or write `ARG {name}` in the stage that is to see it."
                ),
                Some(_) => format!("Nothing below reads {name}; remove it."),
            };
            let fix = (declarations.len() == 1).then(|| {
                let edit = edits::remove_instruction(subject, instruction);
                Fix::safe(format!("Remove {name}"), vec![edit])
            });
            findings.push(Finding::new(declared.name.span, message).mended_by(fix));
        }
    }
    findings
}

/// Whether something below reads an argument, or may: a `RUN` has it in its environment.
fn is_read(
    subject: &Subject<'_>,
    index: usize,
    stage: Option<StageIndex>,
    name: &str,
    beside: &[ArgumentDeclaration],
) -> bool {
    let in_default = |it: &ArgumentDeclaration| {
        it.default.as_ref().is_some_and(|it| subject.reads_variable(it.span, name))
    };
    beside.iter().any(in_default)
        || subject.instructions().skip(index + 1).any(|(_, later, place)| {
            // A trigger runs elsewhere, and stages below may start from this one.
            let kind = match &later.kind {
                InstructionKind::Onbuild(trigger) => &trigger.kind,
                kind => kind,
            };
            let is_declared = |list: &[ArgumentDeclaration]| list.iter().any(|it| it.name.text == name);
            let is_inside = stage.is_some() && place.is_some();
            let sees = stage.is_some() || place.is_none() || matches!(kind, InstructionKind::From { .. });
            sees && subject.reads_variable(later.span, name)
                || matches!(kind, InstructionKind::Run(_)) && is_inside
                || matches!(kind, InstructionKind::Arg(list) if stage.is_none() && is_declared(list))
        })
}
