//! Begin the comment above a stage or an argument with its name.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::{Instruction, InstructionKind};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "definition-description",
    title: "Begin the comment above a stage or an argument with its name",
    aliases: &["InvalidDefinitionDescription"],
    why: "`docker build --call=outline` shows the comment right above an ARG or a named stage as its description where it begins with that name. BuildKit checks it only where `# check=experimental=…` asks for it, and so does this rule.",
    source: "https://docs.docker.com/reference/build-checks/invalid-definition-description/ (2026-11)",
    severity: Severity::Style,
    concern: Concern::Style,
    examples: &[
        Example::new(
            "# check=experimental=all\n\n# the version\nARG VERSION=1\nFROM debian:12\n",
            "# check=experimental=all\n\n# the version\n\nARG VERSION=1\nFROM debian:12\n",
        ),
        Example::new(
            "# check=experimental=InvalidDefinitionDescription\r\n\r\n# Base image\r\nFROM debian:12 AS base\r\n",
            "# check=experimental=InvalidDefinitionDescription\r\n\r\n# Base image\r\n\r\nFROM debian:12 AS base\r\n",
        ),
        Example::new(
            "#check=experimental=all\n\nARG A\n# about b\nARG B\nFROM debian:12\n",
            "#check=experimental=all\n\nARG A\n# about b\n\nARG B\nFROM debian:12\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let options = subject.dockerfile.directive("check").unwrap_or_default().split(';');
    let mut asked = options.filter_map(|option| option.split_once('='));
    let is_asked = asked.any(|(name, names)| {
        let mut names = names.split(',').map(str::trim);
        let is_meant = |name: &str| {
            ["all", "InvalidDefinitionDescription"].iter().any(|own| own.eq_ignore_ascii_case(name))
        };
        name.trim() == "experimental" && names.any(is_meant)
    });
    if !is_asked {
        return Vec::new();
    }
    subject.instructions().filter_map(|(_, own, _)| about(subject, own)).collect()
}

fn about(subject: &Subject<'_>, instruction: &Instruction) -> Option<Finding> {
    let names: Vec<String> = match &instruction.kind {
        InstructionKind::From { name: Some(name), .. } => vec![name.text.to_ascii_lowercase()],
        InstructionKind::Arg(declared) => declared.iter().map(|it| it.name.text.clone()).collect(),
        _ => return None,
    };
    let text = subject.text();
    let mut comments = subject.dockerfile.comments.iter().rev();
    let comment = comments.find(|comment| comment.end <= instruction.span.start)?;
    let between = Span::new(comment.end, instruction.span.start).slice(text);
    let said = comment.slice(text).trim().trim_start_matches('#').trim();
    let first = said.split(' ').next().unwrap_or_default();
    let is_above = between.trim().is_empty() && between.matches('\n').count() == 1;
    if !is_above || said.is_empty() || names.iter().any(|name| name == first) {
        return None;
    }
    let name = names.first()?;
    let message = format!(
        "The comment does not describe `{name}`: begin it with `# {name}`, or leave an empty line below it."
    );
    let fix = Fix::safe(
        "Part the comment by an empty line",
        vec![edits::insert(instruction.span.start, subject.line_end())],
    );
    Some(Finding::new(*comment, message).mended_by(fix))
}
