//! Installations that bring what packages only recommend.

use super::installs::{action_of, final_runs, later_commands};
use super::origin::{self, origin};
use super::{Concern, Example, Finding, Fix, ListedCommand, Rule, Run, Severity, Subject, edits};
use crate::packages::ActionKind;
use crate::text::Edit;

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
            "FROM debian:12\nRUN apt-get update && apt-get install --no-install-recommends -y ca-certificates curl && rm -rf /var/lib/apt/lists/*\n",
        ),
        Example::new(
            "FROM debian:12\r\nRUN apt-get update; \\\r\n    apt-get -y install \\\r\n      curl\r\n",
            "FROM debian:12\r\nRUN apt-get update; \\\r\n    apt-get -y install --no-install-recommends \\\r\n      ca-certificates \\\r\n      curl\r\n",
        ),
        // The base has them, or they are named.
        Example::new(
            "FROM python:3.12-slim\nRUN apt-get update && apt-get install -y curl\n",
            "FROM python:3.12-slim\nRUN apt-get update && apt-get install --no-install-recommends -y curl\n",
        ),
        // What is fetched later needs them too.
        Example::new(
            "FROM node:22-slim\nRUN apt-get update && apt-get install -y jq gnupg\nRUN curl -O https://example.com/a\n",
            "FROM node:22-slim\nRUN apt-get update && apt-get install --no-install-recommends -y ca-certificates jq gnupg\nRUN curl -O https://example.com/a\n",
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
    let mut has_certificates = false;
    for (manager, alias, said, flag, programs) in FLAGS {
        // A configuration that says so holds for what follows, wherever it is written.
        if said == "ecommends" && subject.mentions("APT::Install-") {
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
            let add = |command: &&ListedCommand| {
                let words = ["install", "in"].into_iter();
                words.filter_map(|word| edits::add_flag(command, word, flag)).next()
            };
            let mut edits = installs.iter().map(add).collect::<Option<Vec<_>>>();
            let trusting = installs.iter().find(|it| names_any(it, TRUSTING)).unwrap_or(first);
            if manager == "apt" && !has_certificates && needs_certificates(subject, run, trusting) {
                has_certificates = true;
                edits = edits.and_then(|edits| with_certificates(subject, trusting, edits));
            }
            let fix = edits.map(|edits| {
                Fix::with_risks(
                    "Leave recommended packages out",
                    edits,
                    ["What was only recommended is missing, such as fonts and helper programs: name \
                      what the image needs of it."],
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

/// Packages that recommend the certificates of authorities, by themselves or by their libraries
/// (Debian bookworm and Ubuntu noble).
const TRUSTING: &[&str] = &[
    "curl",
    "wget",
    "git",
    "git-core",
    "nodejs",
    "aria2",
    "lynx",
    "w3m",
    "subversion",
    "mercurial",
];

fn names_any(command: &ListedCommand, names: &[&str]) -> bool {
    let packages = command.action.as_ref().map_or(&[][..], |action| &action.packages);
    let name = |package: &String| package.split(['=', ':', '/']).next().map(str::to_owned);
    packages.iter().filter_map(name).any(|package| names.contains(&package.as_str()))
}

/// Whether connections from here on fail without the certificates that a recommendation brought: the
/// base lacks them, no step above or here names them, and something fetches by https or is there to.
fn needs_certificates(subject: &Subject<'_>, run: &Run<'_>, install: &ListedCommand) -> bool {
    let base = origin(subject, run.stage);
    let is_slim = base.tag().split('-').any(|word| word == "slim");
    let is_bare =
        matches!(base.name().as_str(), "debian" | "ubuntu") || base.name() == "node" && is_slim;
    let stages = origin::chain(subject, run.stage);
    let is_said = subject.mentions("ca-certificates");
    let mut earlier = subject.runs().iter().filter(|it| is_said && it.index <= run.index);
    let names =
        |it: &Run<'_>| it.instruction.span.slice(subject.text()).contains("ca-certificates");
    let is_named = earlier.any(|it| stages.contains(&it.stage) && names(it));
    let own = run.commands.iter().filter(|it| it.span.start > install.span.start);
    let may_fetch = subject.mentions("https://");
    let mut fetches = own
        .chain(later_commands(subject, run))
        .take_while(|_| may_fetch)
        .filter(|it| it.line.words().any(|word| word.contains("https://")));
    is_bare && !is_named && (names_any(install, TRUSTING) || fetches.next().is_some())
}

/// Names the certificates in front of the other packages, on a line of their own where the first has
/// one.
fn with_certificates(
    subject: &Subject<'_>,
    install: &ListedCommand,
    mut edits: Vec<Edit>,
) -> Option<Vec<Edit>> {
    let first = install.action.as_ref()?.packages.first()?;
    let place = install.place_of(first).filter(|place| place.start < place.end)?;
    let before = subject.text().get(..place.start)?;
    let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
    let indentation = before.get(before.len() - blanks..)?;
    let starts_line = before.ends_with(&format!("\n{indentation}"));
    let (escape, end) = (subject.dockerfile.escape(), subject.line_end());
    edits.push(edits::insert(
        place.start,
        match starts_line {
            true => format!("ca-certificates {escape}{end}{indentation}"),
            false => "ca-certificates ".to_owned(),
        },
    ));
    Some(edits)
}
