//! wget and curl in one stage.

use super::{Concern, Confidence, Example, Finding, Rule, Severity, Subject};
use crate::packages::ActionKind;

pub(super) static RULE: Rule = Rule {
    id: "two-downloaders",
    title: "Fetch with wget or with curl, and install only that one",
    aliases: &["DL4001"],
    why: "Both do the same, and each brings libraries of its own. Fetched with one of them, the other \
          need not be installed.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL4001.hs",
    severity: Severity::Advice,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN wget -q https://example.com/a\nRUN curl -sSfO https://example.com/b\n",
            "FROM debian:12\nRUN curl -sSfO https://example.com/a\nRUN curl -sSfO https://example.com/b\n",
        ),
        Example::new(
            "FROM alpine\nRUN apk add --no-cache wget curl && wget -q https://example.com/a && curl -O https://example.com/b\n",
            "FROM debian:12 AS fetch\nRUN wget -q https://example.com/a\nFROM debian:12\nRUN curl -O https://example.com/b\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for stage in 0..subject.plan.graph.stages.len() {
        let runs = || subject.runs_of(stage).iter();
        let commands = || runs().flat_map(|run| &run.commands);
        let first = |name: &str| commands().find(|it| it.line.program_name() == name);
        let (Some(wget), Some(curl)) = (first("wget"), first("curl")) else { continue };
        let installed = |name: &str| {
            commands().any(|it| {
                let action = it.action.as_ref().filter(|it| it.kind == ActionKind::Install);
                action.is_some_and(|it| it.packages.iter().any(|own| own == name))
            })
        };
        let (earlier, later) = if wget.span < curl.span { (wget, curl) } else { (curl, wget) };
        let brought = match (installed("wget"), installed("curl")) {
            (true, true) => ", and installs both",
            _ => "",
        };
        let message = format!(
            "This stage fetches with {} on line {} and with {} here{brought}: one of them is enough.",
            earlier.line.program_name(),
            subject.lines.line(earlier.span.start),
            later.line.program_name()
        );
        findings.push(Finding::new(later.span, message).unsure(Confidence::Likely));
    }
    findings
}
