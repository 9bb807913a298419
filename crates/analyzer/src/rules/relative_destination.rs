//! Set WORKDIR before copying to a relative path.

use super::origin::{Origin, origin};
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::InstructionKind;
use crate::plan::{StageIndex, StepKind};

pub(super) static RULE: Rule = Rule {
    id: "relative-destination",
    title: "Set WORKDIR before copying to a relative path",
    aliases: &["DL3045"],
    why: "Without WORKDIR a relative destination lies at the root of the image, among the folders of the system. Nothing is said where the base sets a working directory or is not known.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3045.hs",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM debian:12\nCOPY package.json app/\n",
            "FROM debian:12\nCOPY package.json /app/\n",
        ),
        Example::new("FROM debian:12\nCOPY . .\n", "FROM debian:12\nCOPY . /\n"),
        Example::new("FROM debian:12\nCOPY a b c/\n", "FROM debian:12\nCOPY a b /c/\n"),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, instruction, stage) in subject.instructions() {
        let (InstructionKind::Copy(arguments) | InstructionKind::Add(arguments)) =
            &instruction.kind
        else {
            continue;
        };
        let (Some(stage), Some(step)) = (stage, subject.step(index)) else { continue };
        let StepKind::Copy(copy) = &step.kind else { continue };
        let word = &arguments.destination;
        let is_known = !matches!(origin(subject, stage), Origin::Unknown | Origin::Image(_, None));
        let is_relative =
            !word.text.starts_with(['/', '$', '"', '\\']) && word.text.get(1..2) != Some(":");
        if !is_relative
            || !is_known
            || *step.state.working_directory != *"/"
            || has_workdir(subject, stage, index)
        {
            continue;
        }
        let is_plain = word.span.slice(subject.text()) == word.text && !word.text.contains('$');
        let edit = || edits::replace(word.span, copy.destination.clone());
        let fix = is_plain.then(|| Fix::safe("Write the whole path", vec![edit()]));
        let message = format!(
            "No WORKDIR is set, so `{}` is `{}`: write `WORKDIR /app` above, or the whole path.",
            word.text, copy.destination
        );
        findings.push(Finding::new(word.span, message).mended_by(fix));
    }
    findings
}

/// Whether a WORKDIR stands above an instruction in the stages it builds on: then `/` is meant.
fn has_workdir(subject: &Subject<'_>, stage: StageIndex, before: usize) -> bool {
    subject.inherited(stage).workdir.is_some_and(|index| index < before)
}
