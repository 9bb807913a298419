//! wget that fills the build's output with dots.

use super::installs::distribution_manager;
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};

pub(super) static RULE: Rule = Rule {
    id: "wget-progress",
    title: "Tell wget to be brief",
    aliases: &["DL3047"],
    why: "Where wget writes to no terminal it prints a dot for each kilobyte: the output of a build \
          then holds thousands of lines, and the line that matters is hard to find.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3047.hs",
    severity: Severity::Style,
    concern: Concern::Style,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN wget https://example.com/a.tar.gz\n",
            "FROM debian:12\nRUN wget --progress=dot:giga https://example.com/a.tar.gz\n",
        ),
        Example::new(
            "FROM ubuntu:24.04\nRUN cd /opt && \\\n    wget -O a https://example.com/a\n",
            "FROM ubuntu:24.04\nRUN cd /opt && \\\n    wget --progress=dot:giga -O a https://example.com/a\n",
        ),
        Example::new(
            "FROM debian:12\nRUN [\"wget\", \"https://example.com/a\"]\n",
            // BusyBox prints one line and knows no such flag.
            "FROM alpine:3.20\nRUN wget https://example.com/a\n",
        ),
        Example::new(
            "FROM debian:12\nRUN [\"wget\", \"https://example.com/a\"]\n",
            "FROM debian:12\nRUN wget -qO- https://example.com/a && wget -nv https://example.com/b\n",
        ),
    ],
    check,
};

/// Flags that settle what is printed.
#[rustfmt::skip]
const SETTLED: &[&str] = &[
    "--progress", "-q", "--quiet", "-o", "--output-file", "-a", "--append-output", "--no-verbose",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for run in subject.runs() {
        let manager = distribution_manager(subject, run.stage);
        let is_wget = |it: &&super::ListedCommand| {
            let line = &it.line;
            let is_settled = line.has_flag(SETTLED)
                || line.words().any(|word| word.starts_with("-q") || word.starts_with("-nv"));
            line.program_name() == "wget" && !is_settled && !line.arguments.is_empty()
        };
        let commands: Vec<_> = run.commands.iter().filter(is_wget).collect();
        let Some(first) = commands.first().filter(|_| manager != "apk") else { continue };
        let add = |command: &&super::ListedCommand| {
            let place = command.words.first().filter(|_| command.is_plain)?;
            Some(edits::insert(place.end, " --progress=dot:giga"))
        };
        let fix = commands.iter().map(add).collect::<Option<Vec<_>>>().map(|edits| {
            let title = "Print a dot for each megabyte";
            if manager == "apt" {
                return Fix::safe(title, edits);
            }
            Fix::with_risks(
                title,
                edits,
                ["BusyBox's wget, if that is what runs here, does not know the flag."],
            )
        });
        let message = "wget prints a line for every 50 kB here: add `--progress=dot:giga`, or `-nv` \
                       to print one line.";
        findings.push(Finding::new(first.span, message).mended_by(fix));
    }
    findings
}
