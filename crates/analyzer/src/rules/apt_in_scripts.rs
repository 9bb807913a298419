//! Use apt-get in scripts, not apt.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};

pub(super) static RULE: Rule = Rule {
    id: "apt-in-scripts",
    title: "Use apt-get in scripts, not apt",
    aliases: &["DL3027"],
    why: "`apt` is for people at a terminal: it warns that its command line is not stable. `apt-get` does the same and keeps its words.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3027.hs",
    severity: Severity::Style,
    concern: Concern::Style,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN apt update && make\n",
            "FROM debian:12\nRUN apt-get update && make\n",
        ),
        Example::new(
            "FROM debian:12\nRUN a \\\n && apt -y install curl\n",
            "FROM debian:12\nRUN a \\\n && apt-get -y install curl\n",
        ),
        Example::new(
            "FROM debian:12\nRUN apt list --installed\n",
            "FROM debian:12\nRUN apt-get update && apt-mark auto a\n",
        ),
    ],
    check,
};

/// What both do alike.
const SHARED: &[&str] = &["update", "install", "remove", "purge", "autoremove", "clean"];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for command in subject.runs().iter().flat_map(|run| &run.commands) {
        let Some(place) = command.words.first() else { continue };
        if command.line.program != "apt" {
            continue;
        }
        let is_shared = command
            .line
            .words()
            .find(|word| !word.starts_with('-'))
            .is_some_and(|it| SHARED.contains(&it));
        let is_plain = command.is_plain && place.slice(subject.text()) == "apt";
        let edit = || edits::replace(*place, "apt-get");
        let fix = (is_shared && is_plain).then(|| Fix::safe("Write apt-get", vec![edit()]));
        let message = "`apt` does not promise to keep its command line: write `apt-get`, or `apt-cache` for questions.";
        findings.push(Finding::new(*place, message).mended_by(fix));
    }
    findings
}
