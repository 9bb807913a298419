//! What the usual edits rebuild of two builds, step by step.

use super::count;
use super::layers::{keyword, spaced};
use super::lines::pair;
use crate::cache::{CacheOutcome, Edit, TimeEstimate};
use crate::report::Input;
use crate::report::cache::{CacheMatrix, MatrixColumn, MatrixStep, Timing, matrix};

/// A step of one build or both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ComparedStep {
    /// Its instruction as BuildKit prints it, of the one after where both have it.
    pub instruction: String,
    /// Its line in the text before and in the text after.
    pub lines: [Option<u32>; 2],
}

/// An edit that people make every day, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ComparedEdit {
    /// What it is called: `a source file`, `package.json`.
    pub title: String,
    /// How long its rebuild takes, before and after.
    pub times: [TimeEstimate; 2],
    /// How many steps it rebuilds, before and after; those that depend on what others write count.
    pub rebuilt: [u64; 2],
    /// What becomes of each of [`super::Comparison::steps`], before and after; `None` where that
    /// build has no such step.
    pub outcomes: Vec<[Option<CacheOutcome>; 2]>,
}

/// The steps of both, and the usual edits that both know.
pub(super) fn compare_edits(
    before: &Input,
    after: &Input,
) -> (Vec<ComparedStep>, Vec<ComparedEdit>) {
    let timing = Timing::default();
    let [old, new]: [CacheMatrix; 2] = [before, after].map(|input| matrix(input, &timing));
    let rows = align(&old.steps, &new.steps);
    let steps = rows.iter().map(|places| {
        let steps = [find(&old.steps, places[0]), find(&new.steps, places[1])];
        ComparedStep {
            instruction: steps[1].or(steps[0]).map(|it| it.instruction.clone()).unwrap_or_default(),
            lines: steps.map(|step| step.map(|step| step.line)),
        }
    });
    let edits = old.columns.iter().filter_map(|column| {
        let (title, same) = same_edit(column, &old.columns, &new.columns)?;
        let outcomes = rows.iter().map(|places| {
            [find(&column.outcomes, places[0]), find(&same.outcomes, places[1])]
                .map(Option::<&CacheOutcome>::copied)
        });
        Some(ComparedEdit {
            title,
            times: [column, same].map(|column| column.rebuild.clone()),
            rebuilt: [rebuilt(column), rebuilt(same)],
            outcomes: outcomes.collect(),
        })
    });
    let edits = edits.collect();
    (steps.collect(), edits)
}

/// The same edit after, and what it is called. The file of an edit may be another one in each
/// project; that the base moves is the same edit where another image is the base now.
fn same_edit<'new>(
    column: &MatrixColumn,
    old: &[MatrixColumn],
    new: &'new [MatrixColumn],
) -> Option<(String, &'new MatrixColumn)> {
    let title = &column.edit.title;
    if let Some(same) = new.iter().find(|other| other.edit.title == *title) {
        return Some((title.clone(), same));
    }
    let alone = |these: &'_ MatrixColumn, those: &[MatrixColumn]| match &these.edit.edit {
        Some(Edit::MoveBase(image)) => {
            (!those.iter().any(|it| it.edit.title == these.edit.title)).then(|| image.clone())
        }
        _ => None,
    };
    let image = alone(column, new)?;
    // Of several bases that are only on one side nobody knows which became which.
    (old.iter().filter(|it| alone(it, new).is_some()).count() == 1).then_some(())?;
    let mut others = new.iter().filter_map(|it| Some((alone(it, old)?, it)));
    let (now, same) = others.next()?;
    others.next().is_none().then(|| (format!("the base moves: {image} → {now}"), same))
}

/// Places of the steps that are the same, or of the same kind, side by side.
fn align(old: &[MatrixStep], new: &[MatrixStep]) -> Vec<[Option<usize>; 2]> {
    let keys = [old, new]
        .map(|steps| steps.iter().map(|step| spaced(&step.instruction)).collect::<Vec<_>>());
    let rows = pair(&keys[0], &keys[1], |one, other| keyword(one) == keyword(other));
    rows.into_iter().map(|(one, other)| [one, other]).collect()
}

fn find<T>(list: &[T], place: Option<usize>) -> Option<&T> {
    place.and_then(|at| list.get(at))
}

fn rebuilt(column: &MatrixColumn) -> u64 {
    let runs = |it: &&CacheOutcome| matches!(it, CacheOutcome::Rebuilt | CacheOutcome::Depends);
    count(column.outcomes.iter().filter(runs).count())
}
