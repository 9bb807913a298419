//! Copy only what the ignore file leaves.

use super::{Concern, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::InstructionKind;
use crate::dockerignore::{Dockerignore, Walk};
use crate::plan::{CopySource, SourceForm, StepKind, paths};

pub(super) static RULE: Rule = Rule {
    id: "copy-ignored-file",
    title: "Copy only what the ignore file leaves",
    aliases: &["CopyIgnoredFile"],
    why: "What the ignore file leaves out is never sent, so that COPY does not find it and the build fails. Where the file has exceptions (`!`), BuildKit does not check, and neither does this rule.",
    source: "https://docs.docker.com/reference/build-checks/copy-ignored-file/ (2026-11)",
    severity: Severity::Error,
    concern: Concern::Correctness,
    examples: &[
        Example {
            bad: "FROM debian:12\nCOPY dist /app\n",
            good: "FROM debian:12\nCOPY src /app\nCOPY --from=x dist /b\n",
            dockerignore: Some("dist\n"),
            good_dockerignore: Some("dist\n"),
            ..Example::NONE
        },
        Example {
            bad: "FROM debian:12\nADD ./a/b.txt c /app/\n",
            good: "FROM debian:12\nADD ./a/b.txt c /app/\n",
            dockerignore: Some("a\n"),
            good_dockerignore: Some("a\n!a/b.txt\n"),
            ..Example::NONE
        },
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(text) = &subject.input.dockerignore else { return Vec::new() };
    let (ignore, _) = Dockerignore::parse(text);
    if ignore.has_exceptions() {
        return Vec::new();
    }
    let mut walk = Walk::new(&ignore);
    let mut findings = Vec::new();
    for (index, instruction, _) in subject.instructions() {
        let (InstructionKind::Copy(arguments) | InstructionKind::Add(arguments)) =
            &instruction.kind
        else {
            continue;
        };
        let Some(StepKind::Copy(step)) = subject.step(index).map(|step| &step.kind) else {
            continue;
        };
        if step.from != CopySource::Context {
            continue;
        }
        for (word, source) in arguments.sources.iter().zip(&step.sources) {
            let path = paths::clean("/", source);
            let path = path.trim_start_matches('/');
            let is_path = step.form_of(source) == SourceForm::Path && !path.is_empty();
            let decision = is_path.then(|| walk.decide_file(path).ok()).flatten();
            let Some(decision) = decision.filter(|decision| decision.excluded) else { continue };
            let line =
                decision.pattern.and_then(|at| ignore.patterns.get(at)).map_or(0, |it| it.line);
            let message = format!(
                "Line {line} of the ignore file leaves `{source}` out, so that it cannot be copied: remove that line, or this source."
            );
            findings.push(Finding::new(word.span, message));
        }
    }
    findings
}
