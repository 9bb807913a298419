//! Gathers the images a report names: once each, with every place that uses them.

use layerwise_analyzer::order;
use std::collections::BTreeMap;

use layerwise_analyzer::plan::EdgeKind;
use layerwise_analyzer::report::{Report, ReportedBase};

use crate::naming::{BaseKind, base_kind, the_stage};

/// An image from outside.
#[derive(Debug, PartialEq)]
pub(super) struct UsedImage {
    pub(super) base: ReportedBase,
    /// Places in the order of the text.
    pub(super) uses: Vec<Use>,
    /// Whether the target needs it.
    pub(super) needed: bool,
}

/// A place that uses an image.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) line: u32,
    /// `base of stage build`, `copied into stage runtime`, `mounted in stage 2`.
    pub(super) what: String,
}

/// Every image, in the order in which stages and then copies first name them.
pub(super) fn used_images(report: &Report) -> Vec<UsedImage> {
    let mut images: Vec<UsedImage> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let stage_bases = report.stages.iter().map(|stage| &stage.base);
    let bases = stage_bases.filter(|base| base_kind(base) == BaseKind::Image);
    for base in bases.chain(&report.copied_images) {
        known.entry(base.reference.as_str()).or_insert_with(|| {
            images.push(UsedImage { base: base.clone(), uses: Vec::new(), needed: false });
            images.len() - 1
        });
    }
    let mut add = |reference: &str, line: u32, what: String, needed: bool| {
        let image = known.get(reference).and_then(|index| images.get_mut(*index));
        if let Some(image) = image {
            image.needed |= needed;
            image.uses.push(Use { line, what });
        }
    };
    for (index, stage) in report.stages.iter().enumerate() {
        if base_kind(&stage.base) == BaseKind::Image {
            let what = format!("base of {}", the_stage(report, index));
            add(&stage.base.reference, stage.line, what, stage.needed);
        }
    }
    for edge in &report.edges {
        let needed = report.stages.get(edge.to).is_some_and(|stage| stage.needed);
        if let Some(reference) = &edge.image {
            let verb = if edge.kind == EdgeKind::Mount { "mounted in" } else { "copied into" };
            add(reference, edge.line, format!("{verb} {}", the_stage(report, edge.to)), needed);
        }
    }
    for image in &mut images {
        order::sort_by_key(&mut image.uses, |place| place.line);
        image.uses.dedup();
    }
    images
}
