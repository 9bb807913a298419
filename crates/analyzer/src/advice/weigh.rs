//! What a fix saves: the fixed text analysed, and the difference.

use super::RebuildSaving;
use crate::cache::TimeEstimate;
use crate::report::cache::{CacheMatrix, Timing, matrix};
use crate::report::{self, Input, Report, ReportedLayer};
use crate::rules::{Concern, Fix};
use crate::size::{Evidence, SizeEstimate};
use crate::text::{EditError, apply_edits};
use std::cell::OnceCell;

/// Less time than this is not worth telling, in milliseconds.
const LEAST_TIME: u64 = 500;

/// What a fix takes off.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    pub(super) image: Option<SizeEstimate>,
    pub(super) context: Option<SizeEstimate>,
    pub(super) rebuild: Option<RebuildSaving>,
    /// Whether the fixed text has errors that this one has not, such as a copy of a file that the
    /// ignore file leaves out.
    pub(super) breaks: bool,
}

/// Weighs fixes of one input.
pub(super) struct Weigher<'input> {
    input: &'input Input,
    report: &'input Report,
    matrix: OnceCell<CacheMatrix>,
}

impl<'input> Weigher<'input> {
    pub(super) fn new(input: &'input Input, report: &'input Report) -> Self {
        Self { input, report, matrix: OnceCell::new() }
    }

    /// What a fix takes off; nothing where its edits do not fit the text.
    pub(super) fn weigh(&self, fix: &Fix, concern: Concern) -> Weighed {
        let Ok(fixed) = apply(self.input, fix) else { return Weighed::default() };
        let after = report::analyze(&fixed);
        let rebuild = (concern == Concern::Cache).then(|| self.weigh_rebuild(&fixed)).flatten();
        Weighed {
            image: less_image(self.report, &after),
            context: less(&self.report.context.sent_bytes, &after.context.sent_bytes),
            rebuild,
            breaks: after.errors.len() > self.report.errors.len(),
        }
    }

    /// The usual edit that takes so much less time.
    fn weigh_rebuild(&self, fixed: &Input) -> Option<RebuildSaving> {
        let timing = Timing::default();
        let before = self.matrix.get_or_init(|| matrix(self.input, &timing));
        let after = matrix(fixed, &timing);
        // Of edits that profit alike the one that people make most stands first, and wins as the last.
        let savings = before.columns.iter().rev().filter_map(|column| {
            let same = after.columns.iter().find(|other| other.edit == column.edit)?;
            let time = less_time(&column.rebuild, &same.rebuild)?;
            Some(RebuildSaving { edit: column.edit.title.clone(), when: column.edit.when(), time })
        });
        savings.max_by_key(|saving| saving.time.likely)
    }
}

/// What analysing an input once more counts, in bytes.
pub(super) fn cost(input: &Input) -> usize {
    const FILE: usize = 30;
    const ANY: usize = 500;
    let files = input.context.as_ref().map_or(0, |known| known.context.files.len());
    ANY + input.dockerfile.len() + files * FILE
}

/// An input with a fix applied.
///
/// # Errors
/// Where the edits do not fit its texts.
pub(super) fn apply(input: &Input, fix: &Fix) -> Result<Input, EditError> {
    let mut fixed = input.clone();
    fixed.dockerfile = apply_edits(&input.dockerfile, &fix.edits)?;
    if !fix.ignore_edits.is_empty() {
        let text = input.dockerignore.as_deref().unwrap_or_default();
        fixed.dockerignore = Some(apply_edits(text, &fix.ignore_edits)?);
    }
    Ok(fixed)
}

/// How much less the image is. Where a base of both is not known, it cancels out: what the other
/// layers take less is known as well as ever.
pub(super) fn less_image(before: &Report, after: &Report) -> Option<SizeEstimate> {
    let is_unknown = |layer: &&ReportedLayer| layer.bytes.likely().is_none();
    let unknown = |report: &Report| -> Vec<String> {
        let layers = report.layers.iter().filter(is_unknown);
        layers.map(|layer| layer.instruction.clone()).collect()
    };
    if unknown(before).is_empty() || unknown(before) != unknown(after) {
        return less(&before.image_bytes, &after.image_bytes);
    }
    let known = |report: &Report| {
        let layers = report.layers.iter().filter(|layer| !is_unknown(layer));
        SizeEstimate::sum(layers.map(|layer| &layer.bytes), "What is known of the image.")
    };
    less(&known(before), &known(after))
}

/// How much less `after` is; `None` where it is not less. Where both hold a part that is not known,
/// what is certain of each is compared.
pub(super) fn less(before: &SizeEstimate, after: &SizeEstimate) -> Option<SizeEstimate> {
    let of = |size: &SizeEstimate| match (size.likely(), size.high()) {
        (Some(likely), Some(high)) => [size.low(), likely, high],
        _ => [size.low(); 3],
    };
    let [low, likely, high] = [0, 1, 2].map(|at| of(before)[at].0.saturating_sub(of(after)[at].0));
    // What both hold cancels out: where the bounds differ by the same, what does is well known.
    let is_sure = low.abs_diff(high) <= likely / 4;
    let weakest = before.evidence().max(after.evidence()).min(Evidence::Assumed);
    let evidence = if is_sure { weakest.min(Evidence::Modelled) } else { weakest };
    let why = "The size before less the size of the fixed text.";
    (likely > 0).then(|| SizeEstimate::range([low, likely, high], evidence, why))
}

fn less_time(before: &TimeEstimate, after: &TimeEstimate) -> Option<TimeEstimate> {
    let likely = before.likely.saturating_sub(after.likely);
    // A machine on which the edit takes longer has more of the same share to save.
    let share = |of: u64| {
        let share = u128::from(likely) * u128::from(of);
        let share = share.checked_div(u128::from(before.likely));
        share.and_then(|share| u64::try_from(share).ok()).unwrap_or(likely)
    };
    let low = before.low.saturating_sub(after.low).min(share(before.low)).min(likely);
    let high = before.high.saturating_sub(after.high).max(share(before.high)).max(likely);
    let why = "The time of this edit before less its time with the fixed text.".to_owned();
    let evidence = before.evidence.max(after.evidence);
    (likely >= LEAST_TIME).then_some(TimeEstimate { low, likely, high, evidence, why })
}
