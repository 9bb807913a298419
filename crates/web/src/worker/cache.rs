//! What the engine answers on the build cache. The page's own wasm only reads it.

use layerwise_analyzer::cache::Edit;
use layerwise_analyzer::report::cache::{
    CacheMatrix, CacheReport, Change, Timing, UsualEdit, matrix, replay, usual_edits,
};
use layerwise_analyzer::report::{Input, Report};

use crate::state::NOTHING;

/// Above so many stages the usual edits are not all tried: two thousand would take seconds
/// (`docs/benchmarks.md`).
pub const MOST_STAGES: usize = 500;

/// What an edit rebuilds, beside what all usual edits do.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CacheAnswer {
    /// The edit that was tried, as the command line takes it, or [`NOTHING`].
    pub edit: String,
    /// What becomes of each step, or a sentence that says why the edit cannot be done.
    pub outcome: Result<CacheReport, String>,
    /// The usual edits of this Dockerfile and its files.
    pub edits: Vec<UsualEdit>,
    /// What each of them rebuilds; `None` where there are more than [`MOST_STAGES`].
    pub matrix: Option<CacheMatrix>,
}

/// Tries `chosen`, which is as [`crate::state::State::edit`] holds it, on the input of a report.
#[must_use]
pub fn answer_cache(input: &Input, report: &Report, chosen: &str) -> CacheAnswer {
    let timing = Timing::default();
    let is_small = report.stages.len() <= MOST_STAGES;
    let matrix = is_small.then(|| matrix(input, &timing));
    let edits = match &matrix {
        Some(matrix) => matrix.columns.iter().map(|column| column.edit.clone()).collect(),
        None => usual_edits(input),
    };
    let edit = if chosen.is_empty() { usual(&edits) } else { chosen.to_owned() };
    let wanted = match edit.as_str() {
        NOTHING => Ok(Vec::new()),
        edit => Edit::parse(edit).map(|edit| vec![edit]),
    };
    let try_out = |edits| replay(input, &Change { edits, ..Change::default() }, &timing);
    CacheAnswer { outcome: wanted.and_then(try_out), edit, edits, matrix }
}

/// The edit that a person makes most often: the first that changes something.
fn usual(edits: &[UsualEdit]) -> String {
    edits.iter().map(name_of).find(|edit| edit != NOTHING).unwrap_or_else(|| NOTHING.to_owned())
}

/// A usual edit as [`crate::state::State::edit`] holds it.
#[must_use]
pub fn name_of(usual: &UsualEdit) -> String {
    usual.edit.as_ref().map_or_else(|| NOTHING.to_owned(), Edit::to_string)
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::report::analyze;

    use super::*;

    fn answer(chosen: &str) -> CacheAnswer {
        let text = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n";
        let input = Input { dockerfile: text.into(), ..Input::default() };
        answer_cache(&input, &analyze(&input), chosen)
    }

    #[test]
    fn without_a_choice_a_source_file_changes() {
        let usual = answer("");
        assert!(usual.edit.starts_with("modify:"), "{}", usual.edit);
        assert_eq!(answer(&usual.edit), usual, "the same when it is chosen");
        let nothing = answer(NOTHING).outcome.expect("nothing can always be done");
        assert!(nothing.causes.is_empty(), "{:?}", nothing.causes);
    }

    #[test]
    fn an_edit_that_cannot_be_done_is_answered_with_a_sentence() {
        for chosen in ["modify:there/is/none.js", "what is this"] {
            let told = answer(chosen).outcome.expect_err("it cannot be done");
            assert!(!told.is_empty() && !answer(chosen).edits.is_empty(), "{told}");
        }
    }
}
