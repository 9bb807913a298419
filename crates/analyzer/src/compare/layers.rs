//! Layers and stages of two reports in rows.

use super::lines::pair;
use crate::plan::EdgeKind;
use crate::report::{Report, ReportedLayer};
use crate::size::SizeEstimate;

/// A layer of one image or both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ComparedLayer {
    /// Its place among [`Report::layers`] before.
    pub before: Option<usize>,
    /// Its place among [`Report::layers`] after.
    pub after: Option<usize>,
    /// Its instruction, of the one after where both have it.
    pub instruction: String,
    /// Its line in the text before and in the text after.
    pub lines: [Option<u32>; 2],
    /// Its bytes before and after.
    pub bytes: [Option<SizeEstimate>; 2],
}

/// A stage of one Dockerfile or both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ComparedStage {
    /// Its name, or `stage 2`; `the image` for the target.
    pub title: String,
    /// Its place among [`Report::stages`], before and after.
    pub places: [Option<usize>; 2],
    /// What it starts from, before and after.
    pub bases: [Option<String>; 2],
    /// The stages and images whose files it takes beside its base, before and after, each once:
    /// `build`.
    pub takes: [Vec<String>; 2],
    /// Its bytes, before and after.
    pub bytes: [Option<SizeEstimate>; 2],
}

/// The layers of both images: those with the same instruction in one row, and in between those of
/// the same keyword.
pub(super) fn align(before: &Report, after: &Report) -> Vec<ComparedLayer> {
    let key =
        |layer: &ReportedLayer| if layer.base { "FROM".into() } else { spaced(&layer.instruction) };
    let keys = [before, after].map(|report| report.layers.iter().map(key).collect::<Vec<_>>());
    // What stands elsewhere has not become what stands in its place.
    let is_there = |keys: &[String], key: &String| keys.contains(key);
    let rows = pair(&keys[0], &keys[1], |one, other| {
        let is_moved = is_there(&keys[1], one) || is_there(&keys[0], other);
        keyword(one) == keyword(other) && !is_moved
    });
    let rows = rows.into_iter().map(|(old, new)| {
        let layers =
            [old.and_then(|at| before.layers.get(at)), new.and_then(|at| after.layers.get(at))];
        let shown = layers[1].or(layers[0]);
        ComparedLayer {
            before: old,
            after: new,
            instruction: shown.map(|layer| layer.instruction.clone()).unwrap_or_default(),
            lines: layers.map(|layer| layer.map(|layer| layer.line)),
            bytes: layers.map(|layer| layer.map(|layer| layer.bytes.clone())),
        }
    });
    rows.collect()
}

/// The stages of both, by name; the targets are one row.
pub(super) fn align_stages(before: &Report, after: &Report) -> Vec<ComparedStage> {
    const TARGET: &str = "the image";
    let titles = |report: &Report| {
        let stages = report.stages.iter().enumerate();
        let title = |(index, stage): (usize, &crate::report::ReportedStage)| {
            if report.target == Some(index) {
                return TARGET.to_owned();
            }
            stage.name.clone().unwrap_or_else(|| format!("stage {index}"))
        };
        stages.map(title).collect::<Vec<_>>()
    };
    let [old, new] = [before, after].map(titles);
    let rows = pair(&old, &new, |_, _| false).into_iter();
    let rows = rows.map(|(one, other)| {
        let stages =
            [one.and_then(|at| before.stages.get(at)), other.and_then(|at| after.stages.get(at))];
        let title = other.and_then(|at| new.get(at)).or(one.and_then(|at| old.get(at)));
        ComparedStage {
            title: title.cloned().unwrap_or_default(),
            places: [one, other],
            takes: [(before, one), (after, other)].map(|(report, at)| takes(report, at)),
            bases: stages.map(|stage| stage.map(|stage| stage.base.reference.clone())),
            bytes: stages.map(|stage| stage.map(|stage| stage.bytes.clone())),
        }
    });
    rows.collect()
}

/// The stages and images that a stage copies or mounts files from.
fn takes(report: &Report, stage: Option<usize>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let edges = report.edges.iter().filter(|edge| Some(edge.to) == stage);
    for edge in edges.filter(|edge| edge.kind != EdgeKind::From) {
        let named = edge.from.and_then(|at| report.stages.get(at)?.name.clone());
        let stage = || named.or_else(|| edge.from.map(|at| format!("stage {at}")));
        if let Some(name) = edge.image.clone().or_else(stage).filter(|it| !names.contains(it)) {
            names.push(name);
        }
    }
    names
}

/// An instruction with one space wherever it has some, alike however it is broken into lines; `ADD` of
/// files that it copies as they are is a `COPY`.
pub(super) fn spaced(instruction: &str) -> String {
    let spaced = instruction.split_whitespace().collect::<Vec<_>>().join(" ");
    let fetches = spaced.contains("://") || spaced.contains("git@");
    let unpacks = [".tar", ".tgz", ".txz", ".gz", ".xz", ".bz2", ".zst"];
    match spaced.strip_prefix("ADD ") {
        Some(rest) if !fetches && !unpacks.iter().any(|end| rest.contains(end)) => {
            format!("COPY {rest}")
        }
        _ => spaced,
    }
}

/// What an instruction does, roughly: its keyword, and whether files come from another stage.
pub(super) fn keyword(instruction: &str) -> (&str, bool) {
    (instruction.split(' ').next().unwrap_or_default(), instruction.contains(" --from="))
}
