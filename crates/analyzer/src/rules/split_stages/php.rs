//! PHP: extensions stay with PHP, so what is above Composer is shared by both stages.

use super::facts::Facts;
use super::{Plan, Split};
use crate::dockerfile::{Instruction, InstructionKind};
use crate::packages::ActionKind;

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
    let mut plan = Plan { base: "base".into(), shared: Some(composer), ..Plan::default() };
    let sets = |(index, it): &(usize, &Instruction)| {
        *index >= composer
            && matches!(
                it.kind,
                InstructionKind::Workdir(_) | InstructionKind::Env(_) | InstructionKind::User(_)
            )
    };
    for (_, it) in facts.above().filter(sets) {
        plan.lines.push(it.span.slice(facts.subject.text()).to_owned());
    }
    plan.lines.push(format!("COPY --from=build {directory} {directory}"));
    plan.risks.push("What other commands of the build stage wrote outside of the project's folder is not in the image.".into());
    plan.risks.push(
        "Composer itself is not in the image: commands that call it at run time fail.".into(),
    );
    Some(plan)
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
