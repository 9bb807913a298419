//! Leave no empty line inside an instruction.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::Instruction;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "empty-continuation",
    title: "Leave no empty line inside an instruction",
    aliases: &["NoEmptyContinuation"],
    why: "An empty line behind a continued one is skipped today and will be an error in a later release. It also hides that the instruction goes on. A line with `#` alone separates as well.",
    source: "https://docs.docker.com/reference/build-checks/no-empty-continuation/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN make && \\\n\n    make install\n",
            "FROM debian:12\nRUN make && \\\n    make install\n",
        ),
        Example::new(
            "FROM debian:12\r\nRUN a \\\r\n  \r\n # why\r\n\r\n && b\r\n",
            "FROM debian:12\r\nRUN a \\\r\n # why\r\n && b\r\n",
        ),
        Example::new(
            "FROM debian:12\nRUN a \\\n\n <<EOF\n\nb\nEOF\n",
            "FROM debian:12\nRUN a \\\n <<EOF\n\nb\nEOF\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    subject.instructions().filter_map(|(_, own, _)| about(subject, own)).collect()
}

/// BuildKit warns once an instruction; bodies of heredocs are not looked at.
fn about(subject: &Subject<'_>, instruction: &Instruction) -> Option<Finding> {
    let bodies = instruction.heredocs.iter().map(|heredoc| heredoc.span.start).min();
    let span = Span::new(instruction.span.start, bodies.unwrap_or(instruction.span.end));
    let text = span.slice(subject.text()).trim_end_matches(['\n', '\r']);
    let mut at = span.start;
    let mut empty = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() && at > span.start {
            empty.push(Span::new(at, at + line.len()));
        }
        at += line.len();
    }
    let first = *empty.first()?;
    let edits = empty.into_iter().map(edits::remove).collect();
    let fix = Fix::safe("Remove the empty lines", edits);
    let keyword = instruction.keyword.text.to_ascii_uppercase();
    let message = format!(
        "An empty line stands inside this {keyword}, which a later release of BuildKit refuses: remove it, or write `#` there."
    );
    Some(Finding::new(first, message).mended_by(fix))
}
