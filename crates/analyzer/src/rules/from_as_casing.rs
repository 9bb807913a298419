//! Write FROM and AS in the same case.

use super::origin::bases;
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::{Instruction, InstructionKind, Places};

pub(super) static RULE: Rule = Rule {
    id: "from-as-casing",
    title: "Write FROM and AS in the same case",
    aliases: &["FromAsCasing"],
    why: "Mixed case in one line makes it harder to read. A build does not mind.",
    source: "https://docs.docker.com/reference/build-checks/from-as-casing/ (2026-11)",
    severity: Severity::Style,
    concern: Concern::Style,
    examples: &[
        Example::new("FROM debian:12 as build\nRUN make\n", "FROM debian:12 AS build\nRUN make\n"),
        Example::new("from debian:12 AS build\nrun make\n", "from debian:12 as build\nrun make\n"),
        Example::new("FROM debian:12 \\\n  As build\n", "FROM debian:12 \\\n  AS build\n"),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    bases(subject).filter_map(|(_, from)| about(subject, from)).collect()
}

fn about(subject: &Subject<'_>, from: &Instruction) -> Option<Finding> {
    let InstructionKind::From { name: Some(name), .. } = &from.kind else { return None };
    let keyword = &from.keyword.text;
    let is_lower = keyword.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_upper = keyword.bytes().all(|byte| byte.is_ascii_uppercase());
    let wanted = if is_lower { "as" } else { "AS" };
    // The word before the name; what follows the name is an error.
    let before = from.text.strip_suffix(name.text.as_str())?.trim_end();
    let start = before.len().checked_sub(wanted.len())?;
    let word = before.get(start..)?;
    if !(is_lower || is_upper) || !word.eq_ignore_ascii_case("as") || word == wanted {
        return None;
    }
    let span = Places::of(subject.text(), subject.dockerfile, from).span(start..before.len());
    let message = format!("`{word}` and `{keyword}` differ in case: write `{wanted}`.");
    let fix = Fix::safe("Write AS as FROM is written", vec![edits::replace(span, wanted)]);
    Some(Finding::new(span, message).mended_by(fix))
}
