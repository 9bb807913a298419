//! What an edit rebuilds and why: the one call for front ends, and all usual edits at once.
//!
//! Nothing of the report itself calls this, so a page that only outlines does not carry it.

mod assemble;
mod matrix;
mod notes;
mod order;
mod prepare;
mod refusals;
mod sentences;
mod text;
mod times;
mod usual;

use std::rc::Rc;

pub use matrix::{CacheMatrix, MatrixColumn, MatrixStep, matrix};
pub use order::{ProposedOrder, find_moves, propose_order};
pub use text::{describe_duration, describe_time, write_cache_text};
pub use usual::{UsualEdit, usual_edits};

use super::{Input, ReportedError};
use crate::cache::duration::week;
use crate::cache::{CacheOutcome, Edit, PartKind, Runner, TimeEstimate};
use crate::context::KnownContext;
use crate::images::Platform;
use crate::order::sort_by_key;
use crate::plan::BuildOptions;

/// What is done between two builds. The default is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct Change {
    /// Edits, one after the other.
    pub edits: Vec<Edit>,
    /// Another text of the Dockerfile.
    pub dockerfile: Option<String>,
    /// Another text of the ignore file.
    pub dockerignore: Option<String>,
    /// Another build context. Without one, a Dockerfile and an ignore file that are files of the
    /// context change there as well.
    pub context: Option<Rc<KnownContext>>,
    /// The name of the Dockerfile in the context; `None` for `Dockerfile`. Empty where the text
    /// after is that of another file, so that none of the context changes.
    pub dockerfile_name: Option<String>,
    /// `--build-arg`s that come after those of the input.
    pub build_arguments: Vec<(String, Option<String>)>,
    /// Another `--target`.
    pub target: Option<String>,
    /// Another `--platform`.
    pub platform: Option<Platform>,
    /// What the build is called with, in place of what the input says; the fields above come on top.
    pub options: Option<BuildOptions>,
    /// `--no-cache`.
    pub no_cache: bool,
    /// `--no-cache-filter`: names of stages.
    pub no_cache_filter: Vec<String>,
    /// Who builds.
    pub runner: Runner,
    /// Whether cache mounts are empty, as on a fresh runner: no export holds them.
    pub cold_cache_mounts: bool,
    /// Whether a fresh runner has them all the same, since a CI job keeps their folders itself.
    pub warm_cache_mounts: bool,
}

/// How time is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct Timing {
    /// Steps that can run beside each other.
    pub cores: u32,
    /// How often such an edit is built in a day of work.
    pub edits_a_day: u32,
    /// Milliseconds that steps take, by the line of their instruction in the text after the edit:
    /// what a person knows better.
    pub known: Vec<(u32, u64)>,
    /// The same by the instruction as BuildKit prints it, wherever it stands.
    pub by_instruction: Vec<(String, u64)>,
}

impl Default for Timing {
    fn default() -> Self {
        Self { cores: 4, edits_a_day: 20, known: Vec::new(), by_instruction: Vec::new() }
    }
}

impl Timing {
    /// Milliseconds that a person says a step takes.
    fn of(&self, line: u32, instruction: &str) -> Option<u64> {
        let by_line = self.known.iter().rev().find(|(own, _)| *own == line).map(|known| known.1);
        let mut others = self.by_instruction.iter().rev();
        by_line.or_else(|| others.find(|(own, _)| own == instruction).map(|known| known.1))
    }
}

/// What a change rebuilds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CacheReport {
    /// What BuildKit would refuse after the change, in the Dockerfile and of the files that it names, in
    /// the order of the text.
    pub errors: Vec<ReportedError>,
    /// Steps that write files, in the order of the text after the change.
    pub steps: Vec<ReportedCacheStep>,
    /// Lines that make steps be rebuilt, in the order of the text.
    pub causes: Vec<ReportedCause>,
    /// How long the build takes.
    pub rebuild: TimeEstimate,
    /// How long it takes without any cache.
    pub full: TimeEstimate,
    /// What a week of such edits costs.
    pub week: TimeEstimate,
    /// What was taken for granted, each a sentence.
    pub assumptions: Vec<String>,
    /// Why what was done changes nothing where that may surprise, each a sentence.
    pub remarks: Vec<String>,
}

/// A step and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedCacheStep {
    /// Line of its instruction; of the `FROM` for a trigger of the base.
    pub line: u32,
    /// Its stage.
    pub stage: usize,
    /// What BuildKit prints in brackets before it: stage, number in the stage and how many steps that
    /// has, as `build 2/6`.
    pub label: String,
    /// The instruction as BuildKit prints it.
    pub instruction: String,
    /// What becomes of it.
    pub outcome: CacheOutcome,
    /// For a `COPY --link`, what becomes of its place on the layers below: the steps after it go by
    /// this.
    pub merge: Option<CacheOutcome>,
    /// Why, as a sentence; `None` where it is simply cached.
    pub reason: Option<String>,
    /// For [`CacheOutcome::Depends`], the files that decide.
    pub depends_on: Vec<String>,
    /// The first part of its key that differs.
    pub difference: Option<ReportedDifference>,
    /// Line of the step that it all comes from; its own where that is the step itself, and that of
    /// the `FROM` where the base is another image. `None` where there is no cache to use.
    pub cause: Option<u32>,
    /// How long it takes when it runs.
    pub duration: TimeEstimate,
    /// Whether it lies on the path that decides how long the build takes.
    pub critical: bool,
}

/// The first part of a key that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedDifference {
    /// What kind of part.
    pub kind: PartKind,
    /// What is different, as a sentence.
    pub detail: String,
}

/// A line that makes steps be rebuilt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedCause {
    /// The line.
    pub line: u32,
    /// How many steps it makes be rebuilt.
    pub rebuilds: u64,
}

/// Says what a change rebuilds and why.
///
/// # Errors
/// A sentence where an edit names what is not there.
pub fn replay(input: &Input, change: &Change, timing: &Timing) -> Result<CacheReport, String> {
    let prepared = prepare::prepare(input, change)?;
    let steps = prepared.replay(change);
    let after = &prepared.after;
    // The sizes of an assumed project say nothing of a real one that comes after it.
    let sizes = prepared.sizes.as_ref().filter(|_| change.context.is_none());
    let durations = times::estimate(input, after, sizes, times::is_cold(change), timing);
    let mut report = assemble::report(after, &steps, &durations, timing);
    report.errors.extend(prepared.refusals(input, change));
    sort_by_key(&mut report.errors, |error| error.span.start);
    report.assumptions = prepared.assumptions(input, &report.errors);
    report.remarks = prepared.remarks(input, change, &steps);
    report.week = week(&report.rebuild, timing.edits_a_day);
    Ok(report)
}

#[cfg(test)]
mod tests;
