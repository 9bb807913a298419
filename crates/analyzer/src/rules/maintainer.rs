//! Name the author in a label.

use super::origin::in_case;
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::InstructionKind;

pub(super) static RULE: Rule = Rule {
    id: "maintainer-deprecated",
    title: "Name the author in a label",
    aliases: &["MaintainerDeprecated", "DL4000"],
    why: "MAINTAINER is deprecated. A label says the same and is read by every tool that reads labels.",
    source: "https://docs.docker.com/reference/build-checks/maintainer-deprecated/ (2026-11)",
    severity: Severity::Style,
    concern: Concern::Style,
    examples: &[
        Example::new(
            "FROM debian:12\nMAINTAINER Jo Doe <jo@example.org>\n",
            "FROM debian:12\nLABEL org.opencontainers.image.authors=\"Jo Doe <jo@example.org>\"\n",
        ),
        Example::new(
            "from debian:12\nmaintainer \"Jo\"\n",
            "from debian:12\nlabel org.opencontainers.image.authors=\"Jo\"\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let all = subject.instructions().filter_map(|(_, instruction, _)| {
        let InstructionKind::Maintainer(name) = &instruction.kind else { return None };
        let label = in_case(instruction, "LABEL");
        let message =
            "MAINTAINER is deprecated: write `LABEL org.opencontainers.image.authors=\"…\"`.";
        let unquoted = name.text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let author = unquoted.unwrap_or(&name.text);
        // A label expands variables and escapes, which MAINTAINER keeps.
        let is_plain = !author.contains(['"', '$', '\\', '`']);
        let line = format!("{label} org.opencontainers.image.authors=\"{author}\"");
        let edit = edits::replace(instruction.span, line);
        let fix = is_plain.then(|| Fix::safe("Name the author in a label", vec![edit]));
        Some(Finding::new(instruction.keyword.span, message).mended_by(fix))
    });
    all.collect()
}
