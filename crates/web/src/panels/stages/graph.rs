//! The nodes and edges a reader sees, from a report: every stage, every image files are copied
//! from, and one edge for all the ways one needs another.

use std::collections::BTreeMap;

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::plan::EdgeKind;
use layerwise_analyzer::report::{Report, ReportedBase};
use layerwise_analyzer::size::SizeEstimate;

use crate::format;
use crate::panels::words::{BaseKind, base_kind, edge_word, need, stage_name};
use crate::worker::{outcome_word, weight};

/// Nodes and edges with their words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Graph {
    /// Stages first, by number, then images.
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<GraphEdge>,
}

/// What a node stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A stage, by number.
    Stage(usize),
    /// An image that files are copied or mounted from, by reference.
    Image(String),
}

/// A stage or an image.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) subject: Subject,
    /// Stage name or image reference.
    pub(super) title: String,
    /// `FROM …` for a stage; empty for an image.
    pub(super) from: String,
    /// Size of the stage's image, or of its base where no more is known, or of the image; empty
    /// where the node has none of its own.
    pub(super) size: String,
    /// The same with its range.
    pub(super) size_with_range: String,
    /// How many steps a stage has; empty for an image.
    pub(super) steps: String,
    /// `target`, `needed`, `not needed`, or `image`.
    pub(super) need: &'static str,
    /// What becomes of a stage's steps after an edit, where that is shown.
    pub(super) outcome: Option<CacheOutcome>,
    /// Whether the target needs it.
    pub(super) needed: bool,
    /// Line of the `FROM`, or the first line that names the image.
    pub(super) line: u32,
    /// What others take from it: one phrase a kind.
    pub(super) gives: Vec<String>,
}

/// All the ways one node needs another.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct GraphEdge {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Lines of each kind, strongest kind first.
    pub(super) kinds: BTreeMap<EdgeKind, Vec<u32>>,
    /// What its copies write, one after the other.
    pub(super) copied: Vec<SizeEstimate>,
}

impl GraphEdge {
    /// The kind that decides how the line is drawn.
    pub(super) fn main_kind(&self) -> EdgeKind {
        self.kinds.keys().next().copied().unwrap_or(EdgeKind::Copy)
    }

    /// `copy · line 12 · ≈ 2.50 MB`, `from · line 3, copy · lines 5 and 7`.
    pub(super) fn label(&self) -> String {
        let kinds = self.kinds.iter();
        let words = kinds.map(|(kind, lines)| {
            let words = match lines.as_slice() {
                // A label is short; the list below the drawing has every line.
                [first, .., _] if lines.len() > 3 => {
                    format!("{} ×{} · from line {first}", edge_word(*kind), lines.len())
                }
                lines => format!("{} · {}", edge_word(*kind), format::lines(lines)),
            };
            match self.crossing(*kind) {
                Some(bytes) => format!("{words} · {bytes}"),
                None => words,
            }
        });
        words.collect::<Vec<_>>().join(", ")
    }

    /// What is copied along it, in words; `None` for other kinds and where it is not estimated.
    fn crossing(&self, kind: EdgeKind) -> Option<String> {
        let is_known = kind == EdgeKind::Copy && !self.copied.is_empty();
        is_known.then(|| format::size(&SizeEstimate::sum(&self.copied, "What is copied.")))
    }
}

impl Graph {
    /// Reads the graph out of a report.
    pub(super) fn of(report: &Report) -> Self {
        let mut nodes: Vec<Node> =
            (0..report.stages.len()).filter_map(|index| stage_node(report, index)).collect();
        // Not collected: that would compile another sort.
        let mut known: BTreeMap<&str, &ReportedBase> = BTreeMap::new();
        known.extend(report.copied_images.iter().map(|image| (image.reference.as_str(), image)));
        let mut images: BTreeMap<&str, usize> = BTreeMap::new();
        let mut edges: BTreeMap<(usize, usize), GraphEdge> = BTreeMap::new();
        for edge in report.edges.iter().filter(|edge| edge.to < report.stages.len()) {
            let from = match (edge.from, &edge.image) {
                (Some(from), _) if from < report.stages.len() => from,
                (None, Some(reference)) => *images.entry(reference).or_insert_with(|| {
                    nodes.push(image_node(reference, known.get(reference.as_str()), edge.line));
                    nodes.len() - 1
                }),
                _ => continue,
            };
            let to_needed = nodes.get(edge.to).is_some_and(|node| node.needed);
            if let Some(source) = nodes.get_mut(from) {
                source.needed |= to_needed;
            }
            let joined = edges.entry((from, edge.to)).or_insert_with(|| GraphEdge {
                from,
                to: edge.to,
                kinds: BTreeMap::new(),
                copied: Vec::new(),
            });
            joined
                .copied
                .extend(edge.bytes.iter().filter(|_| edge.kind == EdgeKind::Copy).cloned());
            let lines = joined.kinds.entry(edge.kind).or_default();
            if lines.last() != Some(&edge.line) {
                lines.push(edge.line);
            }
        }
        let edges: Vec<GraphEdge> = edges.into_values().collect();
        for edge in &edges {
            let target = stage_name(report, edge.to);
            if let Some(source) = nodes.get_mut(edge.from) {
                source.gives.extend(edge.kinds.iter().map(|(kind, lines)| {
                    let lines = format::lines(lines);
                    match edge.crossing(*kind) {
                        Some(bytes) => format!("{} {target} ({lines}, {bytes})", gives(*kind)),
                        None => format!("{} {target} ({lines})", gives(*kind)),
                    }
                }));
            }
        }
        Self { nodes, edges }
    }

