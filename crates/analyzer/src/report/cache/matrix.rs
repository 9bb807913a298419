//! All usual edits at once: what each would rebuild, to see at a glance which order is right.

use std::collections::BTreeMap;

use super::Timing;
use super::assemble::{self, Times};
use super::prepare::{self, Side};
use super::times;
use super::usual::{UsualEdit, list, tell_left_out};
use crate::cache::{Build, Cache, CacheOutcome, CachedStep, Edit, Memo, TimeEstimate, Versions};
use crate::context::BuildContext;
use crate::plan::{self, BuildPlan};
use crate::report::Input;
use crate::simulate::SentContext;

/// What each usual edit rebuilds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CacheMatrix {
    /// Steps that write files, in the order of the text.
    pub steps: Vec<MatrixStep>,
    /// A column for each edit.
    pub columns: Vec<MatrixColumn>,
    /// Which usual edits were not tried, a sentence.
    pub left_out: Option<String>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MatrixStep {
    /// Line of its instruction.
    pub line: u32,
    /// Its stage.
    pub stage: usize,
    /// The instruction as BuildKit prints it.
    pub instruction: String,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MatrixColumn {
    /// The edit.
    pub edit: UsualEdit,
    /// What becomes of each step; of a linked one, of the copy itself.
    pub outcomes: Vec<CacheOutcome>,
    /// How long the build takes.
    pub rebuild: TimeEstimate,
}

/// Tries all usual edits.
#[must_use]
pub fn matrix(input: &Input, timing: &Timing) -> CacheMatrix {
    let (side, sizes) = prepare::read_before(input);
    let side = &side;
    let durations = times::estimate(input, side, sizes.as_ref(), false, timing);
    let trial = Trial::new(input, side);
    let unchanged = trial.go(None).unwrap_or_default();
    let report = assemble::report(side, &unchanged, &durations, timing);
    let steps = report.steps.into_iter().map(|step| MatrixStep {
        line: step.line,
        stage: step.stage,
        instruction: step.instruction,
    });
    let steps = steps.collect();
    let mut columns = Vec::new();
    let (edits, left_out) = list(side, trial.sent.as_ref());
    for edit in edits {
        let Ok(steps) = trial.go(edit.edit.as_ref()) else { continue };
        let steps = align(&unchanged, steps);
        let times = Times { plan: &side.plan, steps: &steps, durations: &durations, timing };
        let (rebuild, _) = times.rebuild();
        let outcomes = steps.iter().map(|step| step.outcome).collect();
        columns.push(MatrixColumn { edit, outcomes, rebuild });
    }
    CacheMatrix { steps, columns, left_out: tell_left_out(&left_out) }
}

/// One build, and the cache that it leaves, for edits to be tried on.
struct Trial<'side> {
    input: &'side Input,
    side: &'side Side<'side>,
    sent: Option<SentContext<'side>>,
    cache: Cache,
    memo: Memo,
}

impl<'side> Trial<'side> {
    fn new(input: &'side Input, side: &'side Side<'side>) -> Self {
        let (sent, mut cache, mut memo) = (side.sent(), Cache::new(), Memo::default());
        cache.build_with(&build(&side.plan, sent.as_ref(), &side.versions), &mut memo);
        Self { input, side, sent, cache, memo }
    }

    /// What becomes of each step after an edit, of which none adds or removes a name.
    fn go(&self, edit: Option<&Edit>) -> Result<Vec<CachedStep>, String> {
        let side = self.side;
        let mut cache = self.cache.clone();
        let sent = self.sent.as_ref();
        let mut versions = side.versions.clone();
        let mut options = self.input.options.clone();
        let mut nothing = BuildContext::default();
        let mut memo = self.memo.clone();
        Ok(match edit {
            None => cache.build_with(&build(&side.plan, sent, &versions), &mut memo),
            Some(edit @ Edit::MoveBase(_)) => {
                edit.apply(&side.plan, &mut nothing, &mut options, &mut versions)?;
                cache.build_with(&build(&side.plan, sent, &versions), &mut memo)
            }
            Some(edit @ Edit::Argument { .. }) => {
                edit.apply(&side.plan, &mut nothing, &mut options, &mut versions)?;
                let (plan, _) = plan::plan(&side.dockerfile, &options);
                cache.build_with(&build(&plan, sent, &versions), &mut memo)
            }
            Some(edit) => {
                let mut context = (*side.context).clone();
                edit.apply(&side.plan, &mut context, &mut options, &mut versions)?;
                let sent = sent.map(|sent| sent.with_entries_of(&context));
                let sent = sent.as_ref();
                memo = edit.path().map(|path| memo.without(path)).unwrap_or_default();
                cache.build_with(&build(&side.plan, sent, &versions), &mut memo)
            }
        })
    }
}

fn build<'build>(
    plan: &'build BuildPlan,
    sent: Option<&'build SentContext<'build>>,
    versions: &'build Versions,
) -> Build<'build> {
    Build { plan, sent, versions, no_cache: false, no_cache_filter: &[] }
}

/// The steps after an edit in the rows of those before it: an argument may make or unmake one.
fn align(rows: &[CachedStep], steps: Vec<CachedStep>) -> Vec<CachedStep> {
    let mut by_place: BTreeMap<(usize, usize), CachedStep> =
        steps.into_iter().map(|step| ((step.stage, step.step), step)).collect();
    let rows = rows
        .iter()
        .map(|row| by_place.remove(&(row.stage, row.step)).unwrap_or_else(|| row.clone()));
    rows.collect()
}
