//! By what an image changed.

use std::collections::BTreeMap;

use super::layers::spaced;
use super::{ComparedLayer, difference};
use crate::layer::Category;
use crate::order;
use crate::plan::EdgeKind;
use crate::report::{Report, ReportedLayer};

/// Something that made an image larger or smaller.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ChangeCause {
    /// What it is, such as `the base image: node:18 → node:18-alpine`.
    pub title: String,
    /// Likely bytes that it adds; negative where it takes off.
    pub bytes: i64,
    /// Lines in the text before that it is about, in order.
    pub before_lines: Vec<u32>,
    /// Lines in the text after that it is about, in order.
    pub after_lines: Vec<u32>,
}

/// What a change is put down to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    Base,
    Stages,
    Part(Category),
    Removed(String),
    Added(String),
    /// The same instruction in another place.
    Moved(String),
}

/// Makes one cause of what is removed in one place and added in another.
fn unite_moved(causes: &mut BTreeMap<Ground, ChangeCause>) {
    let removed: Vec<String> = causes
        .keys()
        .filter_map(|ground| match ground {
            Ground::Removed(instruction) => Some(instruction.clone()),
            _ => None,
        })
        .collect();
    for instruction in removed {
        let same = causes.keys().find_map(|ground| match ground {
            Ground::Added(own) if spaced(own) == spaced(&instruction) => Some(own.clone()),
            _ => None,
        });
        let Some(own) = same else { continue };
        let old = causes.remove(&Ground::Removed(instruction));
        let new = causes.remove(&Ground::Added(own.clone()));
        if let (Some(old), Some(new)) = (old, new) {
            let bytes = old.bytes.saturating_add(new.bytes);
            let moved = ChangeCause {
                title: String::new(),
                bytes,
                before_lines: old.before_lines,
                after_lines: new.after_lines,
            };
            causes.insert(Ground::Moved(own), moved);
        }
    }
}

/// Every cause, the largest change first.
pub(super) fn list(rows: &[ComparedLayer], before: &Report, after: &Report) -> Vec<ChangeCause> {
    let mut causes: BTreeMap<Ground, ChangeCause> = BTreeMap::new();
    let mut note = |ground: Ground, bytes: i64, lines: [Option<u32>; 2]| {
        let cause = causes.entry(ground).or_insert_with(|| ChangeCause {
            title: String::new(),
            bytes: 0,
            before_lines: Vec::new(),
            after_lines: Vec::new(),
        });
        cause.bytes = cause.bytes.saturating_add(bytes);
        for (line, list) in lines.iter().zip([&mut cause.before_lines, &mut cause.after_lines]) {
            if let Some(line) = line.filter(|line| list.last() != Some(line)) {
                list.push(line);
            }
        }
    };
    for row in rows {
        let old = row.before.and_then(|at| before.layers.get(at));
        let new = row.after.and_then(|at| after.layers.get(at));
        match (old, new) {
            (Some(old), Some(new)) if old.base || new.base => {
                note(Ground::Base, likely(new) - likely(old), row.lines);
            }
            (Some(old), Some(new)) => {
                for (category, bytes) in by_category(old, new) {
                    note(Ground::Part(category), bytes, row.lines);
                }
            }
            (Some(old), None) => {
                let ground = if is_left_behind(old, after) {
                    Ground::Stages
                } else if old.base {
                    Ground::Base
                } else {
                    Ground::Removed(old.instruction.clone())
                };
                note(ground, -likely(old), row.lines);
            }
            (None, Some(new)) => {
                let ground = if comes_from_stage(new, after) {
                    Ground::Stages
                } else if new.base {
                    Ground::Base
                } else {
                    Ground::Added(new.instruction.clone())
                };
                note(ground, likely(new), row.lines);
            }
            (None, None) => {}
        }
    }
    unite_moved(&mut causes);
    let named = causes.into_iter().filter(|(_, cause)| cause.bytes != 0);
    let named = named.map(|(ground, cause)| {
        let title = title(&ground, before, after);
        ChangeCause { title, ..cause }
    });
    let mut causes: Vec<ChangeCause> = named.collect();
    order::sort_by_key(&mut causes, |cause| std::cmp::Reverse(cause.bytes.unsigned_abs()));
    causes
}

fn title(ground: &Ground, before: &Report, after: &Report) -> String {
    let base = |report: &Report| {
        let base = report.layers.iter().find(|layer| layer.base);
        let reference = base.and_then(|layer| layer.instruction.strip_prefix("FROM "));
        reference.unwrap_or("scratch").to_owned()
    };
    match ground {
        Ground::Base if base(before) == base(after) => "the base image".to_owned(),
        Ground::Base => format!("the base image: {} → {}", base(before), base(after)),
        Ground::Stages => {
            "multi-stage: what stays in build stages, less what is copied from them".to_owned()
        }
        Ground::Part(category) => category.title().to_owned(),
        Ground::Removed(instruction) => format!("removed: {}", crate::text::shorten(instruction)),
        Ground::Added(instruction) => format!("added: {}", crate::text::shorten(instruction)),
        Ground::Moved(instruction) => format!("moved: {}", crate::text::shorten(instruction)),
    }
}

fn likely(layer: &ReportedLayer) -> i64 {
    let bytes = layer.bytes.best_known();
    difference(0, bytes.0)
}

/// How each part of a layer changed; what no part accounts for is of other files.
fn by_category(old: &ReportedLayer, new: &ReportedLayer) -> BTreeMap<Category, i64> {
    let mut changes: BTreeMap<Category, i64> = BTreeMap::new();
    for (layer, sign) in [(old, -1), (new, 1)] {
        let mut rest = likely(layer);
        for part in &layer.categories {
            let bytes = difference(0, part.bytes.0);
            rest -= bytes;
            *changes.entry(part.category).or_default() += sign * bytes;
        }
        *changes.entry(Category::Other).or_default() += sign * rest;
    }
    changes.retain(|_, bytes| *bytes != 0);
    changes
}

/// Whether a layer is now written in a stage that is not of the image.
fn is_left_behind(layer: &ReportedLayer, after: &Report) -> bool {
    let in_image = |stage: usize| after.layers.iter().any(|it| !it.base && it.stage == stage);
    let steps = after.stages.iter().enumerate().filter(|(index, _)| !in_image(*index));
    let mut steps = steps.flat_map(|(_, stage)| &stage.steps);
    !layer.base && steps.any(|step| spaced(&step.printed) == spaced(&layer.instruction))
}

/// Whether a layer is copied from another stage.
fn comes_from_stage(layer: &ReportedLayer, report: &Report) -> bool {
    let mut edges = report.edges.iter();
    edges.any(|edge| edge.kind == EdgeKind::Copy && edge.line == layer.line && edge.from.is_some())
}
