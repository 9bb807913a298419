//! Packages without a version.

use super::{Concern, Confidence, Example, Finding, ListedCommand, Rule, Severity, Subject};
use crate::packages::{Action, ActionKind};

pub(super) static RULE: Rule = Rule {
    id: "unpinned-packages",
    title: "Say which version of a package is meant",
    aliases: &[
        "DL3008", "DL3013", "DL3016", "DL3018", "DL3028", "DL3033", "DL3037", "DL3041", "DL3062",
    ],
    why: "Without a version the same Dockerfile builds another image on another day. Of a language's \
          packages a version or a lock file settles that. Distributions take old versions away, so \
          that a pin may stop the build: there a base image named by its digest settles more.",
    source: "https://github.com/hadolint/hadolint/tree/v2.14.0 (2025-09-22)",
    severity: Severity::Advice,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN apt-get install -y curl git=1:2.39.5-0+deb12u2\n",
            "FROM debian:12\nRUN apt-get install -y curl=7.88.1-10+deb12u12 ./local.deb\n",
        ),
        Example::new(
            "FROM python:3.12\nRUN pip install flask\n",
            "FROM python:3.12\nRUN pip install flask==3.0.0 'uvicorn[standard]>=0.30' . -c constraints.txt\n",
        ),
        Example::new(
            "FROM node:22\nRUN npm install -g @nestjs/cli\n",
            "FROM node:22\nARG PM2\nRUN npm install -g @nestjs/cli@11 pm2@$PM2 ./local.tgz && npm ci\n",
        ),
        Example::new(
            "FROM alpine:3.20\nRUN apk add --no-cache curl\n",
            "FROM php:8.3-fpm-alpine\nRUN apk add --no-cache 'curl=~8.9' && apk add $PHPIZE_DEPS\n",
        ),
        Example::new(
            "FROM ruby:3.4\nRUN gem install rails\n",
            "FROM ruby:3.4\nRUN gem install rails:8.0.0 && gem install bundler -v 2.6.0\n",
        ),
        Example::new(
            "FROM golang:1.26\nRUN go install golang.org/x/tools/gopls@latest\n",
            "FROM golang:1.26\nRUN go install golang.org/x/tools/gopls@v0.17.0 && go install ./cmd/app\n",
        ),
        Example::new(
            "FROM fedora:42\nRUN dnf install -y git\n",
            "FROM fedora:42\nRUN dnf install -y git-2.49.0 ./a.rpm\n",
        ),
    ],
    check,
};

/// Managers by id, what hadolint calls theirs, and marks of a version.
#[rustfmt::skip]
const MARKS: &[(&str, &str, &[&str])] = &[
    ("apt", "DL3008", &["=", ".deb", "/"]),
    ("apk", "DL3018", &["=", "<", ">", "~", ".apk"]),
    ("dnf", "DL3041", &["-", ".rpm", "/", "@"]),
    ("zypper", "DL3037", &["=", "<", ">", ".rpm", "/", "@"]),
    ("pip", "DL3013", &["==", ">", "<", "!=", "~=", ".whl", ".tar.gz", "/", "@"]),
    ("npm", "DL3016", &["@", "/", ".tgz", ":"]),
    ("gem", "DL3028", &[":", ".gem"]),
    ("go", "DL3062", &[]),
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for run in subject.runs() {
        for (manager, alias, marks) in MARKS {
            let mut found = run.commands.iter().filter_map(|command| {
                let action = command.action_of(manager)?;
                let package = unpinned(command, action, manager, marks)?;
                // A base's own list, such as PHPIZE_DEPS, is not the person's to pin.
                let is_written = command.span.slice(subject.text()).contains(&package);
                is_written.then_some((command, package))
            });
            let Some((command, package)) = found.next() else { continue };
            let alias = match command.line.program_name() {
                "yum" => "DL3033",
                _ => alias,
            };
            let message = format!("Nothing says which version of {package} is meant: name one.");
            let finding = Finding::new(command.span, message).unsure(Confidence::Possible);
            findings.push(finding.known_as(alias));
        }
    }
    findings
}

/// The first package of an installation without a version.
fn unpinned(
    command: &ListedCommand,
    action: &Action,
    manager: &str,
    marks: &[&str],
) -> Option<String> {
    let line = &command.line;
    let is_settled = line.has_flag(&["-c", "--constraint", "-r", "--requirement"])
        && manager == "pip"
        || line.has_flag(&["-v", "--version"]) && manager == "gem"
        || matches!(line.program_name(), "npx" | "dpkg")
        || line.words().any(|word| word == "build-dep");
    if action.kind != ActionKind::Install || is_settled || action.packages.is_empty() {
        return None;
    }
    let is_named = |word: &str| {
        action.packages.iter().any(|own| own == word)
            || action.packages.iter().any(|own| !own.is_empty() && word.starts_with(own.as_str()))
    };
    let mut words = line.arguments.iter().filter(|it| it.is_known && !it.text.starts_with('-'));
    let word = words.find(|word| {
        let text = word.text.as_str();
        // A scope is no version.
        let bare = text.strip_prefix('@').filter(|_| manager == "npm");
        let bare = bare.and_then(|bare| bare.split_once('/')).map_or(text, |(_, name)| name);
        let is_pinned = match manager {
            "go" => !text.ends_with("@latest"),
            _ => marks.iter().any(|mark| bare.contains(mark)),
        };
        is_named(text) && !is_pinned && !matches!(text, "." | "install" | "add")
    })?;
    Some(word.text.clone())
}
