//! What the engine answers on the build cache. The page's own wasm only reads it.

use layerwise_analyzer::cache::Edit;
use layerwise_analyzer::report::cache::{
    CacheMatrix, CacheReport, Change, UsualEdit, matrix, replay, usual_edits,
};
use layerwise_analyzer::report::{Input, Report};

use crate::state::{Building, NOTHING};

/// Above so many stages the usual edits are not all tried: two thousand would take seconds
/// (`docs/benchmarks.md`).
pub const MOST_STAGES: usize = 500;

/// What an edit rebuilds, beside what all usual edits do.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CacheAnswer {
    /// The edit that was tried, as the command line takes it, or [`NOTHING`].
    pub edit: String,
    /// Who builds after it.
    pub building: Building,
    /// What becomes of each step, or a sentence that says why the edit cannot be done.
    pub outcome: Result<CacheReport, String>,
    /// The usual edits of this Dockerfile and its files.
    pub edits: Vec<UsualEdit>,
    /// What each of them rebuilds on the builder that built before, whoever builds after the edit
    /// that was tried; `None` where there are more than [`MOST_STAGES`].
    pub matrix: Option<CacheMatrix>,
}

/// Tries `chosen`, which is as [`crate::state::State::edit`] holds it, on the input of a report.
#[must_use]
pub fn answer_cache(
    input: &Input,
    report: &Report,
    chosen: &str,
    building: Building,
) -> CacheAnswer {
    let timing = building.timing();
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
    let change = |edits| Change { edits, runner: building.runner, ..Change::default() };
    let outcome = wanted.and_then(|edits| replay(input, &change(edits), &timing));
    CacheAnswer { outcome, edit, building, edits, matrix }
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
    use layerwise_analyzer::cache::{CacheOutcome, Export, Runner};
    use layerwise_analyzer::report::analyze;
    use layerwise_analyzer::report::cache::ReportedCacheStep;

    use super::*;

    fn answer(chosen: &str) -> CacheAnswer {
        answer_by(chosen, Building::default())
    }

    fn answer_by(chosen: &str, building: Building) -> CacheAnswer {
        let text = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n";
        let input = Input { dockerfile: text.into(), ..Input::default() };
        answer_cache(&input, &analyze(&input), chosen, building)
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
    fn a_fresh_runner_without_a_cache_rebuilds_what_nothing_changed() {
        let runner = Runner::Fresh(Export::Nothing);
        let fresh = answer_by(NOTHING, Building { runner, ..Building::default() });
        let report = fresh.outcome.expect("nothing can always be done");
        let is_rebuilt = |step: &ReportedCacheStep| step.outcome == CacheOutcome::Rebuilt;
        assert!(report.steps.iter().all(is_rebuilt), "{:?}", report.steps);
        assert_eq!(fresh.matrix, answer(NOTHING).matrix, "the table is of the same builder");
    }

    #[test]
    fn a_week_of_more_builds_costs_more() {
        let week = |edits_a_day| {
            let building = Building { edits_a_day, ..Building::default() };
            answer_by("", building).outcome.expect("a file is there").week.likely
        };
        assert_eq!(week(50), 5 * week(10));
    }

    #[test]
    fn an_edit_that_cannot_be_done_is_answered_with_a_sentence() {
        for chosen in ["modify:there/is/none.js", "what is this"] {
            let told = answer(chosen).outcome.expect_err("it cannot be done");
            assert!(!told.is_empty() && !answer(chosen).edits.is_empty(), "{told}");
        }
    }
}
