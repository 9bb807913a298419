//! A better order of the lines, tried on the same edit.

use layerwise_analyzer::cache::{CacheOutcome, TimeEstimate};
use layerwise_analyzer::report::Input;
use layerwise_analyzer::report::cache::{
    Change, ProposedOrder, ReportedCacheStep, UsualEdit, matrix, propose_order, replay,
};

use super::{edits_of, usual};
use crate::state::{OWN_EDIT, Trial};

/// Another order of the lines, and what the edit rebuilds there.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TriedOrder {
    /// The order.
    pub order: ProposedOrder,
    /// The edit that was tried: the one that was chosen or, where that is the person's own, the usual
    /// one, since it was made on the order that is there.
    pub edit: String,
    /// How long the build takes after it.
    pub rebuild: TimeEstimate,
    /// How long it takes as the lines stand.
    pub rebuild_now: TimeEstimate,
    /// Each step.
    pub steps: Vec<TriedStep>,
    /// How long each usual edit takes to be built, in the order of the edits.
    pub usual: Vec<TimeEstimate>,
}

/// A step in another order.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TriedStep {
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
    let (edits, runner) = (edits_of(&edit).ok()?, trial.building.runner);
    let change = Change { edits, runner, ..Change::default() };
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
    let columns = matrix(&other, &trial.timing()).columns;
    let of_usual = |usual: &UsualEdit| columns.iter().find(|column| column.edit.edit == usual.edit);
    let usual = usual_edits.iter().filter_map(|usual| Some(of_usual(usual)?.rebuild.clone()));
    let usual = usual.collect();
    Some(TriedOrder { order, edit, rebuild: then.rebuild, rebuild_now: now.rebuild, steps, usual })
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::report::analyze;

    use super::*;
    use crate::worker::{CacheAnswer, answer_cache};

    fn answer() -> CacheAnswer {
        let text = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n";
        let input = Input { dockerfile: text.into(), ..Input::default() };
        answer_cache(&input, &analyze(&input), &Trial::default())
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
        assert!(tried.rebuild.likely < tried.rebuild_now.likely, "{tried:?}");
        assert_eq!(tried.usual.len(), answer().edits.len(), "a time for each usual edit");
        let dockerignore = tried.order.dockerignore;
        assert!(dockerignore.as_deref().is_some_and(|text| text.contains("node_modules")));
        let better = Input { dockerfile: tried.order.dockerfile, dockerignore, ..Input::default() };
        assert_eq!(answer_cache(&better, &analyze(&better), &Trial::default()).order, None);
    }
}
