//! How panels name what a report speaks of.

use layerwise_analyzer::plan::EdgeKind;
use layerwise_analyzer::report::Report;
use layerwise_analyzer::size::Bytes;

pub(super) use crate::naming::{BaseKind, base_kind, stage_name, the_stage};
use crate::state::State;

/// The size the person typed for an image; the last one counts.
pub(super) fn typed_size(state: &State, reference: &str) -> Option<Bytes> {
    let typed = state.input.image_sizes.iter().rev().find(|(name, _)| name == reference);
    typed.map(|(_, bytes)| Bytes(*bytes))
}

/// The verb of an edge, as labels write it.
pub(super) fn edge_word(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::From => "from",
        EdgeKind::Copy => "copy",
        EdgeKind::Mount => "mount",
        EdgeKind::Onbuild => "onbuild",
    }
}

/// Whether the target needs a stage, in the words of the page.
pub(super) fn need(report: &Report, index: usize) -> &'static str {
    match (report.target == Some(index), report.stages.get(index)) {
        (true, _) => "target",
        (false, Some(stage)) if stage.needed => "needed",
        (false, _) => "not needed",
    }
}
