//! A better order of the lines: what is edited often goes below what takes long and does not need it.
//!
//! Two things are moved, each only within its stage and only past lines that are known not to care.
//! A `COPY` of the build context goes below the installs that follow it; where one of these reads
//! manifests that the `COPY` brings, they are copied by themselves before it. An `ARG`, `ENV` or `LABEL`
//! whose value is another in each build goes below the installs that do not use it
//! (<https://docs.docker.com/build/cache/optimize/#order-your-layers>; every argument with a value is in
//! the key of each later `RUN`, used or not, as measured in `tests/measured/cache.jsonl`). What only
//! looks as if it did not care is left where it is: any other command, `VOLUME`, a `COPY` to the same place.
//!
//! This is the one place that says where lines belong: the proposed order of the page and the fixes of
//! the rules `manifests-first` and `volatile-first` are both made here.

mod copies;
mod installs;
mod lines;
mod split;
mod volatile;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::context::BuildContext;
use crate::dockerfile::{self, Dockerfile, Instruction, InstructionKind};
use crate::packages::workspaces;
use crate::plan::{self, BuildOptions, BuildPlan, StageIndex, Step};
use crate::simulate::SentContext;
use crate::text::{Edit, apply_edits};

/// The most instructions that are looked at, and the most lines that are moved: a text of more is
/// made by a program.
const MOST_INSTRUCTIONS: usize = 200;
const MOST_MOVES: usize = 60;

/// What is moved.
#[derive(Clone, Copy)]
enum Kind {
    /// `COPY` and `ADD` of files of the context.
    Copies,
    /// `ARG`, `ENV` and `LABEL` with values that are another in each build.
    Values,
}

/// A line that is moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedLine {
    /// Place of its instruction in the Dockerfile.
    pub instruction: usize,
    /// Place there of the install that it goes below.
    pub below: usize,
    /// Of a `COPY` the manifests that are copied alone, of a value its names.
    pub names: Vec<String>,
}

/// Another order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reordering {
    /// The lines that are moved, in the order they are.
    pub lines: Vec<MovedLine>,
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
    /// Whether the one that it goes below does more than install: that goes on below both.
    split: Option<split::Split>,
    /// Lines that take its place, before the one that it goes below.
    instead: Vec<String>,
    /// As in [`MovedLine::names`].
    names: Vec<String>,
    /// What is moved, as a sentence.
    told: String,
    conditions: Vec<String>,
    ignore: Option<String>,
}

/// A Dockerfile as it was read.
#[derive(Clone, Copy)]
pub struct ReadText<'text> {
    /// As written.
    pub text: &'text str,
    /// Its instructions.
    pub dockerfile: &'text Dockerfile,
    /// Its plan.
    pub plan: &'text BuildPlan,
    /// How many errors both have.
    pub errors: usize,
}

/// Reads a text and asks something of it.
fn read<Found>(
    text: &str,
    options: &BuildOptions,
    question: impl FnOnce(ReadText<'_>) -> Found,
) -> Found {
    let (dockerfile, wrong) = dockerfile::parse(text);
    let (plan, refused) = plan::plan(&dockerfile, options);
    let errors = wrong.len() + refused.len();
    question(ReadText { text, dockerfile: &dockerfile, plan: &plan, errors })
}

/// A Dockerfile that is looked at, with its steps by their instruction.
struct Subject<'text> {
    read: ReadText<'text>,
    steps: BTreeMap<usize, &'text Step>,
    /// What each `RUN` installs, once it is asked for; `None` for one that may do anything else.
    installs: BTreeMap<usize, OnceCell<Option<installs::Installs>>>,
    /// The variables whose values change with each build.
    volatile: Vec<&'text str>,
    /// Whether an instruction speaks of workspaces of Node.js.
    has_workspaces: bool,
}

/// Proposes another order; `None` where nothing is to gain, or nothing is sure enough. Applied once, it
/// proposes nothing more.
#[must_use]
pub fn propose(read: ReadText<'_>, options: &BuildOptions, files: Files<'_>) -> Option<Reordering> {
    let proposal = Proposal { options, files, kinds: &[Kind::Copies, Kind::Values], stage: None };
    proposal.propose(&Subject::of(read))
}

/// The same order by what is moved, a stage each: all of it, the copies first, is what [`propose`]
/// proposes.
#[derive(Debug, Default)]
pub struct Moves {
    /// `COPY` and `ADD` of files of the context.
    pub copies: Vec<Reordering>,
    /// `ARG`, `ENV` and `LABEL` with values that are another in each build.
    pub values: Vec<Reordering>,
}

/// Finds what is moved of each kind.
#[must_use]
pub fn propose_by_kind(read: ReadText<'_>, options: &BuildOptions, files: Files<'_>) -> Moves {
    let subject = Subject::of(read);
    let of = |kind: Kind| {
        let of_stage = |stage: StageIndex| {
            let proposal = Proposal { options, files, kinds: &[kind], stage: Some(stage) };
            proposal.propose(&subject)
        };
        (0..read.plan.graph.stages.len()).filter_map(of_stage).collect()
    };
    Moves { copies: of(Kind::Copies), values: of(Kind::Values) }
}

/// What is asked for.
struct Proposal<'asked> {
    options: &'asked BuildOptions,
    files: Files<'asked>,
    kinds: &'asked [Kind],
    /// The only stage whose lines are moved; `None` for all that the target needs.
    stage: Option<StageIndex>,
}

