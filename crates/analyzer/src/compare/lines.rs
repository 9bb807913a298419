//! Lines of two texts.

use similar::{Algorithm, ChangeTag, DiffTag, capture_diff_slices};

/// Which text a line is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum DiffSide {
    /// Of both.
    Both,
    /// Of the one before.
    Before,
    /// Of the one after.
    After,
}

/// A line of one text or both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DiffLine {
    /// Whose it is.
    pub side: DiffSide,
    /// Its number in the text before, from 1.
    pub before: Option<u32>,
    /// Its number in the text after, from 1.
    pub after: Option<u32>,
    /// The line without its end.
    pub text: String,
}

/// Every line of two texts, in order; what was replaced stands before what replaces it.
#[must_use]
pub fn diff(before: &str, after: &str) -> Vec<DiffLine> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let operations = capture_diff_slices(Algorithm::Patience, &old, &new);
    let changes = operations.iter().flat_map(|operation| operation.iter_changes(&old, &new));
    let number = |at: Option<usize>| at.and_then(|at| u32::try_from(at + 1).ok());
    let line = |change: similar::Change<&str>| DiffLine {
        side: match change.tag() {
            ChangeTag::Equal => DiffSide::Both,
            ChangeTag::Delete => DiffSide::Before,
            ChangeTag::Insert => DiffSide::After,
        },
        before: number(change.old_index()),
        after: number(change.new_index()),
        text: change.value().to_owned(),
    };
    changes.map(line).collect()
}

/// Pairs of places in two lists, those of alike things together. In a run of things that were
/// replaced, those for which `is_kin` holds are paired in order.
pub(super) fn pair<T: std::hash::Hash + Eq + Ord>(
    old: &[T],
    new: &[T],
    is_kin: impl Fn(&T, &T) -> bool,
) -> Vec<(Option<usize>, Option<usize>)> {
    let mut pairs = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, old, new) {
        let (tag, before, after) = operation.as_tag_tuple();
        if tag == DiffTag::Equal {
            pairs.extend(before.zip(after).map(|(one, other)| (Some(one), Some(other))));
            continue;
        }
        let mut left: Vec<usize> = after.collect();
        for one in before {
            let kin = left.iter().position(|other| {
                old.get(one).zip(new.get(*other)).is_some_and(|(one, other)| is_kin(one, other))
            });
            // What stands before the kin came in between.
            let skipped = kin.unwrap_or_default();
            pairs.extend(left.drain(..skipped).map(|other| (None, Some(other))));
            let other = kin.map(|_| left.remove(0));
            pairs.push((Some(one), other));
        }
        pairs.extend(left.into_iter().map(|other| (None, Some(other))));
    }
    pairs
}
