//! What the sizes of a report rest on that nobody told, and what was typed instead.

use super::layers::{chain, line_of};
use super::{ReportedStage, Subject};
use crate::layer::AssumptionIndex;
use crate::order;
use crate::simulate::Simulation;
use crate::size::SizeEstimate;

/// A size that is assumed, and how to say otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedAssumption {
    /// What [`super::Input::assumed_sizes`] calls it: `STAGE:/path`, `STAGE:command`, or the path of
    /// a file of the assumed project. It survives edits of other lines.
    pub key: String,
    /// What it is, in words.
    pub label: String,
    /// Line of the first instruction whose files rest on it.
    pub line: Option<u32>,
    /// The stage that the instruction is in; `None` for a file of the assumed project.
    pub stage: Option<usize>,
    /// Bytes that are reckoned with.
    pub bytes: SizeEstimate,
    /// Bytes that are assumed as long as nothing is typed.
    pub default: SizeEstimate,
    /// How many files of the assumed project it stands for; 0 where a step writes it.
    pub files: u64,
    /// Whether the person typed it.
    pub typed: bool,
    /// Whether any of it comes to lie in the final image.
    pub in_image: bool,
}

impl ReportedAssumption {
    /// What `--assume` of the command line calls it.
    #[must_use]
    pub fn argument(&self) -> String {
        match self.stage {
            Some(_) => self.key.clone(),
            None => format!("file.{}", self.key),
        }
    }
}

/// What had to be assumed of the stages that the target needs: what the image holds first, then by
/// how far off it may be. Typing a size changes no place, so that nothing moves under a hand.
pub(super) fn list(
    subject: &Subject<'_>,
    stages: &[ReportedStage],
    simulation: &Simulation,
) -> Vec<ReportedAssumption> {
    let held = held_by_image(subject, stages, simulation);
    let is_needed = |stage: usize| stages.get(stage).is_some_and(|stage| stage.needed);
    let assumptions = simulation.assumptions.iter().filter_map(|(index, assumption)| {
        let cause = simulation.cause(assumption.cause)?;
        is_needed(cause.stage).then(|| ReportedAssumption {
            key: assumption.key.clone(),
            label: assumption.label.clone(),
            line: line_of(subject, simulation, assumption.cause),
            stage: Some(cause.stage).filter(|_| assumption.files == 0),
            bytes: assumption.bytes.clone(),
            default: assumption.default.clone(),
            files: assumption.files,
            typed: assumption.typed,
            in_image: position(index).is_some_and(|at| held.get(at) == Some(&true)),
        })
    });
    let mut assumptions: Vec<ReportedAssumption> = assumptions.collect();
    order::sort_by(&mut assumptions, |one, other| {
        let rank = |it: &ReportedAssumption| (it.in_image, width(&it.default));
        rank(other).cmp(&rank(one))
    });
    assumptions
}

/// How far off a size may be; what nobody knows comes first.
fn width(size: &SizeEstimate) -> u64 {
    size.high().map_or(u64::MAX, |high| high.0.saturating_sub(size.low().0))
}

fn position(index: AssumptionIndex) -> Option<usize> {
    usize::try_from(index.0).ok()
}

/// For each assumption whether files of the image's layers rest on it.
fn held_by_image(
    subject: &Subject<'_>,
    stages: &[ReportedStage],
    simulation: &Simulation,
) -> Vec<bool> {
    let chain = chain(subject.plan.graph.target, stages);
    let stages = chain.into_iter().filter_map(|index| simulation.stages.get(index));
    let layers = stages.flat_map(|stage| &stage.layers);
    let written = layers.flat_map(|layer| &layer.delta.written);
    let mut held = vec![false; simulation.assumptions.iter().count()];
    for index in written.filter_map(|(_, entry)| entry.assumption) {
        if let Some(held) = position(index).and_then(|at| held.get_mut(at)) {
            *held = true;
        }
    }
    held
}

#[cfg(test)]
mod tests;
