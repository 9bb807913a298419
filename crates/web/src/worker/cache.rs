//! What the engine answers on the build cache. The page's own wasm only reads it.

mod order;

use layerwise_analyzer::cache::Edit;
use layerwise_analyzer::report::cache::{
    CacheMatrix, CacheReport, Change, UsualEdit, matrix, replay, usual_edits,
};
use layerwise_analyzer::report::{Input, Report};

pub use order::{TriedOrder, TriedStep};

use crate::state::{Building, NOTHING, OWN_EDIT, Trial, Version};

/// Above so many stages the usual edits are not all tried: two thousand would take seconds
/// (`docs/benchmarks.md`).
pub const MOST_STAGES: usize = 500;

/// What an edit rebuilds, beside what all usual edits do.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CacheAnswer {
    /// The edit that was tried, as the command line takes it, [`NOTHING`] or [`OWN_EDIT`].
    pub edit: String,
    /// What the person changed since the version before, as words that `since` may follow; `None` for
    /// nothing.
    pub changes: Option<String>,
    /// Who builds after it.
    pub building: Building,
    /// What becomes of each step, or a sentence that says why the edit cannot be done.
    pub outcome: Result<CacheReport, String>,
    /// The usual edits of this Dockerfile and its files.
    pub edits: Vec<UsualEdit>,
    /// What each of them rebuilds on the builder that built before, whoever builds after the edit
    /// that was tried; `None` where there are more than [`MOST_STAGES`].
    pub matrix: Option<CacheMatrix>,
    /// A better order of the lines, where there is one.
    pub order: Option<TriedOrder>,
}

/// Tries an edit on the input of a report.
#[must_use]
pub fn answer_cache(input: &Input, report: &Report, trial: &Trial) -> CacheAnswer {
    let timing = trial.timing();
    let is_small = report.stages.len() <= MOST_STAGES;
    let matrix = is_small.then(|| matrix(input, &timing));
    let edits = match &matrix {
        Some(matrix) => matrix.columns.iter().map(|column| column.edit.clone()).collect(),
        None => usual_edits(input),
    };
    let edit = match (trial.edit.as_str(), &trial.before) {
        ("", Some(_)) => OWN_EDIT.to_owned(),
        ("", None) => usual(&edits),
        (chosen, _) => chosen.to_owned(),
    };
    let changes = trial.before.as_ref().map(|before| list_changes(before, input));
    let building = trial.building;
    let outcome = match &trial.before {
        Some(before) if edit == OWN_EDIT => try_own_edit(input, before, trial),
        _ => edits_of(&edit).and_then(|edits| {
            replay(input, &Change { edits, runner: building.runner, ..Change::default() }, &timing)
        }),
    };
    let order = is_small.then(|| order::try_order(input, &edit, &edits, trial)).flatten();
    CacheAnswer { outcome, edit, changes, building, edits, matrix, order }
}

/// What a choice does to the files, the arguments or the base.
fn edits_of(chosen: &str) -> Result<Vec<Edit>, String> {
    match chosen {
        NOTHING | OWN_EDIT => Ok(Vec::new()),
        edit => Edit::parse(edit).map(|edit| vec![edit]),
    }
}

/// Builds the version before, then what is there now.
fn try_own_edit(input: &Input, before: &Version, trial: &Trial) -> Result<CacheReport, String> {
    let other_context = before.other_context(input);
    let start = Input {
        dockerfile: before.dockerfile.clone(),
        dockerignore: before.dockerignore.clone(),
        options: before.options.clone(),
        context: other_context.and(before.context.as_ref()).or(input.context.as_ref()).cloned(),
        ..input.clone()
    };
    let is_other = input.dockerignore != before.dockerignore;
    let ignore = input.dockerignore.clone().unwrap_or_default();
    let change = Change {
        dockerfile: Some(input.dockerfile.clone()),
        dockerignore: is_other.then_some(ignore),
        context: other_context.cloned(),
        options: Some(input.options.clone()),
        runner: trial.building.runner,
        ..Change::default()
    };
    replay(&start, &change, &trial.timing())
}

/// What of an input is not as in the version before.
fn list_changes(before: &Version, input: &Input) -> String {
    let (old, new) = (&before.options, &input.options);
    let differing = [
        (before.dockerfile != input.dockerfile)
            .then(|| changed_lines(&before.dockerfile, &input.dockerfile)),
        (before.dockerignore != input.dockerignore).then(|| "the ignore file".to_owned()),
        (old.target != new.target).then(|| "the target".to_owned()),
        (old.build_arguments != new.build_arguments).then(|| "build arguments".to_owned()),
        (old.platform != new.platform).then(|| "the platform".to_owned()),
        before.other_context(input).map(|_| "the files".to_owned()),
    ];
    let differing: Vec<String> = differing.into_iter().flatten().collect();
    match differing.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => differing.concat(),
    }
}