    /// Says of each stage what becomes of the most hapless of its steps.
    pub(super) fn take_outcomes(&mut self, outcomes: impl Iterator<Item = (usize, CacheOutcome)>) {
        for (stage, outcome) in outcomes {
            let Some(node) = self.nodes.get_mut(stage) else { continue };
            if node.outcome.is_none_or(|known| weight(outcome) > weight(known)) {
                node.outcome = Some(outcome);
            }
        }
    }

    /// Everything the drawing and the list say of a node, as one sentence for a screen reader.
    pub(super) fn describe(&self, node: &Node) -> String {
        let mut parts = vec![match node.subject {
            Subject::Stage(_) => format!("Stage {}, line {}", node.title, node.line),
            Subject::Image(_) => format!("External image {}, line {}", node.title, node.line),
        }];
        parts.extend([&node.from, &node.size_with_range, &node.steps].into_iter().cloned());
        parts.push(node.need.to_owned());
        parts.extend(node.outcome.map(|outcome| outcome_word(outcome).to_owned()));
        parts.extend(node.gives.iter().cloned());
        parts.retain(|part| !part.is_empty());
        parts.join(", ")
    }
}

/// What a node gives to another, as a verb.
fn gives(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::From => "base of",
        EdgeKind::Copy => "copied into",
        EdgeKind::Mount => "mounted in",
        EdgeKind::Onbuild => "used by ONBUILD in",
    }
}

fn stage_node(report: &Report, index: usize) -> Option<Node> {
    let stage = report.stages.get(index)?;
    let base = &stage.base;
    // What only the list and a screen reader say: the drawing has no room for it.
    let its_image = |base: &str| {
        let image = format!("its image {}", format::size_with_range(&stage.bytes));
        let of_base = if base.is_empty() { base.to_owned() } else { format!(", its base {base}") };
        (format::size(&stage.bytes), image + &of_base)
    };
    let (from, mut size, mut size_with_range) = match base_kind(base) {
        BaseKind::Stage(parent) => (stage_name(report, parent), String::new(), String::new()),
        BaseKind::Scratch => ("scratch".to_owned(), "empty".to_owned(), "empty".to_owned()),
        BaseKind::Image => (
            base.reference.clone(),
            format::size(&base.bytes),
            format::size_with_range(&base.bytes),
        ),
        BaseKind::Unresolved => {
            let problem = "not resolved, see the errors".to_owned();
            (base.reference.clone(), problem.clone(), problem)
        }
    };
    if !report.is_outline() && base_kind(base) != BaseKind::Unresolved {
        (size, size_with_range) = its_image(&size_with_range);
    }
    Some(Node {
        subject: Subject::Stage(index),
        title: stage_name(report, index),
        from: format!("FROM {from}"),
        size,
        size_with_range,
        steps: format::count(stage.steps.len(), "step", "steps"),
        need: need(report, index),
        outcome: None,
        needed: stage.needed,
        line: stage.line,
        gives: Vec::new(),
    })
}

fn image_node(reference: &str, known: Option<&&ReportedBase>, line: u32) -> Node {
    let unknown = SizeEstimate::unknown("");
    let bytes = known.map_or(&unknown, |known| &known.bytes);
    Node {
        subject: Subject::Image(reference.to_owned()),
        title: reference.to_owned(),
        from: String::new(),
        size: format::size(bytes),
        size_with_range: format::size_with_range(bytes),
        steps: String::new(),
        need: "image",
        outcome: None,
        needed: false,
        line,
        gives: Vec::new(),
    }
}
