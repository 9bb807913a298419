//! A stage that nothing of the image needs.

use std::collections::BTreeSet;

use super::{Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::InstructionKind;
use crate::plan::{Base, EdgeSource, Stage, StageIndex};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "unused-stage",
    title: "Remove stages that nothing needs",
    aliases: &[],
    why: "BuildKit skips a stage that the image does not need. The older builder builds it and pulls \
          its base all the same, and readers take it for a part of the image. Where a COPY --from \
          was meant, the image lacks what it should have.",
    source: "https://docs.docker.com/build/building/multi-stage/#differences-between-legacy-builder-and-buildkit (2026-11)",
    severity: Severity::Advice,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM node:22 AS assets\nRUN npm ci && npm run build\n\n# The service.\nFROM python:3.12-slim\nCOPY app.py /\n",
            "# The service.\nFROM python:3.12-slim\nCOPY app.py /\n",
        ),
        Example::new(
            "FROM debian:12 AS a\r\nRUN true\r\nFROM debian:12 AS b\r\nRUN true\r\nFROM b\r\nCMD [\"sh\"]\r\n",
            "FROM debian:12 AS b\r\nRUN true\r\nFROM b\r\nCMD [\"sh\"]\r\n",
        ),
    ],
    check,
};

/// Names of stages that people build by `--target`.
const TARGETS: [&str; 24] = [
    "test",
    "tests",
    "testing",
    "unit",
    "e2e",
    "lint",
    "check",
    "checks",
    "ci",
    "dev",
    "develop",
    "development",
    "debug",
    "local",
    "watch",
    "docs",
    "prod",
    "production",
    "release",
    "export",
    "artifact",
    "artifacts",
    "binaries",
    "bench",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let stages = &subject.plan.graph.stages;
    if subject.input.options.target.is_some() || subject.target().is_none() {
        return Vec::new();
    }
    let unused = stages.iter().enumerate().filter(|(index, stage)| {
        !subject.is_needed(*index) && !stage.name.as_deref().is_some_and(is_target)
    });
    let referred = referred_to(subject);
    unused.map(|(index, stage)| describe(subject, index, stage, referred.as_ref())).collect()
}

fn is_target(name: &str) -> bool {
    name.split(['-', '_', '.']).any(|word| TARGETS.contains(&word))
}

fn describe(
    subject: &Subject<'_>,
    index: usize,
    stage: &Stage,
    referred: Option<&BTreeSet<StageIndex>>,
) -> Finding {
    let pulls = match &stage.base {
        Base::Image { reference, .. } => {
            format!(" A builder other than BuildKit pulls {reference} for it.")
        }
        _ => String::new(),
    };
    let name =
        stage.name.as_ref().map_or_else(|| format!("number {index}"), |it| format!("`{it}`"));
    let message = format!(
        "Nothing that the image is made of needs the stage {name}: remove it, or copy from it what was meant.{pulls}"
    );
    let confidence = if stage.name.is_some() { Confidence::Possible } else { Confidence::Likely };
    let from = subject.dockerfile.instructions.get(stage.from_instruction);
    let span = from.map_or(stage.span, |from| from.span);
    let is_free = referred.is_some_and(|referred| !referred.contains(&index));
    let fix = is_free.then(|| {
        let edit = edits::remove(lines_of(subject, stage.span));
        Fix::with_risks(
            format!("Remove the stage {name}"),
            vec![edit],
            ["Whoever builds this stage by `--target` no longer can."],
        )
    });
    Finding::new(span, message).unsure(confidence).mended_by(fix)
}

/// The stages on which others, needed or not, stand; `None` where stages are called by number.
fn referred_to(subject: &Subject<'_>) -> Option<BTreeSet<StageIndex>> {
    let graph = &subject.plan.graph;
    let is_number = |flag: &crate::dockerfile::Flag| {
        flag.name == "from"
            && flag.value.as_deref().is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let instructions = &subject.dockerfile.instructions;
    let by_number = instructions.iter().any(|it| {
        it.flags.iter().any(is_number)
            || matches!(it.kind, InstructionKind::Run(_)) && it.text.contains("from=")
    });
    let stages = graph.edges.iter().filter_map(|edge| match edge.from {
        EdgeSource::Stage(stage) => Some(stage),
        EdgeSource::Image(_) => None,
    });
    (!by_number).then(|| stages.collect())
}

/// A stage with its last line end, and the empty lines behind it.
fn lines_of(subject: &Subject<'_>, span: Span) -> Span {
    let text = subject.text();
    let start = text.get(..span.start).and_then(|it| it.rfind('\n')).map_or(0, |at| at + 1);
    let mut end = span.end;
    for line in text.get(span.end..).unwrap_or_default().split_inclusive('\n') {
        if !line.trim().is_empty() {
            break;
        }
        end += line.len();
    }
    Span::new(start, end)
}
