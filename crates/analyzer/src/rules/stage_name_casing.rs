//! Write names of stages in lower case.

use super::origin::bases;
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::InstructionKind;

pub(super) static RULE: Rule = Rule {
    id: "stage-name-casing",
    title: "Write names of stages in lower case",
    aliases: &["StageNameCasing"],
    why: "BuildKit keeps names of stages in lower case, but looks the base of a FROM up as it is written: a stage `Build` is never found by `FROM Build`.",
    source: "https://docs.docker.com/reference/build-checks/stage-name-casing/ (2026-11)",
    severity: Severity::Style,
    concern: Concern::Style,
    examples: &[
        Example::new("FROM debian:12 AS Build\nRUN make\n", "FROM debian:12 AS build\nRUN make\n"),
        Example::new(
            "from debian:12 \\\n  as Base\r\nfrom base\n",
            "from debian:12 \\\n  as base\r\nfrom base\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let named = bases(subject).filter_map(|(_, from)| match &from.kind {
        InstructionKind::From { name, .. } => name.as_ref(),
        _ => None,
    });
    let odd = named.filter(|name| name.text.bytes().any(|byte| byte.is_ascii_uppercase()));
    odd.map(|name| {
        let lower = name.text.to_ascii_lowercase();
        let message = format!("The stage `{}` is kept as `{lower}`: write it so.", name.text);
        let edit = edits::replace(name.span, lower);
        let fix = Fix::safe("Write the stage's name in lower case", vec![edit]);
        Finding::new(name.span, message).mended_by(fix)
    })
    .collect()
}
