//! A better order of the lines: what is edited often goes below what takes long and does not need it.
//!
//! Two things are moved, each only within its stage and only past lines that are known not to care.
//! A `COPY` of the build context goes below the installs that follow it; where one of these reads
//! manifests that the `COPY` brings, they are copied by themselves before it. An `ARG`, `ENV` or `LABEL`
//! whose value is another in each build goes below the installs that do not use it
//! (<https://docs.docker.com/build/cache/optimize/#order-your-layers>; every argument with a value is in
//! the key of each later `RUN`, used or not, as measured in `tests/measured/cache.jsonl`). What only
//! looks as if it did not care is left where it is: any other command, `VOLUME`, another `COPY`.

mod copies;
mod installs;
mod lines;
mod volatile;

use std::collections::BTreeMap;

use crate::context::BuildContext;
use crate::dockerfile::{self, Dockerfile, Instruction, InstructionKind};
use crate::plan::{self, BuildOptions, BuildPlan, Step};
use crate::simulate::SentContext;
use crate::text::Edit;

/// The most instructions that are looked at, and the most lines that are moved: a text of more is
/// made by a program.
const MOST_INSTRUCTIONS: usize = 600;
const MOST_MOVES: usize = 60;

/// Another order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reordering {
    /// What is moved, one sentence each.
    pub moves: Vec<String>,
    /// What has to be so for the image to stay the same, one sentence each.
    pub conditions: Vec<String>,
    /// Patterns that the ignore file needs, so that no copy covers what was installed before it.
    pub ignore: Vec<String>,
    /// What of the text is replaced.
    pub edits: Vec<Edit>,
}

/// The files that a build may copy.
#[derive(Clone, Copy)]
pub struct Files<'files> {
    /// What is sent of them.
    pub sent: &'files SentContext<'files>,
    /// All of them, with the texts of manifests.
    pub context: &'files BuildContext,
    /// Whether they are the person's own; assumed ones may have other lock files.
    pub are_known: bool,
}

/// One line that goes below another.
struct Move {
    /// The instruction that is moved.
    instruction: usize,
    /// The one that it goes below.
    below: usize,
    /// Lines that take its place, before the one that it goes below.
    instead: Vec<String>,
    /// What is moved, as a sentence.
    told: String,
    conditions: Vec<String>,
    ignore: Option<String>,
}

/// A Dockerfile that is looked at, with its steps by their instruction.
struct Subject<'text> {
    text: &'text str,
    dockerfile: &'text Dockerfile,
    plan: &'text BuildPlan,
    steps: BTreeMap<usize, &'text Step>,
}

/// Proposes another order; `None` where nothing is to gain, or nothing is sure enough. Applied once, it
/// proposes nothing more.
#[must_use]
pub fn propose(text: &str, options: &BuildOptions, files: Files<'_>) -> Option<Reordering> {
    let mut proposed = Reordering::default();
    let mut now = text.to_owned();
    let errors = count_errors(text, options);
    for _ in 0..MOST_MOVES {
        let Some(next) = improve(&now, options, files, &mut proposed) else {
            let is_better = now != text && count_errors(&now, options) == errors;
            proposed.edits = vec![lines::difference(text, &now)];
            return is_better.then_some(proposed);
        };
        now = next;
    }
    None
}

/// Does one move, the lowest first, so that lines which go below the same one keep their order.
fn improve(
    text: &str,
    options: &BuildOptions,
    files: Files<'_>,
    proposed: &mut Reordering,
) -> Option<String> {
    let (dockerfile, _) = dockerfile::parse(text);
    if dockerfile.instructions.len() > MOST_INSTRUCTIONS {
        return None;
    }
    let (plan, _) = plan::plan(&dockerfile, options);
    let steps = plan.graph.stages.iter().flat_map(|stage| &stage.steps);
    let steps = steps.filter(|step| !step.onbuild).map(|step| (step.instruction, step)).collect();
    let subject = Subject { text, dockerfile: &dockerfile, plan: &plan, steps };
    let places = (0..dockerfile.instructions.len()).rev();
    let found = places.into_iter().find_map(|at| {
        copies::find(&subject, at, files).or_else(|| volatile::find(&subject, at))
    })?;
    let moved = lines::apply(text, &dockerfile, &found)?;
    note(&mut proposed.moves, found.told);
    found.conditions.into_iter().for_each(|condition| note(&mut proposed.conditions, condition));
    found.ignore.into_iter().for_each(|pattern| note(&mut proposed.ignore, pattern));
    Some(moved)
}

fn note(list: &mut Vec<String>, text: String) {
    if !list.contains(&text) {
        list.push(text);
    }
}

fn count_errors(text: &str, options: &BuildOptions) -> usize {
    let (dockerfile, errors) = dockerfile::parse(text);
    let (_, refused) = plan::plan(&dockerfile, options);
    errors.len() + refused.len()
}

impl<'text> Subject<'text> {
    fn instruction(&self, at: usize) -> Option<&'text Instruction> {
        self.dockerfile.instructions.get(at)
    }

    /// The instructions of the same stage that follow.
    fn rest_of_stage(&self, at: usize) -> impl Iterator<Item = (usize, &'text Instruction)> {
        let stages = &self.plan.stage_of_instruction;
        let own = stages.get(at).copied().flatten();
        let all = self.dockerfile.instructions.iter().enumerate().skip(at + 1);
        all.take_while(move |(other, instruction)| {
            own.is_some()
                && stages.get(*other).copied().flatten() == own
                && !matches!(instruction.kind, InstructionKind::From { .. })
        })
    }

    /// What a `RUN` installs; `None` where it may do anything else.
    fn installs(&self, at: usize) -> Option<installs::Installs> {
        installs::read(self.steps.get(&at)?)
    }

    /// An instruction as it is written.
    fn written(&self, instruction: &Instruction) -> &'text str {
        instruction.span.slice(self.text)
    }
}

#[cfg(test)]
mod tests;
