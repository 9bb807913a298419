//! Files that a later `RUN` changes, and that are then in the image twice.

use std::collections::BTreeSet;

use super::waste;
use super::{
    Concern, Confidence, Example, Finding, Fix, ListedCommand, Rule, Severity, Subject, chain,
};
use crate::packages::ActionKind;
use crate::report::describe_size;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "written-again",
    title: "Change files in the RUN that writes them",
    aliases: &[],
    why: "To change, move or strip a file of a lower layer copies the whole of it into the new one. \
          The first copy stays in the layer below, where nobody sees it and every pull carries it.",
    source: "https://docs.docker.com/engine/storage/drivers/overlayfs-driver/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN curl -o /tmp/tool https://example.com/tool\nRUN mv /tmp/tool /usr/bin/tool\n",
            "FROM debian:12\nRUN curl -o /tmp/tool https://example.com/tool && mv /tmp/tool /usr/bin/tool\n",
        ),
        Example {
            listing: "9000000 model.bin\n",
            ..Example::new(
                "FROM debian:12\nCOPY model.bin /tmp/model.bin\nRUN mv /tmp/model.bin /srv/model.bin\n",
                "FROM debian:12\nCOPY model.bin /srv/model.bin\nRUN touch /srv/ready\n",
            )
        },
    ],
    check,
};

/// Fewer bytes than this are not worth a word.
const LEAST: u64 = 1_000_000;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut known: BTreeSet<Span> = BTreeSet::new();
    let mut findings: Vec<Finding> = Vec::new();
    for hidden in waste::list(subject).iter().filter(|it| it.bytes() >= LEAST) {
        let keyword = hidden.run.instruction.keyword.span;
        // What an installation or a build writes over is the context's, which the ignore file should
        // leave out.
        let installs = |it: &ListedCommand| {
            let kind = it.action.as_ref().map(|it| it.kind);
            matches!(kind, Some(ActionKind::Install | ActionKind::Build))
        };
        if hidden.is_copied(subject) && hidden.run.commands.iter().any(installs) {
            continue;
        }
        if hidden.command.is_some() || known.contains(&keyword) {
            continue;
        }
        let line = subject.line_of(hidden.written);
        let instead = match hidden.is_copied(subject) {
            true => "copy it as it is to be and where it is to be",
            false => "do it in the same RUN",
        };
        let message = format!(
            "{} of {} are in the image twice: line {line} wrote them, and this RUN writes them again; {instead}.",
            describe_size(&hidden.report.bytes),
            hidden.path(),
        );
        let first = subject.run(hidden.written);
        let fix = first.and_then(|first| {
            Some(Fix::safe("Make it one RUN", chain::join(subject, first, hidden.run)?))
        });
        known.insert(keyword);
        let finding = Finding::new(keyword, message).unsure(Confidence::Likely);
        findings.push(finding.mended_by(fix));
    }
    findings
}
