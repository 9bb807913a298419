//! Tell the package manager that nobody answers.

use super::ListedCommand;
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::packages::ActionKind;

pub(super) static RULE: Rule = Rule {
    id: "unattended-install",
    title: "Tell the package manager that nobody answers",
    aliases: &["DL3014", "DL3030", "DL3034", "DL3038"],
    why: "A build has no keyboard: a manager that asks whether to go on gets no answer and stops, as soon as it would install more than was named.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3014.hs",
    severity: Severity::Error,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN apt-get update && apt-get install curl\n",
            "FROM debian:12\nRUN apt-get update && apt-get install -y curl\n",
        ),
        Example::new(
            "FROM fedora:42\nRUN dnf \\\n  install git\n",
            "FROM fedora:42\nRUN dnf \\\n  install -y git\n",
        ),
        Example::new(
            "FROM opensuse/leap:15.6\nRUN zypper in git\n",
            "FROM opensuse/leap:15.6\nRUN zypper in -y git\n",
        ),
        Example::new(
            "FROM centos:7\nRUN yum install git\n",
            "FROM centos:7\nRUN yum install -y git\n",
        ),
        Example::new(
            "FROM opensuse/leap:15.6\nRUN zypper install c\nRUN zypper -n install a && zypper --non-interactive in b\n",
            "FROM opensuse/leap:15.6\nRUN zypper install -y c\nRUN zypper -n install a && zypper --non-interactive in b\n",
        ),
    ],
    check,
};

/// Managers that ask, by id: program, alias.
const ASK: &[(&str, &str, &str)] = &[
    ("apt", "apt", "DL3014"),
    ("dnf", "yum", "DL3030"),
    ("dnf", "dnf", "DL3038"),
    ("dnf", "microdnf", "DL3038"),
    ("zypper", "zypper", "DL3034"),
];
/// Words that answer for good, beside short flags with `y` in them.
const ANSWERS: &[&str] = &[
    "--yes",
    "--assume-yes",
    "--assumeyes",
    "-qq",
    "-q=2",
    "-n",
    "--non-interactive",
    "--no-confirm",
    "-s",
    "--simulate",
    "--dry-run",
];
/// Words that ask to install.
const INSTALL: &[&str] =
    &["install", "in", "reinstall", "build-dep", "groupinstall", "localinstall"];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    // A file of settings may answer for all.
    let text = subject.text().to_ascii_lowercase();
    if text.contains("::assume-yes") || text.contains("assumeyes=") {
        return Vec::new();
    }
    let commands = subject.runs().iter().flat_map(|run| &run.commands);
    commands.filter_map(about).collect()
}

fn about(command: &ListedCommand) -> Option<Finding> {
    let program = command.line.program_name();
    let (_, _, alias) = ASK.iter().find(|(manager, own, _)| {
        command.asks(manager, ActionKind::Install)
            && (program == *own || *own == "apt" && program == "apt-get")
    })?;
    let answers = |word: &str| {
        ANSWERS.contains(&word)
            || word.starts_with('-') && !word.starts_with("--") && word.contains('y')
    };
    let is_known = command.line.arguments.iter().all(|it| it.is_known);
    let quiet = command.line.words().filter(|word| *word == "-q").count();
    if !is_known || command.pipeline.0 > 0 || quiet > 1 || command.line.words().any(answers) {
        return None;
    }
    let fix = INSTALL.iter().find_map(|word| edits::add_flag(command, word, "-y"));
    let fix = fix.map(|edit| Fix::safe("Add -y", vec![edit]));
    let message =
        format!("`{program}` asks before it installs, and nobody answers in a build: add `-y`.");
    Some(Finding::new(command.span, message).mended_by(fix).known_as(*alias))
}
