//! Packages for development in the image that runs.

use std::collections::BTreeSet;

use super::installs::{final_runs, is_newer_yarn};
use super::{
    Concern, Confidence, Example, Finding, Fix, ListedCommand, Rule, Run, Severity, Subject, edits,
};
use crate::packages::ActionKind;
use crate::plan::{CopySource, StageIndex, StepKind};

pub(super) static RULE: Rule = Rule {
    id: "development-packages",
    title: "Leave packages for development out of the image that runs",
    aliases: &[],
    why: "A project lists what it is built and tested with beside what it runs with, and managers \
          install both unless told otherwise. Compilers, test runners and linters often weigh more \
          than the rest.",
    source: "https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nCMD [\"node\", \"server.js\"]\n",
            "FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\nCOPY . .\nCMD [\"node\", \"server.js\"]\n",
        ),
        Example::new(
            "FROM php:8.3\nCOPY . .\nRUN composer \\\n    install -o\n",
            "FROM php:8.3\nCOPY . .\nRUN composer \\\n    install --no-dev -o\n",
        ),
        // A newer Yarn refuses the flag: it is only told of.
        Example::new(
            "FROM node:22\nCOPY . .\nRUN corepack enable && yarn install --immutable\n",
            "FROM node:22\nCOPY . .\nRUN corepack enable && yarn workspaces focus --all --production\n",
        ),
        Example::new(
            "FROM node:22\nCOPY . .\nRUN yarn\n",
            // The build needs them.
            "FROM node:22\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD [\"node\", \"dist/server.js\"]\n",
        ),
        Example::new(
            "FROM node:22\nCOPY . .\nRUN yarn\n",
            "FROM node:22\nENV NODE_ENV=production\nCOPY . .\nRUN npm ci\n",
        ),
        Example::new(
            "FROM node:22\nCOPY . .\nRUN yarn\n",
            "FROM node:22\nCOPY . .\nRUN npm ci\nCMD [\"npm\", \"run\", \"dev\"]\n",
        ),
        Example::new(
            "FROM python:3.12\nCOPY . .\nRUN uv sync --frozen\n",
            "FROM python:3.12\nCOPY . .\nRUN uv sync --no-dev --frozen\n",
        ),
        // To leave them out of one and not of the other makes every start install them.
        Example::new(
            "FROM python:3.12\nCOPY . .\nRUN uv sync --frozen\nCMD [\"uv\", \"run\", \"app.py\"]\n",
            "FROM python:3.12\nCOPY . .\nRUN uv sync --no-dev --frozen\nCMD [\"uv\", \"run\", \"--no-sync\", \"app.py\"]\n",
        ),
        Example::new(
            "FROM python:3.12 AS build\nRUN python -m venv /opt/venv\nCOPY . .\nRUN poetry install\nFROM python:3.12-slim\nCOPY --from=build /opt/venv /opt/venv\n",
            "FROM python:3.12 AS build\nRUN python -m venv /opt/venv\nCOPY . .\nRUN poetry install --only main\nFROM python:3.12-slim\nCOPY --from=build /opt/venv /opt/venv\n",
        ),
    ],
    check,
};

/// A row of [`FLAGS`].
type Row = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static str,
    Option<&'static str>,
);

/// Managers by id, what says so already, the words behind which the flag goes, the flag, and which
/// versions of them refuse it, if any: Yarn by <https://github.com/yarnpkg/berry/issues/3435>, Poetry
/// by <https://python-poetry.org/blog/announcing-poetry-1.2.0/>.
#[rustfmt::skip]
const FLAGS: &[Row] = &[
    ("npm", &["--omit", "--production", "--only", "--include"], &["ci", "install", "i"], "--omit=dev", None),
    ("yarn", &["--production", "--prod"], &["install"], "--production", Some("Yarn from version 2 on")),
    ("pnpm", &["--prod", "-P", "--production", "--dev", "-D"], &["install", "i"], "--prod", None),
    ("composer", &["--no-dev", "--dev"], &["install"], "--no-dev", None),
    ("uv", &["--no-dev", "--no-default-groups", "--dev", "--group", "--only-group", "--all-groups"], &["sync"], "--no-dev", None),
    ("poetry", &["--no-dev", "--only", "--without", "--with", "--only-root"], &["install", "sync"], "--only main", Some("Poetry before 1.2")),
];

const RISKS: [&str; 2] = [
    "What the app needs when it runs, and lists among its packages for development, is missing then.",
    "Scripts that run on installation may call such packages.",
];

/// Variables that say so, or are asked for.
const SAID: [&str; 6] = [
    "NODE_ENV",
    "NPM_CONFIG_OMIT",
    "npm_config_omit",
    "NPM_CONFIG_PRODUCTION",
    "COMPOSER_NO_DEV",
    "UV_NO_DEV",
];

/// What a container starts that comes from packages for development.
#[rustfmt::skip]
const DEVELOPS: &[&str] = &[
    "dev", "nodemon", "ts-node", "tsx", "test", "jest", "vite", "webpack", "start:dev", "watch",
    "pytest", "reload", "react-scripts", "ng", "phpunit",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_word = |letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '-' | ':');
    let develops = subject
        .starts()
        .iter()
        .any(|text| text.split(is_word).any(|word| DEVELOPS.contains(&word)));
    if develops {
        return findings;
    }
    let runs = runs(subject);
    for run in &runs {
        for command in &run.commands {
            findings.extend(judge(subject, &runs, run, command));
        }
    }
    findings
}

