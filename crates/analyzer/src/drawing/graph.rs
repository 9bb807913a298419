//! What a drawing of stages shows: every stage, every image that files are copied from, and one
//! edge for all the ways one needs another.

use std::collections::BTreeMap;

use super::words::{count, lines, size_words};
use crate::plan::EdgeKind;
use crate::report::{Report, ReportedBase, ReportedStage};
use crate::size::SizeEstimate;

/// Nodes and edges with their words.
pub(super) struct Graph {
    /// Stages first, by number, then images.
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

/// A stage or an image.
pub(super) struct Node {
    /// Stage name or image reference.
    pub(super) title: String,
    /// `FROM …` for a stage; empty for an image.
    pub(super) from: String,
    pub(super) size: String,
    /// How many steps a stage has; empty for an image.
    pub(super) steps: String,
    pub(super) kind: NodeKind,
    /// Whether the target needs it.
    pub(super) needed: bool,
    /// The first line that speaks of it.
    pub(super) line: u32,
}

/// What a node stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NodeKind {
    Target,
    Stage,
    Image,
}

/// All the ways one node needs another.
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Lines of each kind, strongest kind first.
    kinds: BTreeMap<EdgeKind, Vec<u32>>,
    /// What its copies write, one after the other.
    copied: Vec<SizeEstimate>,
}

impl Graph {
    /// Reads the graph out of a report. Edges of stages that the report does not have are left out.
    pub(super) fn of(report: &Report) -> Self {
        let stages = report.stages.iter().enumerate();
        let mut nodes: Vec<Node> =
            stages.map(|(index, stage)| stage_node(report, index, stage)).collect();
        let mut images: BTreeMap<&str, usize> = BTreeMap::new();
        let mut edges: BTreeMap<(usize, usize), Edge> = BTreeMap::new();
        for edge in report.edges.iter().filter(|edge| edge.to < report.stages.len()) {
            let from = match (edge.from, &edge.image) {
                (Some(from), _) if from < report.stages.len() => from,
                (None, Some(reference)) => *images.entry(reference).or_insert_with(|| {
                    nodes.push(image_node(&report.copied_images, reference, edge.line));
                    nodes.len() - 1
                }),
                _ => continue,
            };
            let to_needed = nodes.get(edge.to).is_some_and(|node| node.needed);
            if let Some(source) = nodes.get_mut(from) {
                source.needed |= to_needed;
            }
            let joined = edges.entry((from, edge.to)).or_insert_with(|| Edge {
                from,
                to: edge.to,
                kinds: BTreeMap::new(),
                copied: Vec::new(),
            });
            if edge.kind == EdgeKind::Copy {
                joined.copied.extend(edge.bytes.clone());
            }
            let lines = joined.kinds.entry(edge.kind).or_default();
            if lines.last() != Some(&edge.line) {
                lines.push(edge.line);
            }
        }
        Self { nodes, edges: edges.into_values().collect() }
    }

    /// Every node and edge in sentences.
    pub(super) fn describe(&self) -> String {
        let nodes = self.nodes.iter().map(|node| {
            let (what, need) = match (node.kind, node.needed) {
                (NodeKind::Image, _) => ("Image", "copied from"),
                (NodeKind::Target, _) => ("Stage", "the target"),
                (NodeKind::Stage, true) => ("Stage", "needed"),
                (NodeKind::Stage, false) => ("Stage", "not needed"),
            };
            let parts = [&node.from, &node.size, &node.steps].map(String::as_str);
            let words: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
            let (title, line, words) = (&node.title, node.line, words.join(", "));
            format!("{what} {title} (line {line}): {words}, {need}.")
        });
        let title = |node: usize| self.nodes.get(node).map_or("", |node| node.title.as_str());
        let edges = self.edges.iter().map(|edge| {
            format!("{} gives to {}: {}.", title(edge.from), title(edge.to), edge.label())
        });
        nodes.chain(edges).collect::<Vec<_>>().join("\n")
    }
}

impl Edge {
    /// The kind that decides how the line is drawn.
    pub(super) fn main_kind(&self) -> EdgeKind {
        self.kinds.keys().next().copied().unwrap_or(EdgeKind::Copy)
    }

    /// `copy · line 12 · ≈ 2.50 MB`, `from · line 3, copy · lines 5 and 7`.
    pub(super) fn label(&self) -> String {
        let words = self.kinds.iter().map(|(kind, own)| {
            let word = match kind {
                EdgeKind::From => "from",
                EdgeKind::Copy => "copy",
                EdgeKind::Mount => "mount",
                EdgeKind::Onbuild => "onbuild",
            };
            let words = match own.as_slice() {
                // A label is short.
                [first, .., _] if own.len() > 3 => {
                    format!("{word} ×{} · from line {first}", own.len())
                }
                own => format!("{word} · {}", lines(own)),
            };
            if *kind == EdgeKind::Copy && !self.copied.is_empty() {
                let copied = SizeEstimate::sum(&self.copied, "What is copied.");
                return format!("{words} · {}", size_words(&copied));
            }
            words
        });
        words.collect::<Vec<_>>().join(", ")
    }
}

fn stage_node(report: &Report, index: usize, stage: &ReportedStage) -> Node {
    let base = match stage.base.stage {
        Some(parent) => stage_title(report, parent),
        None if stage.base.reference.is_empty() => "(no image)".to_owned(),
        None => stage.base.reference.clone(),
    };
    // An outline knows no more of a stage than what it starts from.
    let size = if report.is_outline() { &stage.base.bytes } else { &stage.bytes };
    Node {
        title: stage_title(report, index),
        from: format!("FROM {base}"),
        size: size_words(size),
        steps: count(stage.steps.len(), "step", "steps"),
        kind: if report.target == Some(index) { NodeKind::Target } else { NodeKind::Stage },
        needed: stage.needed,
        line: stage.line,
    }
}

/// A stage's name, or `stage 2` by its number where it has none.
pub(super) fn stage_title(report: &Report, index: usize) -> String {
    let name = report.stages.get(index).and_then(|stage| stage.name.clone());
    name.unwrap_or_else(|| format!("stage {index}"))
}

fn image_node(known: &[ReportedBase], reference: &str, line: u32) -> Node {
    let known = known.iter().find(|image| image.reference == reference);
    let size = known.map(|known| size_words(&known.bytes));
    Node {
        title: reference.to_owned(),
        from: String::new(),
        size: size.unwrap_or_else(|| size_words(&SizeEstimate::unknown(""))),
        steps: String::new(),
        kind: NodeKind::Image,
        needed: false,
        line,
    }
}
