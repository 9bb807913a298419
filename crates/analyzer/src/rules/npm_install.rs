//! `npm install` where a lock file says what to install.

use super::installs::action_of;
use super::{Concern, Confidence, Example, Finding, Fix, Rule, Run, Severity, Subject, edits};
use crate::packages::ActionKind;
use crate::plan::{CopySource, StepKind};

pub(super) static RULE: Rule = Rule {
    id: "npm-install",
    title: "Install what the lock file says, with npm ci",
    aliases: &[],
    why: "`npm install` may install other versions than the lock file names, and writes the lock file \
          anew: the same Dockerfile builds another image tomorrow. `npm ci` installs what the lock \
          file says or stops.",
    source: "https://docs.npmjs.com/cli/v11/commands/npm-ci (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm install --omit=dev\n",
            "FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\n",
        ),
        Example::new(
            "FROM node:22\nCOPY package*.json ./\nRUN npm i\n",
            "FROM node:22\nCOPY package*.json ./\nRUN npm ci\n",
        ),
        Example::new(
            "FROM node:22\nCOPY package-lock.json package.json ./\nRUN [\"npm\", \"install\"]\n",
            "FROM node:22\nCOPY package.json ./\nRUN npm install\n",
        ),
        Example::new(
            "FROM node:22\nCOPY package-lock.json package.json ./\nRUN [\"npm\", \"install\"]\n",
            "FROM node:22\nCOPY package-lock.json package.json ./\nRUN npm install --no-save express\n",
        ),
    ],
    check,
};

const LOCK: &str = "package-lock.json";

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for run in subject.runs() {
        let Some(sure) = lock(subject, run) else { continue };
        for command in &run.commands {
            let Some(action) = action_of(command, &["npm"], ActionKind::Install) else { continue };
            let words = ["install", "i", "in", "ins", "add"];
            let word = words.into_iter().find_map(|word| command.place_of(word));
            let is_other =
                command.line.has_flag(&["-g", "--global", "--no-package-lock", "--force"])
                    || command.line.words().any(|it| it.starts_with("--prefix") || it == "-C")
                    || !command.line.arguments.iter().all(|it| it.is_known)
                    || command.line.operands(&[]).len() != 1;
            let Some(word) = word.filter(|_| action.packages.is_empty() && !is_other) else {
                continue;
            };
            let fix = command.is_plain.then(|| {
                Fix::with_risks(
                    "Install what the lock file says",
                    vec![edits::replace(word, "ci")],
                    ["npm ci stops without a package-lock.json that has all that package.json asks for, \
                      and removes a node_modules that lies there already."],
                )
            });
            let message = "npm install may bring other versions than package-lock.json names: write \
                           `npm ci`.";
            findings.push(Finding::new(command.span, message).unsure(sure).mended_by(fix));
        }
    }
    findings
}

/// Whether a lock file lies in the stage when a `RUN` begins, and how sure that is.
fn lock(subject: &Subject<'_>, run: &Run<'_>) -> Option<Confidence> {
    let known = subject.input.context.as_ref().map(|known| &known.context.files);
    let is_there = known.is_none_or(|files| files.contains_key(LOCK));
    let steps = subject.plan.graph.stages.get(run.stage)?.steps.iter();
    let earlier = steps.filter(|step| step.instruction < run.index);
    let mut found = None;
    for step in earlier.filter(|_| is_there) {
        let StepKind::Copy(copy) = &step.kind else { continue };
        if copy.from != CopySource::Context {
            continue;
        }
        for source in copy.sources.iter().map(|it| it.trim_start_matches("./")) {
            let is_all = matches!(source, "." | "" | "/") && known.is_some();
            if source == LOCK {
                return Some(Confidence::Certain);
            } else if source.starts_with("package") && source.contains('*') || is_all {
                found = Some(Confidence::Likely);
            }
        }
    }
    found
}