fn judge(
    subject: &Subject<'_>,
    runs: &[&Run<'_>],
    run: &Run<'_>,
    command: &ListedCommand,
) -> Option<Finding> {
    let action = command.action.as_ref().filter(|it| it.kind == ActionKind::Install)?;
    let id = action.manager?.id;
    let (_, said, words, flag, refused_by) = FLAGS.iter().find(|(manager, ..)| *manager == id)?;
    let is_said = command.line.has_flag(said)
        || SAID
            .iter()
            .any(|name| subject.mentions(name) || run.state.variables.get(name).is_some());
    let is_other = command.line.has_flag(&["-g", "--global", "--package-lock-only"])
        || !action.packages.is_empty()
        || !command.line.arguments.iter().all(|it| it.is_known)
        || matches!(command.line.program_name(), "npx" | "pnpx")
        || command.line.words().any(|it| matches!(it, "global" | "workspaces" | "exec" | "dlx"))
        || id == "uv" && !command.line.words().any(|it| it == "sync");
    if is_said || is_other || is_needed(runs, command, id) {
        return None;
    }
    let is_newer = id == "yarn" && is_newer_yarn(subject, command);
    let is_again = id == "uv" && syncs_again(subject);
    let instead = match (is_newer, is_again) {
        (true, _) => "write `yarn workspaces focus --all --production` instead".to_owned(),
        (_, true) => {
            "add `--no-dev`, and `--no-sync` to `uv run`, which installs them again".to_owned()
        }
        _ => format!("add `{flag}`"),
    };
    let edit = words.iter().find_map(|word| edits::add_flag(command, word, flag));
    let fix = edit.filter(|_| !is_newer && !is_again).map(|edit| {
        let refusal = refused_by
            .map(|who| format!("{who} refuses `{flag}`, and the build stops at this line."));
        let risks = RISKS.map(str::to_owned).into_iter().chain(refusal);
        Fix::with_risks("Install what the app runs with alone", vec![edit], risks)
    });
    let message = format!(
        "{} installs what the project is developed with as well, in the image that runs: {instead}.",
        command.line.program_name()
    );
    Some(Finding::new(command.span, message).unsure(Confidence::Likely).mended_by(fix))
}

/// Whether `uv run` installs what a project is developed with when the container starts, or later in the
/// build (<https://docs.astral.sh/uv/concepts/projects/sync/#automatic-lock-and-sync>, 2026-11).
fn syncs_again(subject: &Subject<'_>) -> bool {
    let mut runs = final_runs(subject).map(|run| run.instruction.span.slice(subject.text()));
    let mut starts = subject.starts().iter().copied();
    let syncs = |text: &str| {
        let plain = text.replace(['"', '\'', ',', '['], " ");
        let words: Vec<&str> = plain.split_whitespace().collect();
        let is_run = words.windows(2).any(
            |pair| matches!(pair, [program, "run"] if program.rsplit('/').next() == Some("uv")),
        );
        is_run
            && !words
                .iter()
                .any(|it| matches!(*it, "--no-sync" | "--no-dev" | "--no-default-groups"))
    };
    !subject.mentions("UV_NO_SYNC") && (starts.any(syncs) || runs.any(syncs))
}

/// The `RUN`s whose packages the image has: its own, and those of a stage that a virtual environment is
/// copied from.
fn runs<'subject, 'input>(subject: &'subject Subject<'input>) -> Vec<&'subject Run<'input>> {
    let mut stages: BTreeSet<StageIndex> = subject.final_chain().iter().copied().collect();
    for (index, _, stage) in subject.instructions() {
        let is_final = stage.is_some_and(|stage| subject.is_final(stage));
        let Some(step) = subject.step(index).filter(|_| is_final) else { continue };
        if let StepKind::Copy(copy) = &step.kind
            && let CopySource::Stage(from) = copy.from
            && copy.sources.iter().any(|source| source.trim_end_matches('/').ends_with("venv"))
        {
            stages.insert(from);
        }
    }
    subject.runs().iter().filter(|run| stages.contains(&run.stage)).collect()
}

/// Whether something after an installation builds with what it brought, or takes it away again.
fn is_needed(runs: &[&Run<'_>], install: &ListedCommand, id: &str) -> bool {
    let python = ["uv", "poetry"].contains(&id);
    let own = runs.partition_point(|run| run.instruction.span.end <= install.span.start);
    let later = runs.iter().skip(own).flat_map(|run| &run.commands);
    let mut later = later.filter(|it| it.span.start > install.span.start);
    later.any(|it| {
        let manager = it.action.as_ref().and_then(|action| action.manager);
        let is_own = manager.is_some_and(|manager| manager.id == id);
        match it.action.as_ref().map(|action| action.kind) {
            Some(ActionKind::Build) => !python || is_own,
            Some(ActionKind::Remove | ActionKind::Install | ActionKind::Nothing) => is_own,
            Some(_) => false,
            None => {
                let name = it.line.program_name();
                matches!(name, "node" | "php" | "artisan" | "sh" | "bash" | "")
                    || it.line.program.contains("bin/")
                    || it.line.program.starts_with("./")
            }
        }
    })
}
