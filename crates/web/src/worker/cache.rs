//! What the engine answers on the build cache. The page's own wasm only reads it.

mod order;
mod words;

use layerwise_analyzer::cache::Edit;
use layerwise_analyzer::report::cache::{
    CacheMatrix, CacheReport, Change, Timing, UsualEdit, matrix, replay, usual_edits,
};
use layerwise_analyzer::report::{Input, Report};

pub use order::{TriedOrder, TriedStep};
pub use words::{Refused, UsualChoice};

use crate::state::{Building, NOTHING, OWN_EDIT, Trial, Version};

/// Above so many stages the usual edits are not all tried: two thousand would take seconds
/// (`docs/benchmarks.md`).
pub const MOST_STAGES: usize = 500;

/// What an edit rebuilds, beside what all usual edits do.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CacheAnswer {
    /// The edit that was tried, as [`crate::state::State::edit`] holds it.
    pub edit: String,
    /// The same in words: `a source file (src/index.js) changes`.
    pub title: String,
    /// What the person changed since the version before, as words that `since` may follow; `None` for
    /// nothing.
    pub changes: Option<String>,
    /// Who builds after it.
    pub building: Building,
    /// What becomes of each step, or why nothing does.
    pub outcome: Result<CacheReport, Refused>,
    /// The usual edits of this Dockerfile and its files.
    pub edits: Vec<UsualChoice>,
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
    let mut matrix = is_small.then(|| matrix(input, &timing));
    let edits = match &matrix {
        Some(matrix) => matrix.columns.iter().map(|column| column.edit.clone()).collect(),
        None => usual_edits(input),
    };
    let is_broken = refuses(input, report);
    let edit = choose(trial, &edits, is_broken);
    let changes = trial.before.as_ref().map(|before| list_changes(before, input));
    let title = words::title_of(&edits, &edit, changes.is_some());
    let outcome = match &trial.before {
        Some(before) if edit == OWN_EDIT => try_own_edit(input, before, trial),
        _ => edits_of(&edit, &edits)
            .and_then(|edits| replay(input, &change(edits, trial.building), &timing)),
    };
    let outcome = words::refuse(outcome, is_broken);
    let order = is_small.then(|| order::try_order(input, &edit, &edits, trial)).flatten();
    if let Some(matrix) = matrix.as_mut().filter(|_| is_broken) {
        matrix.steps.clear();
    }
    let edits = edits.into_iter().map(UsualChoice::of).collect();
    CacheAnswer { edit, title, changes, building: trial.building, outcome, edits, matrix, order }
}

/// The edit that is tried. A usual one that this project does not have is another usual one here.
fn choose(trial: &Trial, edits: &[UsualEdit], is_broken: bool) -> String {
    match (trial.edit.as_str(), &trial.before) {
        ("", Some(_)) => OWN_EDIT.to_owned(),
        // Who wrote something that does not build was editing.
        ("", None) if is_broken => OWN_EDIT.to_owned(),
        ("", None) => usual(edits),
        (chosen, _) if is_of_any_project(chosen) && find(edits, chosen).is_none() => usual(edits),
        (chosen, _) => chosen.to_owned(),
    }
}

/// Whether BuildKit refuses the Dockerfile as it stands.
fn refuses(input: &Input, report: &Report) -> bool {
    let replayed = || replay(input, &Change::default(), &Timing::default());
    // A report knows of errors that hinder no replay.
    !report.errors.is_empty() && replayed().is_ok_and(|replayed| !replayed.errors.is_empty())
}

/// The usual edit of a name.
fn find<'edits>(edits: &'edits [UsualEdit], name: &str) -> Option<&'edits UsualEdit> {
    edits.iter().find(|usual| name_of(usual) == name)
}

/// What a choice does to the files, the arguments or the base.
fn edits_of(chosen: &str, edits: &[UsualEdit]) -> Result<Vec<Edit>, String> {
    match (chosen, find(edits, chosen)) {
        (OWN_EDIT, _) => Ok(Vec::new()),
        (_, Some(usual)) => Ok(usual.edit.clone().into_iter().collect()),
        (NOTHING, _) => Ok(Vec::new()),
        (edit, None) => Edit::parse(edit).map(|edit| vec![edit]),
    }
}

