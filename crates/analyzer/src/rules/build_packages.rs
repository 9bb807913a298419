//! Compilers and headers that stay in the image that runs.

use super::installs::{action_of, final_runs};
use super::{
    Concern, Confidence, Example, Finding, Fix, ListedCommand, Rule, Run, Severity, Subject, edits,
    split_stages,
};
use crate::packages::ActionKind;

pub(super) static RULE: Rule = Rule {
    id: "build-packages",
    title: "Remove compilers and headers in the RUN that used them, or build in another stage",
    aliases: &[],
    why: "Modules of Python, Node.js, Ruby and PHP are compiled when they are installed, and what \
          compiles them is not needed any more. It is out of the image only where the same RUN \
          removes it, or where another stage built.",
    source: "https://github.com/docker-library/php/blob/master/8.4/alpine3.22/cli/Dockerfile (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM python:3.12-alpine\nRUN apk add --no-cache gcc musl-dev && pip install --no-cache-dir cffi==1.17\n",
            "FROM python:3.12-alpine\nRUN apk add --virtual .build-packages --no-cache gcc musl-dev && pip install --no-cache-dir cffi==1.17 \\\n    && apk del .build-packages\n",
        ),
        Example::new(
            "FROM python:3.12-slim\nRUN apt-get update \\\n  && apt-get install -y --no-install-recommends curl gcc libpq-dev \\\n  && pip install psycopg2\n",
            "FROM python:3.12-slim\nRUN apt-get update \\\n  && apt-get install -y --no-install-recommends curl gcc libpq-dev \\\n  && pip install psycopg2 \\\n  && apt-get purge -y --auto-remove gcc\n",
        ),
        Example::new(
            "FROM debian:12\nRUN apt-get update && apt-get install -y build-essential\n",
            "FROM debian:12 AS build\nRUN apt-get update && apt-get install -y build-essential\nFROM debian:12\nCOPY --from=build /app /app\n",
        ),
        Example::new(
            "FROM debian:12\nRUN apt-get update && apt-get install -y build-essential\n",
            "FROM php:8.4-alpine\nRUN apk add --no-cache -t .deps $PHPIZE_DEPS gcc && pecl install redis && apk del .deps\n",
        ),
    ],
    check,
};

/// Packages that only a compilation needs.
#[rustfmt::skip]
const TOOLS: &[&str] = &[
    "build-essential", "build-base", "gcc", "g++", "gcc-c++", "clang", "make", "cmake", "autoconf",
    "automake", "libtool", "musl-dev", "linux-headers", "libc6-dev", "libc-dev", "python3-dev", "python3-devel", "ruby-dev",
];

/// Managers that compile what they install.
const COMPILE: &[&str] = &[
    "pip", "uv", "poetry", "pipenv", "npm", "yarn", "pnpm", "gem", "bundler", "pecl", "php",
    "make", "cargo",
];

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !split_stages::check(subject).is_empty() {
        return findings;
    }
    let compiles = |it: &ListedCommand| {
        let manager = it.action.as_ref().and_then(|action| action.manager);
        manager.is_some_and(|manager| COMPILE.contains(&manager.id))
    };
    let uses = final_runs(subject).filter(|run| run.commands.iter().any(compiles));
    let last_use = uses.last().map(|run| run.index);
    for run in final_runs(subject) {
        for command in &run.commands {
            let managers = ["apt", "apk", "dnf"];
            let Some(action) = action_of(command, &managers, ActionKind::Install) else { continue };
            let tools = action.packages.iter().filter(|name| TOOLS.contains(&name.as_str()));
            let tools: Vec<&str> = tools.map(String::as_str).collect();
            let id = action.manager.map_or("", |it| it.id);
            let is_removed = run.commands.iter().any(|it| it.asks(id, ActionKind::Remove));
            let runs_them =
                subject.starts().iter().any(|text| tools.iter().any(|it| text.contains(it)));
            if tools.is_empty() || is_removed || runs_them {
                continue;
            }
            let message = format!(
                "{} compile{} and stay{} in the image that runs: remove them in the RUN that uses \
                 them, or build in a stage of its own.",
                tools.join(", "),
                if tools.len() == 1 { "s" } else { "" },
                if tools.len() == 1 { "s" } else { "" },
            );
            let all_tools = tools.len() == action.packages.len();
            let is_used_later = last_use.is_some_and(|last| last > run.index);
            let fix = mend(subject, run, command, &tools, all_tools).filter(|_| !is_used_later);
            let finding = Finding::new(command.span, message).unsure(Confidence::Likely);
            findings.push(finding.mended_by(fix));
        }
    }
    findings
}

/// Removes the tools behind what compiles with them, where that stands in the same `RUN`.
fn mend(
    subject: &Subject<'_>,
    run: &Run<'_>,
    command: &ListedCommand,
    tools: &[&str],
    all_tools: bool,
) -> Option<Fix> {
    let compiles = |it: &&ListedCommand| {
        let action = it.action.as_ref().filter(|_| it.span.start > command.span.start);
        let manager = action.and_then(|action| action.manager);
        manager.is_some_and(|manager| COMPILE.contains(&manager.id))
    };
    run.commands.iter().find(compiles)?;
    let last = run.commands.last()?;
    let edits = match command.line.program_name() {
        "apk" if all_tools && !command.line.has_flag(&["-t", "--virtual"]) => vec![
            edits::add_flag(command, "add", "--virtual .build-packages")?,
            edits::append_command(subject, run, last, "apk del .build-packages")?,
        ],
        "apt-get" => {
            let purge = format!("apt-get purge -y --auto-remove {}", tools.join(" "));
            vec![edits::append_command(subject, run, last, &purge)?]
        }
        _ => return None,
    };
    Some(Fix::with_risks(
        "Remove them behind their use",
        edits,
        [
            "Libraries that came with them and that a compiled module loads are removed as well: install \
          those by their own names.",
        ],
    ))
}
