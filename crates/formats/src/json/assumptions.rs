//! `assumptions[]`: what the sizes rest on that nobody told.

use layerwise_analyzer::report::ReportedAssumption;
use serde::Serialize;

use super::Estimate;

/// A size that is assumed.
#[derive(Serialize)]
pub(super) struct AssumptionView<'report> {
    /// As `--assume` takes it.
    key: String,
    label: &'report str,
    line: Option<u32>,
    stage: Option<usize>,
    bytes: Estimate<'report>,
    default: Estimate<'report>,
    typed: bool,
    in_image: bool,
}

impl<'report> AssumptionView<'report> {
    pub(super) fn new(assumption: &'report ReportedAssumption) -> Self {
        Self {
            key: assumption.argument(),
            label: &assumption.label,
            line: assumption.line,
            stage: assumption.stage,
            bytes: Estimate::new(&assumption.bytes),
            default: Estimate::new(&assumption.default),
            typed: assumption.typed,
            in_image: assumption.in_image,
        }
    }
}