/// The same edits, built by whom and with which caches.
fn change(edits: Vec<Edit>, building: Building) -> Change {
    let Building { runner, no_cache, cold_cache_mounts, .. } = building;
    Change { edits, runner, no_cache, cold_cache_mounts, ..Change::default() }
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
        ..change(Vec::new(), trial.building)
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
fn name_of(usual: &UsualEdit) -> String {
    match &usual.edit {
        None => NOTHING.to_owned(),
        Some(_) if is_of_any_project(&usual.title) => usual.title.clone(),
        Some(edit) => edit.to_string(),
    }
}

/// Whether a usual edit is known by its title, as `a source file`, which is another in each project.
fn is_of_any_project(title: &str) -> bool {
    title.starts_with("a ")
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
        assert_eq!(usual.edit, "a source file");
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
            let refused = answer(chosen).outcome.expect_err("it cannot be done");
            assert!(!refused.told.is_empty() && !answer(chosen).edits.is_empty(), "{refused:?}");
        }
        let told = answer("add:package.json").outcome.expect_err("it is there").told.join(". ");
        assert!(told.contains("; choose “its content changes”. "), "the page's words: {told}");
    }

    #[test]
    fn a_source_file_stays_chosen_in_another_project() {
        let title = |text: &str| {
            let input = input(text);
            let trial = Trial { edit: "a source file".into(), ..Trial::default() };
            let answer = answer_cache(&input, &analyze(&input), &trial);
            (answer.outcome.is_ok(), answer.edit, answer.title)
        };
        let (is_tried, edit, of_node) = title("FROM node:22\nCOPY . .\nRUN npm ci\n");
        assert!(is_tried && edit == "a source file", "{edit}");
        let (is_tried, edit, of_go) = title("FROM golang:1.25\nCOPY . .\nRUN go build .\n");
        assert!(is_tried && edit == "a source file" && of_go != of_node, "{edit}: {of_go}");
        let (is_tried, edit, _) = title("FROM alpine:3.22\nRUN apk add curl\n");
        assert!(is_tried && edit != "", "another usual one where there is no file: {edit}");
    }

    #[test]
    fn a_dockerfile_that_does_not_build_is_to_be_mended_first() {
        let input = input("FROM alpine\nFOO\n");
        let answer = answer_cache(&input, &analyze(&input), &Trial::default());
        let refused = answer.outcome.expect_err("nothing can be built");
        assert_eq!(refused.title, "Nothing can be replayed until the Dockerfile is mended");
        assert!(refused.told.concat().starts_with("Line 2: "), "{refused:?}");
        assert_eq!(answer.edit, OWN_EDIT, "the person is editing");
        let columns = answer.matrix.expect("it is small");
        assert!(columns.steps.is_empty(), "there is nothing to compare: {columns:?}");
    }

    #[test]
    fn caches_that_are_not_there_help_nobody() {
        let with = |building| answer_by(NOTHING, building).outcome.expect("nothing can be done");
        let without = with(Building { no_cache: true, ..Building::default() });
        let is_rebuilt = |step: &ReportedCacheStep| step.outcome == CacheOutcome::Rebuilt;
        assert!(without.steps.iter().any(is_rebuilt), "{:?}", without.steps);
        let text =
            "FROM node:22\nCOPY package.json .\nRUN --mount=type=cache,target=/root/.npm npm ci\n";
        let mounted = input(text);
        let time = |cold_cache_mounts| {
            let building = Building { cold_cache_mounts, ..Building::default() };
            let trial = Trial { edit: "modify:package.json".into(), building, ..Trial::default() };
            let answer = answer_cache(&mounted, &analyze(&mounted), &trial);
            answer.outcome.expect("package.json is assumed").rebuild.likely
        };
        assert!(time(false) < time(true), "packages are downloaded again");
    }
}
