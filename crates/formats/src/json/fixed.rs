//! What fixes make of an input, schema 1. The npm package hands it out; its types describe it.

use layerwise_analyzer::advice::{AppliedFix, Fixed};
use serde::Serialize;

use super::Estimate;

/// Both texts after the fixes, and what each did, as an object that any format of `serde` can write.
#[must_use]
pub fn view_fixed(fixed: &Fixed) -> impl Serialize {
    FixedView {
        schema: 1,
        dockerfile: &fixed.dockerfile,
        dockerignore: fixed.dockerignore.as_deref(),
        steps: fixed.steps.iter().map(StepView::new).collect(),
        before: Estimate::new(&fixed.before),
        after: Estimate::new(&fixed.after),
        after_compressed: Estimate::new(&fixed.after_compressed),
    }
}

#[derive(Serialize)]
struct FixedView<'fixed> {
    schema: u32,
    dockerfile: &'fixed str,
    dockerignore: Option<&'fixed str>,
    steps: Vec<StepView<'fixed>>,
    before: Estimate<'fixed>,
    after: Estimate<'fixed>,
    after_compressed: Estimate<'fixed>,
}

#[derive(Serialize)]
struct StepView<'fixed> {
    rule: &'fixed str,
    title: &'fixed str,
    places: u64,
    risks: &'fixed [String],
    image: Estimate<'fixed>,
    saving: Option<Estimate<'fixed>>,
}

impl<'fixed> StepView<'fixed> {
    fn new(step: &'fixed AppliedFix) -> Self {
        Self {
            rule: &step.rule,
            title: &step.title,
            places: step.places,
            risks: &step.risks,
            image: Estimate::new(&step.image),
            saving: step.saving.as_ref().map(Estimate::new),
        }
    }
}
