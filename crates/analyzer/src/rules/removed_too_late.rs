//! Files that a later `RUN` removes, and that stay in the layer below it.

use std::collections::BTreeSet;

use super::waste::{self, Waste};
use super::{
    Concern, Example, Finding, Fix, ListedCommand, Rule, Run, Severity, Subject, chain, edits,
};
use crate::report::describe_size;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "removed-too-late",
    title: "Remove files in the RUN that writes them",
    aliases: &[],
    why: "A layer never gets smaller: a later RUN that removes files writes only a mark that hides \
          them, and every push and pull still carries them. Only the RUN that writes a file can \
          leave it out of the image.",
    source: "https://docs.docker.com/build/building/best-practices/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN curl -O https://example.com/tool.tar.gz\nRUN tar xzf tool.tar.gz && rm tool.tar.gz\n",
            "FROM debian:12\nRUN curl -O https://example.com/tool.tar.gz && tar xzf tool.tar.gz && rm tool.tar.gz\n",
        ),
        Example::new(
            "FROM debian:12\nRUN curl -O https://example.com/tool.tar.gz \\\n # why\n && tar xzf tool.tar.gz\n\n# Tidy up\nrun rm tool.tar.gz\nCMD [\"tool\"]\n",
            "FROM debian:12\nRUN curl -O https://example.com/tool.tar.gz \\\n # why\n && tar xzf tool.tar.gz \\\n && rm tool.tar.gz\n\n# Tidy up\nCMD [\"tool\"]\n",
        ),
        Example::new(
            "FROM debian:12\r\nWORKDIR /app\r\nRUN curl -O https://example.com/tool.tar.gz\r\nENV A=b\r\nRUN rm tool.tar.gz\r\n",
            "FROM debian:12\r\nWORKDIR /app\r\nRUN curl -O https://example.com/tool.tar.gz && rm tool.tar.gz\r\nENV A=b\r\n",
        ),
        // What stands between needs the file.
        Example::new(
            "FROM debian:12\nRUN curl -O https://example.com/tool.tar.gz\nRUN tar xzf tool.tar.gz\nRUN rm tool.tar.gz\n",
            "FROM debian:12\nRUN curl -O https://example.com/tool.tar.gz && tar xzf tool.tar.gz && rm tool.tar.gz\n",
        ),
        Example {
            listing: "9000000 tool.tar.gz\n",
            ..Example::new(
                "FROM debian:12\nCOPY tool.tar.gz /tmp/\nRUN tar -C /opt -xzf /tmp/tool.tar.gz --strip-components=1 && rm /tmp/tool.tar.gz\n",
                "FROM debian:12\nRUN --mount=type=bind,source=tool.tar.gz,target=/tmp/tool.tar.gz tar -C /opt -xzf /tmp/tool.tar.gz --strip-components=1\n",
            )
        },
    ],
    check,
};

/// Fewer bytes than this are not worth a word.
const LEAST: u64 = 100_000;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let all = waste::list(subject);
    let by_command = waste::by_command(&all);
    let mut known: BTreeSet<Span> = BTreeSet::new();
    let mut findings: Vec<Finding> = Vec::new();
    for hidden in all.iter().filter(|it| it.bytes() >= LEAST) {
        let Some(command) = hidden.command else { continue };
        let is_known = !known.insert(command.span);
        if is_known || !is_removal(command) {
            continue;
        }
        let own = by_command.get(&command.span).map(Vec::as_slice).unwrap_or_default();
        let others = own.len() - 1;
        let line = subject.line_of(hidden.written);
        let (path, size) = (&hidden.path(), describe_size(&hidden.report.bytes));
        let rest = if others > 0 { " and other lines" } else { "" };
        let instead = match hidden.is_copied(subject) {
            true => "leave it out with the ignore file, or mount it with --mount=type=bind into the RUN that needs it".to_owned(),
            false => format!("remove it in the RUN of line {line}"),
        };
        let message = format!(
            "This frees nothing: {size} of {path} stay in the layer of line {line}{rest}; {instead}."
        );
        let fix = (others == 0).then(|| mend(subject, hidden)).flatten();
        findings.push(Finding::new(command.span, message).mended_by(fix));
    }
    findings
}

/// Whether a command removes files or packages, and does not change who owns them.
fn is_removal(command: &ListedCommand) -> bool {
    !matches!(command.line.program_name(), "chown" | "chmod" | "chgrp")
}

/// Makes one of two `RUN`s next to each other, or moves the removal up to the one that writes.
fn mend(subject: &Subject<'_>, hidden: &Waste<'_, '_>) -> Option<Fix> {
    let first: &Run<'_> = subject.run(hidden.written)?;
    let (second, command) = (hidden.run, hidden.command?);
    let all = subject.runs_from(first.index).iter().take_while(|it| it.index <= second.index);
    let all: Vec<&Run<'_>> = all.collect();
    if all.len() > 1
        && let Some(edits) = chain::join_all(subject, &all, None)
    {
        return Some(Fix::safe("Make it one RUN", edits));
    }
    if is_read_between(subject, hidden, first.index) {
        return None;
    }
    if first.stage != second.stage || !first.mounts.is_empty() || !second.mounts.is_empty() {
        return None;
    }
    // What stands before the removal in its own RUN may well be what needs the file.
    let is_first = chain::chain(subject, second)?.first()?.span == command.span;
    if command.action.is_some() {
        return None;
    }
    let is_absolute = command.line.operands(&[]).iter().all(|it| it.text.starts_with('/'));
    let is_same_place =
        is_absolute || first.state.working_directory == second.state.working_directory;
    let last = chain::chain(subject, first)?.last().copied()?;
    if !is_first || !is_same_place || first.state.user != second.state.user {
        return None;
    }
    let removal = command.span.slice(subject.text());
    let edits = vec![
        edits::append_command(subject, first, last, removal)?,
        chain::remove_command(subject, second, command)?,
    ];
    let between =
        subject.runs().iter().filter(|it| first.index < it.index && it.index < second.index);
    let copies = subject.instructions().filter(|(index, it, _)| {
        first.index < *index && *index < second.index && waste::is_copy(it)
    });
    let title = format!("Remove it in the RUN of line {}", subject.line_of(first.index));
    if between.count() + copies.count() == 0 {
        return Some(Fix::safe(title, edits));
    }
    let risk = "What stands between the two lines no longer finds these files.";
    Some(Fix::with_risks(title, edits, [risk]))
}

/// Whether a line between the two names the file, or fetches and installs by the lists of packages.
fn is_read_between(subject: &Subject<'_>, hidden: &Waste<'_, '_>, first: usize) -> bool {
    let path = hidden.report.path.trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_lists = path.starts_with("/var/lib/apt") || path.starts_with("/var/cache");
    let mut between =
        subject.instructions().filter(|(index, ..)| first < *index && *index < hidden.run.index);
    let installs = |index: usize| {
        subject.run(index).is_some_and(|run| run.commands.iter().any(|it| it.action.is_some()))
    };
    between.any(|(index, it, _)| {
        it.span.slice(subject.text()).contains(name) || is_lists && installs(index)
    })
}
