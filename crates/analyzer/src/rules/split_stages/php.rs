//! PHP: extensions stay with PHP, so what is above Composer is shared by both stages.

use super::account::{Account, Scope, Takes};
use super::facts::Facts;
use super::{Plan, Split};
use crate::dockerfile::{Instruction, InstructionKind};
use crate::packages::ActionKind;
use crate::rules::{ListedCommand, Run};

pub(super) const SPLIT: Split = Split { title: "a PHP application with Composer", cut, plan };

const MANAGERS: [&str; 5] = ["composer", "npm", "yarn", "pnpm", "node-tools"];

fn cut(facts: &Facts<'_, '_>) -> Option<usize> {
    if facts.base.repository != "php" {
        return None;
    }
    let installs = facts.behind(&["composer"], &[ActionKind::Install])?;
    let kinds = [ActionKind::Install, ActionKind::Build, ActionKind::Clean];
    facts.behind(&MANAGERS, &kinds).map(|behind| behind.max(installs))
}

fn plan(facts: &Facts<'_, '_>) -> Option<Plan> {
    let composer = first_of_composer(facts)?;
    let directory = facts.directory.as_str();
    if directory == "/" {
        return None;
    }
    // Above the line both stages need: a copy of the project there would be in both.
    let is_clean = facts
        .above()
        .filter(|(index, _)| *index < composer)
        .all(|(_, it)| !matches!(it.kind, InstructionKind::Copy(_) | InstructionKind::Add(_)));
    if !is_clean {
        return None;
    }
    let mut scope = Scope::of(&MANAGERS, Takes::Folder);
    (scope.first, scope.done) = (composer, bringing(facts));
    let account = Account::of(facts, &scope)?;
    if !account.works_below(directory) {
        return None;
    }
    let mut plan = Plan { base: "base".into(), shared: Some(composer), ..Plan::default() };
    plan.lines.extend(account.needed.install(facts.distribution().starts_with("alpine")));
    let sets = |(index, it): &(usize, &Instruction)| {
        let is_set = matches!(it.kind, InstructionKind::Workdir(_) | InstructionKind::Env(_));
        *index >= composer && is_set
    };
    let text = facts.subject.text();
    let settings = facts.above().filter(sets);
    let mut own: Vec<(usize, String)> =
        settings.map(|(index, it)| (index, it.span.slice(text).to_owned())).collect();
    own.extend(account.again.iter().cloned());
    crate::order::sort(&mut own);
    plan.lines.extend(own.into_iter().map(|(_, text)| text));
    plan.lines.push(format!("COPY --from=build {directory} {directory}"));
    plan.account = account;
    plan.risks.push(
        "Composer itself is not in the image: commands that call it at run time fail.".into(),
    );
    Some(plan)
}

/// `RUN`s that fetch Composer and do nothing else.
fn bringing(facts: &Facts<'_, '_>) -> Vec<usize> {
    let fetches = |run: &&Run<'_>| {
        let mut commands = run.commands.iter();
        let asks =
            |it: &ListedCommand| it.line.words().any(|word| word.contains("getcomposer.org"));
        let own = ["curl", "wget", "php", "mv", "chmod", "rm", "composer"];
        run.commands.iter().any(asks) && commands.all(|it| own.contains(&it.line.program_name()))
    };
    facts.runs().iter().filter(fetches).map(|run| run.index).collect()
}

/// The instruction that brings Composer, or runs it first.
fn first_of_composer(facts: &Facts<'_, '_>) -> Option<usize> {
    let brings = |it: &Instruction| {
        let is_copy = matches!(it.kind, InstructionKind::Copy(_));
        is_copy
            && it.flags.iter().any(|flag| {
                flag.name == "from"
                    && flag.value.as_deref().is_some_and(|it| it.starts_with("composer"))
            })
    };
    let copied = facts.above().find(|(_, it)| brings(it)).map(|(index, _)| index);
    let mut runs = facts.runs().iter();
    let run = runs.find(|run| {
        run.commands.iter().any(|it| {
            it.action_of("composer").is_some()
                || it.line.words().any(|word| word.contains("getcomposer.org"))
        })
    });
    let run = run.map(|run| run.index);
    match (copied, run) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
