//! `npm install` where a lock file says what to install.

use super::installs::action_of;
use super::{Concern, Confidence, Example, Finding, Fix, Rule, Run, Severity, Subject, edits};
use crate::packages::ActionKind;
use crate::plan::{CopySource, Stage, StepKind};

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
    let locks: Vec<Lock> =
        subject.plan.graph.stages.iter().map(|stage| Lock::of(subject, stage)).collect();
    for run in subject.runs() {
        let Some(sure) = locks.get(run.stage).and_then(|lock| lock.before(run)) else { continue };
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

/// Where a lock file comes into a stage: the first instruction that copies it by name, and the first
/// that may.
#[derive(Clone, Copy, Default)]
struct Lock {
    by_name: Option<usize>,
    maybe: Option<usize>,
}

impl Lock {
    fn of(subject: &Subject<'_>, stage: &Stage) -> Self {
        let known = subject.input.context.as_ref().map(|known| &known.context.files);
        let mut lock = Self::default();
        if known.is_some_and(|files| !files.contains_key(LOCK)) {
            return lock;
        }
        for step in &stage.steps {
            let StepKind::Copy(copy) = &step.kind else { continue };
            if copy.from != CopySource::Context {
                continue;
            }
            for source in copy.sources.iter().map(|it| it.trim_start_matches("./")) {
                let is_all = matches!(source, "." | "" | "/") && known.is_some();
                if source == LOCK {
                    lock.by_name.get_or_insert(step.instruction);
                } else if source.starts_with("package") && source.contains('*') || is_all {
                    lock.maybe.get_or_insert(step.instruction);
                }
            }
        }
        lock
    }

    /// Whether it lies there when a `RUN` begins, and how sure that is.
    fn before(self, run: &Run<'_>) -> Option<Confidence> {
        let is_above = |place: Option<usize>| place.is_some_and(|place| place < run.index);
        match (is_above(self.by_name), is_above(self.maybe)) {
            (true, _) => Some(Confidence::Certain),
            (false, true) => Some(Confidence::Likely),
            (false, false) => None,
        }
    }
}
