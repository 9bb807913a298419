//! What the engine answers on the build cache. The page's own wasm only reads it.

mod drawn;
mod order;
mod outcomes;
mod table;
mod words;

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::cache::Edit;
use layerwise_analyzer::report::cache::{
    CacheReport, Change, ReportedCause, Timing, UsualEdit, matrix, replay, usual_edits,
};
use layerwise_analyzer::report::{Input, Report};

pub use drawn::Drawn;
pub use outcomes::{caused, outcome_class, outcome_word, weight};
pub use words::UsualChoice;

use crate::state::{Building, NOTHING, OWN_EDIT, Trial, Version, ignore_name};
use order::TriedOrder;
use table::EditTable;
use words::Refused;

/// Above so many stages the usual edits are not all tried: two thousand would take seconds
/// (`docs/benchmarks.md`).
pub const MOST_STAGES: usize = 500;

/// What an edit rebuilds, for the page to draw.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CacheAnswer {
    /// The edit that was tried, as [`crate::state::State::edit`] holds it.
    pub edit: String,
    /// The same in words: `a source file (src/index.js) changes`.
    pub title: String,
    /// What the person changed since the version before, as words that `since` may follow; `None` for
    /// nothing.
    pub changes: Option<String>,
    /// What becomes of each step; `None` where nothing does.
    pub replayed: Option<Replayed>,
    /// The usual edits of this Dockerfile and its files.
    pub edits: Vec<UsualChoice>,
    /// All else.
    pub drawn: Drawn,
}

/// What becomes of the steps, as far as the editor and the drawing of the stages show it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Replayed {
    /// Steps that write files, in the order of the text.
    pub steps: Vec<ReplayedStep>,
    /// Lines that make steps be rebuilt, in the order of the text.
    pub causes: Vec<ReportedCause>,
}

/// A step and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReplayedStep {
    /// Line of its instruction.
    pub line: u32,
    /// Its stage.
    pub stage: usize,
    /// What becomes of it.
    pub outcome: CacheOutcome,
    /// Why, as a sentence; empty where it is simply cached.
    pub reason: String,
}

impl Replayed {
    fn of(report: &CacheReport) -> Self {
        let steps = report.steps.iter().map(|step| ReplayedStep {
            line: step.line,
            stage: step.stage,
            outcome: step.outcome,
            reason: step.reason.clone().unwrap_or_default(),
        });
        Self { steps: steps.collect(), causes: report.causes.clone() }
    }
}

/// What an edit rebuilds, beside what all usual edits do.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tried {
    /// The edit, its title and the changes as in [`CacheAnswer`].
    edit: String,
    title: String,
    changes: Option<String>,
    /// Who builds after it.
    building: Building,
    /// What becomes of each step, or why nothing does.
    outcome: Result<CacheReport, Refused>,
    /// The usual edits.
    edits: Vec<UsualChoice>,
    /// What each of them rebuilds on the builder that built before, whoever builds after the edit
    /// that was tried; `None` where there are more than [`MOST_STAGES`].
    matrix: Option<EditTable>,
    /// A better order of the lines, where there is one.
    order: Option<TriedOrder>,
}

/// Tries an edit on the input of a report, and draws what comes of it.
#[must_use]
pub fn answer_cache(input: &Input, report: &Report, trial: &Trial) -> CacheAnswer {
    let tried = try_edit(input, report, trial);
    let drawn = drawn::draw(report, &tried, ignore_name(input));
    let replayed = tried.outcome.as_ref().ok().map(Replayed::of);
    let Tried { edit, title, changes, edits, .. } = tried;
    CacheAnswer { edit, title, changes, replayed, edits, drawn }
}

/// Tries an edit on the input of a report.
fn try_edit(input: &Input, report: &Report, trial: &Trial) -> Tried {
    let timing = trial.timing();
    let is_small = report.stages.len() <= MOST_STAGES;
    let matrix = is_small.then(|| matrix(input, &timing));
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
    let mut matrix = matrix.map(EditTable::of);
    if let Some(matrix) = matrix.as_mut().filter(|_| is_broken) {
        matrix.steps.clear();
    }
    let edits = edits.into_iter().map(UsualChoice::of).collect();
    Tried { edit, title, changes, building: trial.building, outcome, edits, matrix, order }
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
    let Building { runner, no_cache, .. } = building;
    let (cold_cache_mounts, warm_cache_mounts) = (building.is_cold(), !building.is_cold());
    Change { edits, runner, no_cache, cold_cache_mounts, warm_cache_mounts, ..Change::default() }
}

/// Builds the version before, then what is there now.
fn try_own_edit(input: &Input, before: &Version, trial: &Trial) -> Result<CacheReport, String> {
    let other_context = before.other_context(input);
    let start = before.as_input(input);
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
mod tests;
