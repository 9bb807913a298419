//! An installation of packages below a `COPY` of everything.

use std::collections::BTreeSet;

use super::{
    Concern, Example, Finding, Rule, Run, Severity, Subject, arriving,
    installers::{self, Installer},
    reordering,
    split_stages::has_workspaces,
};
use crate::cache::reorder::Reordering;
use crate::text::shorten;

pub(super) static RULE: Rule = Rule {
    id: "manifests-first",
    title: "Copy manifests and install packages before the rest of the sources",
    aliases: &[],
    why: "A step is taken from the cache only while nothing above it changes. Below a COPY of \
          everything, an edit of any file downloads and installs all packages again; below a COPY of \
          the manifests alone, only an edit of those does.",
    source: "https://docs.docker.com/build/cache/optimize/#order-your-layers (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Cache,
    examples: &[
        Example {
            listing: "900 package.json\n90000 package-lock.json\n9000 src/app.js\n",
            ..Example::new(
                "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n",
                "FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n",
            )
        },
        Example {
            listing: "900 requirements.txt\n9000 app.py\n",
            ..Example::new(
                "from python:3.12\r\ncopy --chown=1000 . /srv\r\nworkdir /srv\r\n# Packages\r\nrun pip install \\\r\n      -r requirements.txt && python -m compileall .\r\ncmd [\"python\", \"app.py\"]\r\n",
                "from python:3.12\r\nworkdir /srv\r\ncopy --chown=1000 requirements.txt /srv/\r\n# Packages\r\nrun pip install \\\r\n      -r requirements.txt\r\ncopy --chown=1000 . /srv\r\nrun python -m compileall .\r\ncmd [\"python\", \"app.py\"]\r\n",
            )
        },
        Example {
            listing: "900 go.mod\n9000 go.sum\n9000 main.go\n",
            ..Example::new(
                "FROM golang:1.26\nWORKDIR /src\nCOPY . .\nENV CGO_ENABLED=0\nRUN go mod download\nRUN go build -o /app .",
                "FROM golang:1.26\nWORKDIR /src\nENV CGO_ENABLED=0\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go build -o /app .",
            )
        },
        // The project itself is installed along, so it must be there.
        Example {
            listing: "900 pyproject.toml\n9000 requirements.txt\n9000 app.py\n",
            ..Example::new(
                "FROM python:3.12\nWORKDIR /srv\nCOPY . .\nRUN pip install -r requirements.txt\n",
                "FROM python:3.12\nWORKDIR /srv\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY . .\n",
            )
        },
        // Safe, since the manifest says that nothing else is read. A program of another stage stays.
        Example {
            listing: "900 composer.json\n9000 composer.lock\n9000 index.php\n",
            manifests: &[("composer.json", "{\"require\": {\"php\": \">=8.2\"}}")],
            ..Example::new(
                "FROM php:8.3-cli\nWORKDIR /app\nCOPY . .\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nRUN composer install --no-dev\nCMD [\"php\", \"index.php\"]\n",
                "FROM php:8.3-cli\nWORKDIR /app\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nCOPY composer.json composer.lock ./\nRUN composer install --no-dev\nCOPY . .\nCMD [\"php\", \"index.php\"]\n",
            )
        },
        // Sources that an installation does not read.
        Example {
            listing: "900 package.json\n90000 package-lock.json\n9000 src/app.js\n",
            ..Example::new(
                "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nCOPY src ./src\nRUN npm ci\n",
                "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY src ./src\n",
            )
        },
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let moves = &subject.moves().copies;
    let mut findings: Vec<Finding> =
        moves.iter().filter_map(|moves| describe(subject, moves)).collect();
    let moved: BTreeSet<usize> =
        moves.iter().flat_map(|moves| &moves.lines).map(|line| line.instruction).collect();
    let other = arriving::broad_copies(subject).into_iter().filter(|copy| !moved.contains(copy));
    let has_workspaces = has_workspaces(subject);
    findings.extend(other.filter_map(|copy| find(subject, copy, has_workspaces)));
    findings
}

/// What is moved in one stage.
fn describe(subject: &Subject<'_>, moves: &Reordering) -> Option<Finding> {
    let first = moves.lines.iter().min_by_key(|line| line.instruction)?;
    let instruction = subject.dockerfile.instructions.get(first.instruction)?;
    let (own, below) = (subject.line_of(first.instruction), subject.line_of(first.below));
    let again = format!("Every edit of what line {own} copies runs line {below} again");
    let names = first.names.join(" and ");
    let (message, title) = if names.is_empty() {
        let copy = shorten(instruction.span.slice(subject.text()));
        (
            format!("{again}, which does not need it; copy it below."),
            format!("Install before `{copy}`"),
        )
    } else {
        (
            format!("{again}; copy {names} first, install, then copy the rest."),
            format!("Copy {names} first"),
        )
    };
    let fix = reordering::fix(subject, title, moves);
    Some(Finding::new(instruction.span, message).mended_by(fix))
}

/// The installation below a `COPY` of everything that could stand above it.
fn find(subject: &Subject<'_>, index: usize, has_workspaces: bool) -> Option<Finding> {
    let instruction = subject.dockerfile.instructions.get(index)?;
    let stage = subject.plan.stage_of_instruction.get(index).copied().flatten()?;
    let mut runs = subject.runs_from(index + 1).iter().filter(|run| run.stage == stage);
    let (run, installers) = loop {
        let run = runs.next()?;
        let installers = installers::leading(run);
        if !installers.is_empty() {
            break (run, installers);
        }
        if !run.commands.iter().all(installers::is_independent) {
            return None;
        }
    };
    let manifests = manifests(subject, run, &installers)?;
    if !manifests.iter().all(|name| is_taken_late(subject, stage, index, name)) {
        return None;
    }
    // What a workspace installs stands in the manifests of its packages too.
    let of_packages = match has_workspaces && manifests.iter().any(|it| it == "package.json") {
        true => ", and the package.json of every workspace,",
        false => "",
    };
    let message = format!(
        "Every edit of a source file runs the installation of line {} again, since line {} copies everything above it; copy {}{of_packages} first, install, then copy the rest.",
        subject.line_of(run.index),
        subject.line_of(index),
        manifests.join(" and "),
    );
    // Where more is needed than the manifests, no order is sure to hold.
    Some(Finding::new(instruction.span, message))
}

/// The manifests that the context holds, or a project of this kind usually does.
fn manifests(
    subject: &Subject<'_>,
    run: &Run<'_>,
    installers: &[(usize, &'static Installer)],
) -> Option<Vec<String>> {
    let context = arriving::files(subject)?;
    let mut names: Vec<String> = Vec::new();
    for (at, installer) in installers {
        let action = run.commands.get(*at)?.action.as_ref()?;
        let named = action.manifests.iter().map(|name| name.trim_start_matches("./").to_owned());
        let usual = installer.manifests.iter().map(|name| (*name).to_owned());
        let there = usual.filter(|name| context.files.contains_key(name));
        let before = names.len();
        let all: Vec<String> = if installer.is_named { named.collect() } else { there.collect() };
        names.extend(all.into_iter().filter(|name| context.files.contains_key(name)));
        if names.len() == before {
            return None;
        }
    }
    names.dedup();
    Some(names)
}

/// Whether no `COPY` above brings a manifest by name.
fn is_taken_late(subject: &Subject<'_>, stage: usize, before: usize, name: &str) -> bool {
    let earlier = arriving::copies(subject).filter(|(index, _)| {
        *index < before && subject.plan.stage_of_instruction.get(*index) == Some(&Some(stage))
    });
    let mut sources = earlier.flat_map(|(_, copy)| &copy.sources);
    let start = name.split('.').next().unwrap_or(name);
    sources.all(|source| !source.contains(start))
}
