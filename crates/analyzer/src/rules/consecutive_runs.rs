//! Short `RUN`s one behind the other.

use super::{Concern, Confidence, Example, Finding, Rule, Run, Severity, Subject};

pub(super) static RULE: Rule = Rule {
    id: "consecutive-runs",
    title: "Put short RUNs that belong together in one",
    aliases: &["DL3059"],
    why: "Every RUN makes a layer of its own, and a file that one writes and the next changes lies in \
          both. Where steps change at different times, keeping them apart is right: the builder's \
          cache then repeats less.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3059.hs",
    severity: Severity::Advice,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN mkdir /data\nRUN chmod 700 /data\n",
            "FROM debian:12\nRUN mkdir /data && chmod 700 /data\n",
        ),
        Example::new(
            "FROM debian:12\nRUN mkdir /data\nRUN chmod 700 /data\n",
            // Each change of the source repeats the build and not the download.
            "FROM golang:1.26\nRUN go mod download\nRUN go build ./...\n",
        ),
        Example::new(
            "FROM debian:12\nRUN mkdir /data\n# so that nobody reads it\nRUN chmod 700 /data\n",
            "FROM debian:12\nRUN mkdir /data\nCOPY app /data/\nRUN chmod 700 /data\n",
        ),
    ],
    check,
};

/// A `RUN` of more commands is meant as it is.
const MOST_COMMANDS: usize = 2;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pair in subject.runs().windows(2) {
        let [before, run] = pair else { continue };
        let flags = |run: &Run<'_>| {
            let flags = run.instruction.flags.iter().map(|flag| format!("{flag:?}"));
            (flags.count(), run.mounts.len())
        };
        let is_neighbour = before.index + 1 == run.index
            && before.stage == run.stage
            && subject.is_final(run.stage)
            && flags(before) == (0, 0)
            && flags(run) == (0, 0);
        let is_short = |run: &Run<'_>| {
            run.commands.len() <= MOST_COMMANDS
                && run.instruction.heredocs.is_empty()
                && run.commands.iter().all(|command| command.action.is_none())
        };
        if !is_neighbour || !is_short(before) || !is_short(run) {
            continue;
        }
        let message = format!(
            "This RUN and that of line {} make a layer each: string them together with `&&`, unless \
             they change at different times.",
            subject.line_of(before.index)
        );
        let keyword = run.instruction.keyword.span;
        findings.push(Finding::new(keyword, message).unsure(Confidence::Possible));
    }
    findings
}
