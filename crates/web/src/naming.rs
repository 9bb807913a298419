//! How stages and bases are called.

use layerwise_analyzer::report::{Report, ReportedBase};

/// A stage's name, or `stage 2` by its number where it has none.
#[must_use]
pub fn stage_name(report: &Report, index: usize) -> String {
    let name = report.stages.get(index).and_then(|stage| stage.name.clone());
    name.unwrap_or_else(|| format!("stage {index}"))
}

/// The stage's name for a sentence: `stage build`, `stage 2`.
#[must_use]
pub fn the_stage(report: &Report, index: usize) -> String {
    match report.stages.get(index).and_then(|stage| stage.name.as_ref()) {
        Some(name) => format!("stage {name}"),
        None => format!("stage {index}"),
    }
}

/// What kind of thing a stage starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseKind {
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
#[must_use]
pub fn base_kind(base: &ReportedBase) -> BaseKind {
    match base.stage {
        Some(stage) => BaseKind::Stage(stage),
        None if base.image.is_some() || base.unknown => BaseKind::Image,
        None if base.bytes.likely().is_none() => BaseKind::Unresolved,
        None if base.reference == "scratch" => BaseKind::Scratch,
        None => BaseKind::Image,
    }
}
