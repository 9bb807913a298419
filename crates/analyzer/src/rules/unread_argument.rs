//! Build arguments that nothing reads.

use std::collections::BTreeMap;

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
    let reads = Reads::of(subject);
    for (index, instruction, stage) in subject.instructions() {
        let InstructionKind::Arg(declarations) = &instruction.kind else { continue };
        for declared in declarations {
            let name = declared.name.text.as_str();
            let in_default = |it: &ArgumentDeclaration| {
                it.default.as_ref().is_some_and(|it| subject.reads_variable(it.span, name))
            };
            let is_read =
                reads.has_below(index, stage, name) || declarations.iter().any(in_default);
            if is_of_builder(name) || is_read {
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

/// The last places at which something reads a variable, or may.
#[derive(Default)]
struct Reads<'input> {
    /// By name, of any instruction.
    anywhere: BTreeMap<&'input str, usize>,
    /// By name, of a `FROM` and of what stands above all of them.
    above_stages: BTreeMap<&'input str, usize>,
    /// By name, of an `ARG` that declares it.
    declared: BTreeMap<&'input str, usize>,
    /// Of a `RUN`, which has every argument of its stage in its environment.
    run: Option<usize>,
}

impl<'input> Reads<'input> {
    fn of(subject: &Subject<'input>) -> Self {
        let mut reads = Self::default();
        for (index, instruction, stage) in subject.instructions() {
            // A trigger runs elsewhere, and stages below may start from this one.
            let kind = match &instruction.kind {
                InstructionKind::Onbuild(trigger) => &trigger.kind,
                kind => kind,
            };
            let is_above = stage.is_none() || matches!(kind, InstructionKind::From { .. });
            for name in names_read(instruction.span.slice(subject.text())) {
                reads.anywhere.insert(name, index);
                if is_above {
                    reads.above_stages.insert(name, index);
                }
            }
            match kind {
                InstructionKind::Run(_) if stage.is_some() => reads.run = Some(index),
                InstructionKind::Arg(list) => {
                    reads.declared.extend(list.iter().map(|it| (it.name.text.as_str(), index)));
                }
                _ => {}
            }
        }
        reads
    }

    /// Whether something below an argument reads it, or may.
    fn has_below(&self, index: usize, stage: Option<StageIndex>, name: &str) -> bool {
        let is_below = |place: Option<&usize>| place.is_some_and(|place| *place > index);
        match stage {
            Some(_) => is_below(self.anywhere.get(name)) || is_below(self.run.as_ref()),
            None => is_below(self.above_stages.get(name)) || is_below(self.declared.get(name)),
        }
    }
}

/// The names that a text reads: `$NAME`, `${NAME…` and `${#NAME…`.
fn names_read(text: &str) -> impl Iterator<Item = &str> {
    text.split('$').skip(1).filter_map(|rest| {
        let inside = rest.strip_prefix('{').map(|rest| rest.strip_prefix('#').unwrap_or(rest));
        let rest = inside.unwrap_or(rest);
        let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
        rest.get(..end.unwrap_or(rest.len())).filter(|name| !name.is_empty())
    })
}
