//! Lists of packages that are fetched in a `RUN` of their own.

use super::installs::action_of;
use super::{Concern, Example, Finding, Fix, Rule, Run, Severity, Subject, edits};
use crate::packages::ActionKind;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "update-alone",
    title: "Fetch lists of packages in the RUN that installs",
    aliases: &[],
    why: "The builder takes an unchanged `RUN apt-get update` from its cache. A later installation \
          then goes by old lists: it brings old packages, or fails because the archive no longer has \
          them. The lists also stay in a layer of their own.",
    source: "https://docs.docker.com/build/building/best-practices/#apt-get (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Cache,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n",
            "FROM debian:12\nRUN apt-get update && apt-get install -y curl\n",
        ),
        Example::new(
            "from alpine\r\nrun apk update\r\n\r\nrun apk add \\\r\n  curl\r\n",
            "from alpine\r\nrun apk update && apk add \\\r\n  curl\r\n",
        ),
        Example::new(
            "FROM debian:12\nRUN apt-get update\n# why\nRUN apt-get install -y curl\n",
            "FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get update\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get install -y curl\n",
        ),
    ],
    check,
};

/// Distributions' managers; dnf and zypper look for newer lists by themselves.
const MANAGERS: &[&str] = &["apt", "apk"];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, run) in subject.runs().iter().enumerate() {
        let is_update =
            |it: &&super::ListedCommand| action_of(it, MANAGERS, ActionKind::Update).is_some();
        let Some(update) = run.commands.iter().rfind(is_update) else { continue };
        let uses = |run: &Run<'_>| {
            run.commands.iter().any(|it| {
                action_of(it, MANAGERS, ActionKind::Install).is_some()
                    || action_of(it, MANAGERS, ActionKind::Upgrade).is_some()
            })
        };
        let has_unread = run.commands.iter().any(|it| {
            it.action.is_none()
                && (it.line.program.contains(['/', '$']) || it.line.program.is_empty())
        });
        if uses(run) || has_unread || run.hides("/var/lib/apt/lists") || run.hides("/var/cache/apk")
        {
            continue;
        }
        let mut later = subject.runs().iter().skip(at + 1).filter(|it| it.stage == run.stage);
        let Some(user) = later.find(|run| uses(run)) else { continue };
        let message = format!(
            "`{}` stands in a RUN of its own, which the builder's cache answers with old lists: put \
             it before the installation of line {}.",
            update.span.slice(subject.text()),
            subject.line_of(user.index)
        );
        findings.push(Finding::new(update.span, message).mended_by(join(subject, run, user)));
    }
    findings
}

/// Strings two neighbours together.
fn join(subject: &Subject<'_>, run: &Run<'_>, next: &Run<'_>) -> Option<Fix> {
    let is_plain = |run: &Run<'_>| {
        !run.is_exec && run.instruction.heredocs.is_empty() && run.instruction.flags.is_empty()
    };
    let (last, first) = (run.commands.last()?, next.commands.first()?);
    let between = Span::new(run.instruction.span.end, next.instruction.span.start);
    let ends = last.span.end == run.instruction.span.end && last.is_plain && last.is_certain;
    let keyword = Span::new(next.instruction.keyword.span.end, first.span.start);
    let is_joined = is_plain(run)
        && is_plain(next)
        && ends
        && last.pipeline.1 <= 1
        && between.slice(subject.text()).trim().is_empty()
        && keyword.slice(subject.text()).trim().is_empty()
        && run.state.user == next.state.user;
    let cut = Span::new(last.span.end, first.span.start);
    is_joined.then(|| Fix::safe("Put both in one RUN", vec![edits::replace(cut, " && ")]))
}