/// From the first line of a text that is another to the last one.
fn changed_lines(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let shorter = old.len().min(new.len()) - start;
    let ends = old.iter().rev().zip(new.iter().rev()).take(shorter);
    let same = ends.take_while(|(old, new)| old == new).count();
    if old == new {
        return "line ends".to_owned();
    }
    match (start + 1, new.len() - same) {
        (first, last) if first == last => format!("line {first}"),
        (first, last) if first < last => format!("lines {first} to {last}"),
        (first, _) if first > new.len() => "lines gone from the end".to_owned(),
        (first, _) => format!("lines gone before line {first}"),
    }
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
    use std::rc::Rc;

    use layerwise_analyzer::cache::{CacheOutcome, Export, Runner};

    use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
    use layerwise_analyzer::report::analyze;
    use layerwise_analyzer::report::cache::ReportedCacheStep;

    use super::*;

    fn input(text: &str) -> Input {
        Input { dockerfile: text.into(), ..Input::default() }
    }

    fn answer(chosen: &str) -> CacheAnswer {
        answer_by(chosen, Building::default())
    }

    fn answer_by(chosen: &str, building: Building) -> CacheAnswer {
        let input = input("FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n");
        let trial = Trial { edit: chosen.into(), building, ..Trial::default() };
        answer_cache(&input, &analyze(&input), &trial)
    }

    /// What becomes of each line when `before` becomes `after`.
    fn own_edit(before: &Input, after: &Input) -> Vec<(u32, CacheOutcome)> {
        let before = Some(Rc::new(Version::of(before)));
        let answer = answer_cache(after, &analyze(after), &Trial { before, ..Trial::default() });
        assert!(answer.edit == OWN_EDIT && answer.changes.is_some(), "{answer:?}");
        let report = answer.outcome.expect("texts can always be compared");
        report.steps.iter().map(|step| (step.line, step.outcome)).collect()
    }

    #[test]
    fn the_persons_own_edit_is_tried_where_there_is_one() {
        use CacheOutcome::{Cached, Rebuilt};
        let before = input("FROM node:22\nWORKDIR /app\nRUN npm ci\nRUN npm run build\n");
        let after = input("FROM node:22\n# why\nWORKDIR /app\nRUN npm ci\nRUN npm run ship\n");
        let steps = [(3, Cached), (4, Cached), (5, Rebuilt)];
        assert_eq!(own_edit(&before, &after), steps);
        let mut other = before.clone();
        other.dockerfile = "FROM node:22\nARG V=1\nRUN a\n".into();
        let mut called = other.clone();
        called.options.build_arguments = vec![("V".into(), Some("2".into()))];
        assert_eq!(own_edit(&other, &called), [(3, Rebuilt)], "an argument that was typed");
        assert_eq!(own_edit(&called, &other), [(3, Rebuilt)], "an argument that was taken back");
        let files = |listing: &str| {
            let (context, _) = read_listing(listing);
            let known = KnownContext { origin: ContextOrigin::Listing, context };
            Input { context: Some(Rc::new(known)), ..input("FROM a\nCOPY a.js /\nCOPY b.js /\n") }
        };
        let (old, new) = (files("1 a.js\n1 b.js\n"), files("1 a.js\n2 b.js\n"));
        assert_eq!(
            own_edit(&old, &new),
            [(2, Cached), (3, Rebuilt)],
            "files that were brought anew"
        );
    }

    #[test]
    fn what_was_changed_is_told_by_its_lines() {
        for (old, new, told) in [
            ("a\nb\nc\n", "a\nx\nc\n", "line 2"),
            ("a\nb\nc\n", "a\nx\ny\nc\n", "lines 2 to 3"),
            ("a\nb\nc\n", "a\nb\nc\nd\n", "line 4"),
            ("a\nb\nc\n", "a\nc\n", "lines gone before line 2"),
            ("a\nb\nc\n", "a\n", "lines gone from the end"),
            ("a\na\n", "a\na\na\n", "line 3"),
            ("a\r\n", "a\n", "line ends"),
        ] {
            assert_eq!(changed_lines(old, new), told, "{old:?} to {new:?}");
        }
        let mut after = input("FROM b\n");
        after.dockerignore = Some("x\n".into());
        after.options.target = Some("t".into());
        let told = list_changes(&Version::of(&input("FROM a\n")), &after);
        assert_eq!(told, "line 1, the ignore file and the target");
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