impl Proposal<'_> {
    fn propose(&self, first: &Subject<'_>) -> Option<Reordering> {
        let ReadText { text, errors, .. } = first.read;
        let mut proposed = Reordering::default();
        let mut origins: Vec<Option<usize>> =
            (0..first.read.dockerfile.instructions.len()).map(Some).collect();
        let mut found = self.improve(first);
        for _ in 0..MOST_MOVES {
            let (moved, next) = found?;
            proposed.add(moved, &mut origins)?;
            let (again, errors_now) =
                read(&next, self.options, |next| (self.improve(&Subject::of(next)), next.errors));
            if again.is_none() {
                proposed.edits = vec![lines::difference(text, &next)];
                return (next != text && errors_now == errors).then_some(proposed);
            }
            found = again;
        }
        None
    }

    /// Does one move, the lowest first, so that lines which go below the same one keep their order.
    fn improve(&self, subject: &Subject<'_>) -> Option<(Move, String)> {
        let ReadText { text, dockerfile, plan, .. } = subject.read;
        if dockerfile.instructions.len() > MOST_INSTRUCTIONS {
            return None;
        }
        let needed = plan.graph.reachable();
        let is_asked = |at: &usize| {
            let stage = plan.stage_of_instruction.get(*at).copied().flatten();
            stage.is_some_and(|stage| {
                needed.get(stage) == Some(&true) && self.stage.is_none_or(|own| own == stage)
            })
        };
        let places = (0..dockerfile.instructions.len()).rev().filter(is_asked);
        let found = self.kinds.iter().find_map(|kind| {
            places.clone().find_map(|at| match kind {
                Kind::Copies => copies::find(subject, at, self.files),
                Kind::Values => volatile::find(subject, at),
            })
        })?;
        let moved = match &found.split {
            Some(split) => {
                let split = apply_edits(text, &[split.edit(text)]).ok()?;
                let (dockerfile, _) = dockerfile::parse(&split);
                lines::apply(&split, &dockerfile, &found)?
            }
            None => lines::apply(text, dockerfile, &found)?,
        };
        Some((found, moved))
    }
}

impl Reordering {
    /// Adds a move. `origins` are the places that the instructions had at first, if they were there.
    fn add(&mut self, found: Move, origins: &mut Vec<Option<usize>>) -> Option<()> {
        let own = origins.get(found.instruction).copied().flatten()?;
        let below = origins.get(found.below).copied().flatten()?;
        let rest = found.split.is_some().then_some(None);
        let moved = found.instead.iter().map(|_| None);
        // The install with what stands around it: the copies of manifests, and the line that is moved.
        let around = moved.chain([Some(below), Some(own)]).chain(rest);
        origins.splice(found.below..=found.below, around);
        origins.remove(found.instruction);
        match self.lines.iter_mut().find(|line| line.instruction == own) {
            Some(line) => {
                line.below = below;
                line.names.extend(found.names);
            }
            None => {
                let names = found.names;
                self.lines.push(MovedLine { instruction: own, below, names });
            }
        }
        note(&mut self.moves, found.told);
        found.conditions.into_iter().for_each(|condition| note(&mut self.conditions, condition));
        found.ignore.into_iter().for_each(|pattern| note(&mut self.ignore, pattern));
        Some(())
    }
}

fn note(list: &mut Vec<String>, text: String) {
    if !list.contains(&text) {
        list.push(text);
    }
}

impl<'text> Subject<'text> {
    fn of(read: ReadText<'text>) -> Self {
        let steps = read.plan.graph.stages.iter().flat_map(|stage| &stage.steps);
        let steps: BTreeMap<usize, &Step> =
            steps.filter(|step| !step.onbuild).map(|step| (step.instruction, step)).collect();
        let installs = steps.keys().map(|at| (*at, OnceCell::new())).collect();
        let mut all = read.dockerfile.instructions.iter();
        let has_workspaces = all.any(|it| workspaces::are_named(&it.text));
        let volatile = volatile::list(read.dockerfile);
        Self { read, steps, installs, volatile, has_workspaces }
    }

    fn instruction(&self, at: usize) -> Option<&'text Instruction> {
        self.read.dockerfile.instructions.get(at)
    }

    /// The instructions of the same stage that follow.
    fn rest_of_stage(&self, at: usize) -> impl Iterator<Item = (usize, &'text Instruction)> {
        let stages = &self.read.plan.stage_of_instruction;
        let own = stages.get(at).copied().flatten();
        let all = self.read.dockerfile.instructions.iter().enumerate().skip(at + 1);
        all.take_while(move |(other, instruction)| {
            own.is_some()
                && stages.get(*other).copied().flatten() == own
                && !matches!(instruction.kind, InstructionKind::From { .. })
        })
    }

    /// What a `RUN` installs; `None` where it may do anything else.
    fn installs(&self, at: usize) -> Option<&installs::Installs> {
        let read = || {
            let ReadText { text, dockerfile, .. } = self.read;
            let source = || split::Source::of(text, dockerfile, self.instruction(at)?);
            installs::read(self.steps.get(&at)?, source)
        };
        self.installs.get(&at)?.get_or_init(read).as_ref()
    }

    /// An instruction as it is written.
    fn written(&self, instruction: &Instruction) -> &'text str {
        instruction.span.slice(self.read.text)
    }
}

#[cfg(test)]
mod tests;
