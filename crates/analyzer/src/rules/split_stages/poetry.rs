//! Python with Poetry: its packages in a virtual environment that moves as a whole, and no Poetry
//! beside them.
//!
//! Poetry installs into an environment that is active
//! (<https://python-poetry.org/docs/basic-usage/#using-your-virtual-environment>, 2026-11).

use super::facts::Facts;
use super::python::{FOLDER, put_packages};
use super::{Plan, Split};
use crate::packages::ActionKind;
use crate::rules::edits;

pub(super) const SPLIT: Split = Split { title: "Python packages with Poetry", cut, plan };

/// Only where nothing that runs asks for Poetry or for the environment that it made.
fn cut(facts: &Facts<'_, '_>) -> Option<usize> {
    let behind = facts.behind(&["poetry"], &[ActionKind::Install])?;
    let needs =
        |word: &String| word.contains("poetry") || word.contains(".venv") || word.ends_with(".sh");
    let mut below = facts.runs().iter().filter(|run| run.index >= behind);
    let asks = below.any(|run| run.commands.iter().any(|it| it.line.program_name() == "poetry"));
    let is_free = facts.base.repository == "python" && !facts.command.iter().any(needs) && !asks;
    is_free.then_some(behind)
}

fn plan(facts: &Facts<'_, '_>) -> Option<Plan> {
    let tag = facts.base.slim_tag().unwrap_or_else(|| facts.base.tag.clone());
    let mut plan = Plan { base: facts.base.with_tag(&tag), ..Plan::default() };
    let installs = |id: &'static str| {
        facts.build_commands().filter(move |(_, it)| it.asks(id, ActionKind::Install))
    };
    let (first, _) = installs("poetry").next()?;
    // What pip installs before goes elsewhere, and stays there.
    let is_tool = |name: &String| {
        ["poetry", "pip", "setuptools", "wheel", "virtualenv", "pipx"]
            .iter()
            .any(|tool| name.starts_with(tool))
    };
    let are_tools = installs("pip").filter(|(run, _)| run.index <= first.index).all(|(_, it)| {
        it.action
            .as_ref()
            .is_some_and(|it| it.manifests.is_empty() && it.packages.iter().all(is_tool))
    });
    if !are_tools {
        return None;
    }
    let line_end = facts.subject.line_end();
    let lines = format!(
        "RUN python -m venv {FOLDER}{line_end}ENV VIRTUAL_ENV={FOLDER} PATH=\"{FOLDER}/bin:$PATH\""
    );
    plan.edits.push(edits::insert_above(facts.subject, first.instruction, &lines));
    put_packages(facts, &mut plan, first.index, format!("ENV PATH=\"{FOLDER}/bin:$PATH\""))?;
    plan.risks
        .push("Poetry itself is not in the image: commands that call it at run time fail.".into());
    plan.risks.push("Shared libraries that compiled packages load must be installed in the final stage; those of the best-known development packages are.".into());
    plan.risks.push("Programs that the packages bring are called from the virtual environment in /opt/venv, not from /usr/local/bin.".into());
    Some(plan)
}
