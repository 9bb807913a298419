//! Installations that bring what packages only recommend.

use super::installs::{action_of, final_runs};
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::packages::ActionKind;

pub(super) static RULE: Rule = Rule {
    id: "recommended-packages",
    title: "Install without what packages only recommend",
    aliases: &["DL3015"],
    why: "apt, dnf and zypper install what a package recommends beside what it needs: documentation, \
          fonts, helpers for a desktop. A container seldom needs them. What it does need of them is \
          better named.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3015.hs",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n",
            "FROM debian:12\nRUN apt-get update && apt-get install --no-install-recommends -y curl && rm -rf /var/lib/apt/lists/*\n",
        ),
        Example::new(
            "FROM debian:12\r\nRUN apt-get update; \\\r\n    apt-get -y install \\\r\n      curl\r\n",
            "FROM debian:12\r\nRUN apt-get update; \\\r\n    apt-get -y install --no-install-recommends \\\r\n      curl\r\n",
        ),
        Example::new(
            "FROM fedora:42\nRUN dnf install -y git && dnf clean all\n",
            "FROM fedora:42\nRUN dnf install --setopt=install_weak_deps=False -y git && dnf clean all\n",
        ),
        Example::new(
            "FROM debian:12\nRUN [\"apt-get\", \"install\", \"-y\", \"curl\"]\n",
            "FROM debian:12\nRUN echo 'APT::Install-Recommends \"0\";' > /etc/apt/apt.conf.d/99 && apt-get install -y curl\n",
        ),
    ],
    check,
};

/// Managers by id, with what hadolint calls it, words that say so already, the flag, and the
/// programs that take it.
#[rustfmt::skip]
const FLAGS: [(&str, &str, &str, &str, &[&str]); 3] = [
    ("apt", "DL3015", "ecommends", "--no-install-recommends", &["apt-get", "apt"]),
    ("dnf", "", "install_weak_deps", "--setopt=install_weak_deps=False", &["dnf", "dnf5", "microdnf"]),
    ("zypper", "", "no-recommends", "--no-recommends", &["zypper"]),
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (manager, alias, said, flag, programs) in FLAGS {
        // A configuration that says so holds for what follows, wherever it is written.
        if said == "ecommends" && subject.text().contains("APT::Install-") {
            continue;
        }
        for run in final_runs(subject) {
            let installs = run.commands.iter().filter(|command| {
                action_of(command, &[manager], ActionKind::Install).is_some()
                    && programs.contains(&command.line.program_name())
                    && !command.line.words().any(|word| word.contains(said))
                    && !command.line.words().any(|word| word == "build-dep")
            });
            let installs: Vec<_> = installs.collect();
            let Some(first) = installs.first() else { continue };
            let add = |command: &&super::ListedCommand| {
                let words = ["install", "in"].into_iter();
                words.filter_map(|word| edits::add_flag(command, word, flag)).next()
            };
            let fix = installs.iter().map(add).collect::<Option<Vec<_>>>().map(|edits| {
                Fix::with_risks(
                    "Leave recommended packages out",
                    edits,
                    ["What was only recommended is missing: name what the image needs of it, such \
                      as ca-certificates beside curl."],
                )
            });
            let message = format!(
                "{} installs what the named packages only recommend as well: add `{flag}`, and name \
                 what is needed of it.",
                first.line.program_name()
            );
            findings.push(Finding::new(first.span, message).known_as(alias).mended_by(fix));
        }
    }
    findings
}
