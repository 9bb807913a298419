//! All usual edits beside all steps, in no more than the page draws of them.

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::report::cache::{CacheMatrix, MatrixStep, describe_time};

/// A row for each step, and a column for each usual edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EditTable {
    /// The steps.
    pub steps: Vec<MatrixStep>,
    /// The edits.
    pub columns: Vec<EditColumn>,
    /// Which usual edits were not tried, a sentence.
    pub left_out: Option<String>,
}

/// A usual edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EditColumn {
    /// What it is called.
    pub title: String,
    /// What becomes of each step.
    pub outcomes: Vec<CacheOutcome>,
    /// How long it takes to be built.
    pub time: String,
}

impl EditTable {
    /// The table of a matrix.
    pub(super) fn of(matrix: CacheMatrix) -> Self {
        let columns = matrix.columns.into_iter().map(|column| EditColumn {
            title: column.edit.title,
            outcomes: column.outcomes,
            time: narrow_time(column.rebuild.likely),
        });
        Self { steps: matrix.steps, columns: columns.collect(), left_out: matrix.left_out }
    }
}

/// Milliseconds that take two rows at most: a unit stays with its number.
pub(super) fn narrow_time(milliseconds: u64) -> String {
    let joined = [(" s", "\u{a0}s"), (" min", "\u{a0}min"), (" h", "\u{a0}h")];
    let time = describe_time(milliseconds);
    joined.into_iter().fold(time, |time, (apart, joined)| time.replace(apart, joined))
}

#[cfg(test)]
mod tests {
    use super::narrow_time;

    #[test]
    fn a_unit_stays_with_its_number() {
        let times = [(900, "0.9_s"), (754_000, "12_min 34_s"), (7_500_000, "2_h 5_min")];
        for (milliseconds, told) in times {
            assert_eq!(narrow_time(milliseconds), told.replace('_', "\u{a0}"));
        }
    }
}
