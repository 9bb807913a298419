//! Package managers that replace the base's own copy of themselves.

use super::installs::{base_of, final_runs, name_of};
use super::{Concern, Confidence, Example, Finding, Rule, Severity, Subject};
use crate::packages::ActionKind;

pub(super) static RULE: Rule = Rule {
    id: "manager-renewed",
    title: "Keep the package manager that the base brings",
    aliases: &[],
    why: "The base holds its manager in its own layers. A newer one is written over it: both are \
          pulled, and which version comes changes from day to day. A newer tag of the base brings a \
          newer manager once.",
    source: "https://docs.docker.com/build/building/best-practices/ (2026-11)",
    severity: Severity::Advice,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM node:22\nRUN npm install -g npm@latest\n",
            "FROM node:22\nRUN npm install -g pm2@5\n",
        ),
        Example::new(
            "FROM python:3.12\nRUN pip install --no-cache-dir --upgrade pip\n",
            // The environment's own pip is another one.
            "FROM python:3.12\nRUN python -m venv /venv && /venv/bin/pip install --upgrade pip\n",
        ),
        Example::new(
            "FROM python:3.12\nRUN pip install -U pip setuptools\n",
            "FROM debian:12\nRUN pip3 install -U pip && pip3 install -U flask\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for run in final_runs(subject) {
        let base = name_of(base_of(subject, run.stage));
        let in_environment = subject.mentions("venv") || subject.mentions("VIRTUAL_ENV");
        for command in &run.commands {
            let line = &command.line;
            let manager = if command.asks("npm", ActionKind::Install)
                && line.has_flag(&["-g", "--global"])
                && base == "node"
            {
                "npm"
            } else if command.asks("pip", ActionKind::Install)
                && line.has_flag(&["-U", "--upgrade"])
                && base == "python"
                && !in_environment
            {
                "pip"
            } else {
                continue;
            };
            let is_itself =
                |word: &str| word.split(['@', '=', '<', '>', '~']).next() == Some(manager);
            let words = line
                .operands(&[])
                .into_iter()
                .skip_while(|it| it.text != "install" && it.text != "i");
            if !words.skip(1).any(|it| is_itself(&it.text)) {
                continue;
            }
            let message = format!(
                "This writes a second {manager} over that of {}, which stays in the base's layers: \
                 leave it out, or take a newer base.",
                base_of(subject, run.stage)
            );
            findings.push(Finding::new(command.span, message).unsure(Confidence::Possible));
        }
    }
    findings
}
