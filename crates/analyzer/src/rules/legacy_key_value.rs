//! Write `=` between name and value.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::{InstructionKind, KeyValue};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "legacy-key-value",
    title: "Write `=` between name and value",
    aliases: &["LegacyKeyValueFormat"],
    why: "`ENV name value` takes the whole rest of the line as the value, so that a second pair in it is lost. `ENV name=value` says where a value ends.",
    source: "https://docs.docker.com/reference/build-checks/legacy-key-value-format/ (2026-11)",
    severity: Severity::Style,
    concern: Concern::Style,
    examples: &[
        Example::new("FROM debian:12\nENV LANG C.UTF-8\n", "FROM debian:12\nENV LANG=C.UTF-8\n"),
        Example::new(
            "FROM debian:12\nlabel title   My $NAME app\n",
            "FROM debian:12\nlabel title=\"My $NAME app\"\n",
        ),
        Example::new("FROM debian:12\nENV A \"b c\"\n", "FROM debian:12\nENV A=\"b c\"\n"),
        Example::new("FROM debian:12\nENV A b\tc\n", "FROM debian:12\nENV A=\"b\tc\"\n"),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let text = subject.text();
    let pairs = subject.instructions().filter_map(|(_, instruction, _)| match &instruction.kind {
        InstructionKind::Env(pairs) | InstructionKind::Label(pairs) => {
            Some((instruction, pairs.first()?))
        }
        _ => None,
    });
    let legacy = pairs.filter(|(_, pair)| {
        let between = Span::new(pair.name.span.end, pair.value.span.start);
        !between.slice(text).contains('=')
    });
    legacy
        .map(|(instruction, KeyValue { name, value })| {
            let keyword = instruction.keyword.text.to_ascii_uppercase();
            let message =
                format!("`{keyword} {0} …` is the old form: write `{keyword} {0}=…`.", name.text);
            let between = Span::new(name.span.end, value.span.start);
            let is_one_line =
                value.span.slice(text) == value.text && !between.slice(text).contains('\n');
            let written = quote(&value.text).filter(|_| is_one_line);
            let fix = written.map(|written| {
                let span = Span::new(name.span.end, value.span.end);
                Fix::safe(
                    "Write = between name and value",
                    vec![edits::replace(span, format!("={written}"))],
                )
            });
            Finding::new(Span::new(name.span.start, value.span.end), message).mended_by(fix)
        })
        .collect()
}

/// The value of the old form as one of the new form; `None` where quotes or escapes in it make the
/// two differ.
fn quote(value: &str) -> Option<String> {
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let is_plain = |text: &str| !text.contains(['"', '\'', '\\', '`']);
    match inner {
        Some(inner) if is_plain(inner) => Some(value.to_owned()),
        _ if !is_plain(value) => None,
        _ if value.contains(char::is_whitespace) => Some(format!("\"{value}\"")),
        _ => Some(value.to_owned()),
    }
}
