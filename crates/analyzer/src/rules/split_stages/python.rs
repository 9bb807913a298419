//! Python: packages that are compiled while they are installed, in a virtual environment that
//! moves as a whole.

use super::account::{Account, Scope, Takes};
use super::facts::Facts;
use super::{Plan, Split};
use crate::dockerfile::{CopyArguments, Instruction, InstructionKind};
use crate::packages::ActionKind;
use crate::rules::edits;
use crate::rules::installs::action_of;

pub(super) const SPLIT: Split = Split { title: "Python packages with a compiler", cut, plan };

const MANAGERS: [&str; 6] = ["pip", "venv", "uv", "poetry", "pipenv", "python-tools"];

/// Where the packages go.
pub(super) const FOLDER: &str = "/opt/venv";

/// Only where a compiler was installed for it: other images are helped by a slim base alone.
fn cut(facts: &Facts<'_, '_>) -> Option<usize> {
    let installs = facts.build_commands().any(|(_, command)| {
        let action = action_of(command, &["apt", "apk"], ActionKind::Install);
        action.is_some_and(|action| action.packages.iter().any(|it| is_compiler(it)))
    });
    let is_python = facts.base.repository == "python" && installs;
    facts.behind(&["pip"], &[ActionKind::Install]).filter(|_| is_python)
}

fn is_compiler(package: &str) -> bool {
    ["build-essential", "build-base", "gcc", "g++"].contains(&package) || package.ends_with("-dev")
}

fn plan(facts: &Facts<'_, '_>) -> Option<Plan> {
    let tag = facts.base.slim_tag().unwrap_or_else(|| facts.base.tag.clone());
    let mut plan = Plan { base: facts.base.with_tag(&tag), ..Plan::default() };
    let first = facts
        .runs()
        .iter()
        .find(|run| run.commands.iter().any(|command| command.asks("pip", ActionKind::Install)))?;
    let moves = |word: &str| {
        matches!(word, "--user" | "--target" | "-t" | "--prefix" | "-e" | "--editable")
    };
    let mut words = facts.build_commands().filter(|(_, it)| it.asks("pip", ActionKind::Install));
    if words.any(|(_, it)| it.line.words().any(moves)) || removes_compiler(facts) {
        return None;
    }
    let set = format!("ENV PATH=\"{FOLDER}/bin:$PATH\"");
    // The first instruction that both lines can stand above, its comments untouched.
    let line_end = facts.subject.line_end();
    let lines = format!("RUN python -m venv {FOLDER}{line_end}{set}");
    plan.edits.push(edits::insert_above(facts.subject, first.instruction, &lines));
    put_packages(facts, &mut plan, first.index, set)?;
    plan.risks.push("Shared libraries that compiled packages load must be installed in the final stage; those of the best-known development packages are.".into());
    plan.risks.push("Programs that the packages bring are called from the virtual environment in /opt/venv, not from /usr/local/bin.".into());
    Some(plan)
}

/// Lines that bring the virtual environment, set by `set`, and the project into the final stage.
pub(super) fn put_packages(
    facts: &Facts<'_, '_>,
    plan: &mut Plan,
    first_install: usize,
    set: String,
) -> Option<()> {
    let mut account = Account::of(facts, &Scope::of(&MANAGERS, Takes::Copies))?;
    let is_alpine = facts.distribution().starts_with("alpine");
    plan.lines.extend(account.needed.install(is_alpine));
    plan.lines.push(format!("COPY --from=build {FOLDER} {FOLDER}"));
    plan.lines.push(set);
    account.again.extend(copies(facts, first_install)?);
    crate::order::sort(&mut account.again);
    plan.lines.extend(account.again.iter().map(|(_, text)| text.clone()));
    plan.account = account;
    Some(())
}

/// Files of the project that were copied beside the installation; `None` where one lies relative
/// to another folder than the final stage begins in.
fn copies(facts: &Facts<'_, '_>, first_install: usize) -> Option<Vec<(usize, String)>> {
    let all = facts.above().filter(|(index, it)| {
        let Some(copy) = arguments_of(it) else { return false };
        let is_manifest = copy.sources.iter().all(|source| {
            let name = source.text.rsplit('/').next().unwrap_or_default();
            ["requirements", "constraints", "pyproject", "poetry.", "setup."]
                .iter()
                .any(|it| name.starts_with(it))
        });
        !is_manifest || *index > first_install
    });
    let mut lines = Vec::new();
    for (index, it) in all {
        let directory = &facts.subject.step(index)?.state.working_directory;
        let copy = arguments_of(it)?;
        let is_relative = !copy.destination.text.starts_with('/');
        if is_relative && (**directory != *facts.start || facts.sets_directory()) {
            return None;
        }
        lines.push((index, it.span.slice(facts.subject.text()).to_owned()));
    }
    Some(lines)
}

fn arguments_of(instruction: &Instruction) -> Option<&CopyArguments> {
    match &instruction.kind {
        InstructionKind::Copy(arguments) | InstructionKind::Add(arguments) => Some(arguments),
        _ => None,
    }
}

/// Whether the compiler is taken away again: then it may not even be in the image.
fn removes_compiler(facts: &Facts<'_, '_>) -> bool {
    facts
        .build_commands()
        .any(|(_, command)| ["apt", "apk"].iter().any(|id| command.asks(id, ActionKind::Remove)))
}
