//! A better order of the lines, tried on the same edit.

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::report::Input;
use layerwise_analyzer::report::cache::{
    ProposedOrder, ReportedCacheStep, UsualEdit, describe_time, matrix, propose_order, replay,
};

use super::table::narrow_time;
use super::{change, edits_of, usual, words};
use crate::state::{Building, OWN_EDIT, Trial};

/// Another order of the lines, and what the edit rebuilds there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TriedOrder {
    /// The order.
    pub order: ProposedOrder,
    /// The edit that was tried, in words: the one that was chosen or, where that is the person's own,
    /// the usual one, since it was made on the order that is there.
    pub title: String,
    /// What it gains, in words: `31 s → 2 s`.
    pub gain: String,
    /// Each step.
    pub steps: Vec<TriedStep>,
    /// How long each usual edit takes to be built, in the order of the edits; empty where it cannot be
    /// done there.
    pub usual: Vec<String>,
}

/// A step in another order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TriedStep {
    /// Line of its instruction there.
    pub line: u32,
    /// The instruction as BuildKit prints it.
    pub instruction: String,
    /// What becomes of it as the lines stand; `None` for a new step.
    pub now: Option<CacheOutcome>,
    /// What becomes of it there.
    pub then: CacheOutcome,
}

/// Tries an edit on a better order of the lines, where there is one.
pub(super) fn try_order(
    input: &Input,
    edit: &str,
    usual_edits: &[UsualEdit],
    trial: &Trial,
) -> Option<TriedOrder> {
    let order = propose_order(input)?;
    let edit = if edit == OWN_EDIT { usual(usual_edits) } else { edit.to_owned() };
    let change = change(edits_of(&edit, usual_edits).ok()?, trial.building);
    let other = Input {
        dockerfile: order.dockerfile.clone(),
        dockerignore: order.dockerignore.clone().or_else(|| input.dockerignore.clone()),
        ..input.clone()
    };
    let now = replay(input, &change, &trial.timing()).ok()?;
    let then = replay(&other, &change, &trial.timing()).ok()?;
    let mut left = now.steps;
    let steps = then.steps.into_iter().map(|step| {
        let is_it = |own: &ReportedCacheStep| {
            own.stage == step.stage && own.instruction == step.instruction
        };
        let now = left.iter().position(is_it).map(|at| left.remove(at).outcome);
        TriedStep { line: step.line, instruction: step.instruction, now, then: step.outcome }
    });
    let steps = steps.collect();
    let usual = time_usual(&other, usual_edits, trial);
    let usual = usual.into_iter().map(|time| time.map_or_else(String::new, narrow_time)).collect();
    let title = words::title_of(usual_edits, &edit, false);
    let gain = gain(now.rebuild.likely, then.rebuild.likely);
    Some(TriedOrder { order, title, gain, steps, usual })
}

/// How many milliseconds each usual edit of another order of the lines takes to be built here.
fn time_usual(input: &Input, usual_edits: &[UsualEdit], trial: &Trial) -> Vec<Option<u64>> {
    let columns = matrix(input, &trial.timing()).columns;
    let time = |usual: &UsualEdit| {
        let known = columns.iter().find(|column| column.edit.edit == usual.edit);
        known.map(|column| column.rebuild.likely).or_else(|| {
            // Not among the usual ones here: the ignore file may have come to leave the file out.
            let change = change(usual.edit.clone().into_iter().collect(), Building::default());
            let replayed = replay(input, &change, &trial.timing()).ok()?;
            replayed.errors.is_empty().then_some(replayed.rebuild.likely)
        })
    };
    usual_edits.iter().map(time).collect()
}

/// What an order gains, in milliseconds before and after: a proposal that gains nothing for this edit
/// may for others.
fn gain(now: u64, then: u64) -> String {
    let (now, then) = (describe_time(now), describe_time(then));
    if now == then {
        return format!("no faster for this edit, {now} either way");
    }
    format!("{now} → {then}")
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::cache::Edit;
    use layerwise_analyzer::report::analyze;

    use super::*;
    use crate::format::parse_time;
    use crate::worker::cache::{Tried, try_edit};

    fn answer() -> Tried {
        let text = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n";
        let input = Input { dockerfile: text.into(), ..Input::default() };
        try_edit(&input, &analyze(&input), &Trial::default())
    }

    #[test]
    fn a_file_that_the_proposed_ignore_file_leaves_out_has_a_time_of_its_own() {
        let text = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n";
        let input = Input { dockerfile: text.into(), ..Input::default() };
        let usual = |path: &str| UsualEdit {
            title: path.to_owned(),
            edit: Some(Edit::Modify(path.to_owned())),
        };
        let ignore = Some("node_modules\n".to_owned());
        let ignoring = Input { dockerignore: ignore, ..input.clone() };
        let path = "node_modules/express/index.js";
        let edits = [usual(path), usual("none/such.js"), usual("package.json")];
        let times = time_usual(&ignoring, &edits, &Trial::default());
        let [Some(0), None, Some(manifest)] = times[..] else { panic!("{times:?}") };
        assert!(manifest > 1_000, "the packages are installed: {times:?}");
    }

    #[test]
    fn an_order_that_is_no_faster_says_so() {
        assert_eq!(gain(31_000, 12_000), "31 s → 12 s");
        assert_eq!(gain(31_000, 31_000), "no faster for this edit, 31 s either way");
    }

    #[test]
    fn a_better_order_is_tried_beside_the_one_that_is_there() {
        use CacheOutcome::{Cached, Rebuilt};
        let tried = answer().order.expect("the copy stands above the install");
        let steps: Vec<(&str, Option<CacheOutcome>, CacheOutcome)> = tried
            .steps
            .iter()
            .map(|step| (step.instruction.as_str(), step.now, step.then))
            .collect();
        let wanted = [
            ("WORKDIR /app", Some(Cached), Cached),
            ("COPY package*.json ./", None, Cached),
            ("RUN npm ci", Some(Rebuilt), Cached),
            ("COPY . .", Some(Rebuilt), Rebuilt),
        ];
        assert_eq!(steps, wanted);
        let now = answer().matrix.expect("few stages").columns;
        assert_eq!(tried.usual.len(), now.len(), "a time for each usual edit");
        let source = now.iter().position(|column| column.title == "a source file");
        let source = source.expect("a project has some");
        let then = parse_time(&tried.usual[source]).expect("it can be done there, too");
        assert!(then < parse_time(&now[source].time).expect("as here"), "{tried:?}");
        assert!(then.is_some(), "a time, not an empty cell");
        let dockerignore = tried.order.dockerignore;
        assert!(dockerignore.as_deref().is_some_and(|text| text.contains("node_modules")));
        let better = Input { dockerfile: tried.order.dockerfile, dockerignore, ..Input::default() };
        assert_eq!(try_edit(&better, &analyze(&better), &Trial::default()).order, None);
    }
}
