//! What a fresh runner brings: nothing, or what an earlier build exported.
//!
//! `mode=max` exports every step. `mode=min`, which `type=inline` always is, exports all keys and yet
//! only the layers of the final image, so a step of another stage is built again as soon as anything
//! rebuilt needs its files (<https://docs.docker.com/build/cache/backends/#cache-mode>,
//! <https://docs.docker.com/build/cache/backends/inline/>).

use std::collections::BTreeSet;

use super::key::PartKind;
use super::reason::Difference;
use super::store::RecordId;
use super::{Build, Cache, CacheOutcome, CachedStep};
use crate::plan::{Base, BuildPlan, EdgeKind, EdgeSource, StageIndex};

/// Who builds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Runner {
    /// The builder that built before.
    #[default]
    Same,
    /// A fresh one.
    Fresh(Export),
}

/// What the build before exported, to a registry or to GitHub, and a fresh runner imports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Export {
    /// Nothing.
    Nothing,
    /// `type=inline`: within the image.
    Inline,
    /// `mode=min`: the layers of the final image.
    Minimum,
    /// `mode=max`: every step.
    Maximum,
}

/// Builds `after` on what `runner` has of `before`.
#[must_use]
pub fn replay(before: &Build<'_>, after: &Build<'_>, runner: Runner) -> Vec<CachedStep> {
    let mut cache = Cache::new();
    if runner == Runner::Fresh(Export::Nothing) {
        let mut steps = cache.build(after);
        steps.iter_mut().for_each(forget);
        return steps;
    }
    let built = cache.build(before);
    let mut steps = cache.build(after);
    if let Runner::Fresh(Export::Inline | Export::Minimum) = runner {
        let kept = layers_of_image(before.plan, &built);
        rebuild_unkept(after.plan, &kept, &mut steps);
    }
    steps
}

/// On an empty cache everything is new, for the one reason that it is empty.
fn forget(step: &mut CachedStep) {
    if let Some(difference) = &mut step.difference {
        let detail = "A fresh runner without a cache to import has nothing.";
        *difference = Difference::new(PartKind::NoCache, detail);
    }
}

/// The records whose layers the final image has.
fn layers_of_image(plan: &BuildPlan, steps: &[CachedStep]) -> BTreeSet<RecordId> {
    let mut chain: Vec<StageIndex> = Vec::new();
    let mut next = plan.graph.target;
    while let Some(index) = next {
        chain.push(index);
        next = match plan.graph.stages.get(index).map(|stage| &stage.base) {
            Some(Base::Stage(parent)) if *parent < index => Some(*parent),
            _ => None,
        };
    }
    let own = steps.iter().filter(|step| chain.contains(&step.stage));
    own.filter_map(|step| step.record).collect()
}

/// Builds again what has no layer and is needed, and leaves out what is not.
fn rebuild_unkept(plan: &BuildPlan, kept: &BTreeSet<RecordId>, steps: &mut [CachedStep]) {
    let stages = plan.graph.stages.len();
    // Whether the files at the top of a stage are needed.
    let mut is_wanted = vec![false; stages];
    if let Some(wanted) = plan.graph.target.and_then(|target| is_wanted.get_mut(target)) {
        *wanted = true;
    }
    let mut sources: Vec<Vec<(usize, StageIndex)>> = vec![Vec::new(); stages];
    for edge in plan.graph.edges.iter().filter(|edge| edge.kind != EdgeKind::From) {
        if let (EdgeSource::Stage(from), Some(list)) = (&edge.from, sources.get_mut(edge.to)) {
            list.push((edge.instruction, *from));
        }
    }
    let mut stage = None;
    let mut is_needed = false;
    for step in steps.iter_mut().rev() {
        if stage != Some(step.stage) {
            pass_to_base(plan, stage, is_needed, &mut is_wanted);
            stage = Some(step.stage);
            is_needed = is_wanted.get(step.stage) == Some(&true);
        }
        is_needed = decide(step, kept, is_needed);
        let runs = matches!(step.outcome, CacheOutcome::Rebuilt | CacheOutcome::Depends);
        let place = plan.graph.stages.get(step.stage).and_then(|it| it.steps.get(step.step));
        let own = sources.get(step.stage).into_iter().flatten();
        for (instruction, from) in own.filter(|_| runs) {
            let is_its = place.is_some_and(|place| place.instruction == *instruction);
            if let Some(wanted) = is_wanted.get_mut(*from).filter(|_| is_its) {
                *wanted = true;
            }
        }
    }
    pass_to_base(plan, stage, is_needed, &mut is_wanted);
}

/// A stage that starts from another needs all of it where its own lowest step does.
fn pass_to_base(
    plan: &BuildPlan,
    stage: Option<StageIndex>,
    is_needed: bool,
    is_wanted: &mut [bool],
) {
    let base = stage.and_then(|stage| plan.graph.stages.get(stage)).map(|stage| &stage.base);
    if let Some(Base::Stage(parent)) = base
        && let Some(wanted) = is_wanted.get_mut(*parent)
    {
        *wanted |= is_needed;
    }
}

/// Settles one step; whether the files below it are needed.
fn decide(step: &mut CachedStep, kept: &BTreeSet<RecordId>, is_needed: bool) -> bool {
    let has_layer = step.record.is_some_and(|record| kept.contains(&record));
    match step.outcome {
        CacheOutcome::NotNeeded => false,
        CacheOutcome::Rebuilt | CacheOutcome::Depends => true,
        CacheOutcome::Cached if step.below() != CacheOutcome::Cached => true,
        CacheOutcome::Cached if has_layer => false,
        CacheOutcome::Cached if is_needed => {
            let detail = "Only the layers of the final image were exported, and what is rebuilt \
                          needs the files of this step.";
            step.outcome = CacheOutcome::Rebuilt;
            step.merge = step.merge.map(|_| CacheOutcome::Rebuilt);
            step.difference = Some(Difference::new(PartKind::NoCache, detail));
            true
        }
        CacheOutcome::Cached => {
            step.outcome = CacheOutcome::NotNeeded;
            step.merge = None;
            false
        }
    }
}
