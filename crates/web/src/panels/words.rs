//! How panels name what a report speaks of.

use layerwise_analyzer::plan::EdgeKind;
use layerwise_analyzer::report::{Report, ReportedBase};
use layerwise_analyzer::size::Bytes;

use crate::state::State;

/// A stage's name, or `stage 2` by its number where it has none.
pub(super) fn stage_name(report: &Report, index: usize) -> String {
    let name = report.stages.get(index).and_then(|stage| stage.name.clone());
    name.unwrap_or_else(|| format!("stage {index}"))
}

/// The stage's name for a sentence: `stage build`, `stage 2`.
pub(super) fn the_stage(report: &Report, index: usize) -> String {
    match report.stages.get(index).and_then(|stage| stage.name.as_ref()) {
        Some(name) => format!("stage {name}"),
        None => format!("stage {index}"),
    }
}

/// What kind of thing a stage starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BaseKind {
    /// An earlier stage.
    Stage(usize),
    /// Nothing.
    Scratch,
    /// An image, known or not.
    Image,
    /// Nobody can tell; an error says why.
    Unresolved,
}

/// The kind of a base.
pub(super) fn base_kind(base: &ReportedBase) -> BaseKind {
    match base.stage {
        Some(stage) => BaseKind::Stage(stage),
        None if base.image.is_some() || base.unknown => BaseKind::Image,
        None if base.bytes.likely().is_none() => BaseKind::Unresolved,
        None if base.reference == "scratch" => BaseKind::Scratch,
        None => BaseKind::Image,
    }
}

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
