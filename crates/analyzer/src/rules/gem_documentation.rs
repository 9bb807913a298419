//! Documentation of gems.

use super::installs::{base_of, final_runs, name_of};
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::packages::ActionKind;

pub(super) static RULE: Rule = Rule {
    id: "gem-documentation",
    title: "Install gems without their documentation",
    aliases: &[],
    why: "`gem install` renders the documentation of what it installs, which takes time and room and \
          which nobody reads in a container. The official Ruby images have turned that off already.",
    source: "https://guides.rubygems.org/command-reference/#gem-install (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN gem install rails\n",
            "FROM debian:12\nRUN gem install --no-document rails\n",
        ),
        Example::new(
            "FROM debian:12\nRUN [\"gem\", \"install\", \"rails\"]\n",
            "FROM ruby:3.4\nRUN gem install rails\n",
        ),
        Example::new(
            "FROM debian:12\nRUN [\"gem\", \"install\", \"rails\"]\n",
            "FROM debian:12\nRUN echo 'gem: --no-document' > /etc/gemrc && gem install rails\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let is_said = subject.text().contains("gemrc");
    let mut findings = Vec::new();
    for run in final_runs(subject).filter(|_| !is_said) {
        if name_of(base_of(subject, run.stage)) == "ruby" {
            continue;
        }
        for command in run.commands.iter().filter(|it| it.asks("gem", ActionKind::Install)) {
            if command.line.has_flag(&[
                "-N",
                "--no-document",
                "--no-doc",
                "--no-rdoc",
                "--document",
            ]) {
                continue;
            }
            let fix = edits::add_flag(command, "install", "--no-document");
            let fix = fix.map(|edit| Fix::safe("Install without documentation", vec![edit]));
            let message = "gem renders documentation of what it installs: add `--no-document`.";
            findings.push(Finding::new(command.span, message).mended_by(fix));
        }
    }
    findings
}
