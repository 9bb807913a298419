//! Use USER and not sudo.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "sudo",
    title: "Use USER and not sudo",
    aliases: &["DL3004"],
    why: "A build runs as root unless USER says otherwise, so that sudo does nothing there; in the image it is one more way to become root.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3004.hs",
    severity: Severity::Warning,
    concern: Concern::Security,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN sudo make install\n",
            "FROM debian:12\nRUN make install\n",
        ),
        Example::new(
            "FROM debian:12\nRUN useradd u\nUSER u\nRUN sudo make\n",
            "FROM debian:12\nRUN useradd u && apt-get install -y sudo\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for run in subject.runs() {
        for command in &run.commands {
            let whole = command.span.slice(subject.text());
            if whole.split_whitespace().next() != Some("sudo") {
                continue;
            }
            let program = command.words.first().copied().unwrap_or(command.span);
            let before = Span::new(command.span.start, program.start);
            let is_root = matches!(run.state.user.split(':').next(), Some("" | "root" | "0"));
            let is_alone = before.slice(subject.text()).trim() == "sudo" && command.is_plain;
            let fix = (is_root && is_alone)
                .then(|| Fix::safe("Remove sudo", vec![edits::remove(before)]));
            let message = match is_root {
                true => "This RUN is root already: leave `sudo` out.",
                false => {
                    "Write `USER root` above what needs root and the other USER below, instead of `sudo`."
                }
            };
            findings.push(Finding::new(command.span, message).mended_by(fix));
        }
    }
    findings
}
