//! How long the steps of a build take, each by itself.

use std::collections::BTreeMap;

use super::prepare::{Side, Sizes};
use super::{Change, Timing};
use crate::cache::Runner;
use crate::cache::duration::{self, TimeEstimate};
use crate::report::{Input, Subject, stages};
use crate::simulate::{self, World};
use crate::text::LineIndex;

/// How long each step of `side` takes when it runs: by stage and step.
pub(super) fn estimate(
    input: &Input,
    side: &Side<'_>,
    sizes: Option<&Sizes>,
    is_cold: bool,
    timing: &Timing,
) -> BTreeMap<(usize, usize), TimeEstimate> {
    let lines = LineIndex::new(side.text);
    let subject = Subject::new(input, &side.dockerfile, &side.plan, &lines);
    let weigh_image = stages::weigh_images(&subject);
    let sent = side.sent();
    let manifests = &side.context.manifests;
    let typed = input.assumed_sizes.iter().map(|(key, bytes)| (key.as_str(), *bytes));
    let world = World {
        sent: sent.as_ref(),
        assumed: sizes,
        replaced: None,
        typed: &typed.collect(),
        manifests,
        weigh_image: &weigh_image,
    };
    let simulation = simulate::simulate(&side.plan, &world);
    let mut durations = BTreeMap::new();
    for (index, stage) in side.plan.graph.stages.iter().enumerate() {
        let layers = simulation.stages.get(index).map_or(&[][..], |stage| &stage.layers);
        let mut layers = layers.iter().peekable();
        for (number, step) in stage.steps.iter().enumerate() {
            if !step.kind.writes() {
                continue;
            }
            let layer = layers.next_if(|layer| layer.step == number);
            let line = subject.line_of_instruction(step.instruction);
            let duration = match timing.of(line, &step.printed) {
                Some(time) => TimeEstimate::exact(time, "You said so."),
                None => duration::estimate(step, layer, !is_cold),
            };
            durations.insert((index, number), duration);
        }
    }
    durations
}

/// Whether the runner has nothing in its cache mounts.
pub(super) fn is_cold(change: &Change) -> bool {
    change.cold_cache_mounts || change.runner != Runner::Same && !change.warm_cache_mounts
}
