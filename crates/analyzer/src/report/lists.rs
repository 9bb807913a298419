//! The instructions and edges of a report.

use super::{ReportedEdge, ReportedInstruction, ReportedStage, Subject};
use crate::plan::{EdgeKind, EdgeSource};
use crate::size::SizeEstimate;

/// Instructions in the order of the text.
pub(super) fn instructions(subject: &Subject<'_>) -> Vec<ReportedInstruction> {
    let stage_of = &subject.plan.stage_of_instruction;
    let instructions = subject.dockerfile.instructions.iter().enumerate();
    instructions
        .map(|(index, instruction)| ReportedInstruction {
            span: instruction.span,
            line: subject.lines.line(instruction.span.start),
            end_line: subject.lines.last_line(instruction.span),
            keyword: instruction.keyword.text.to_ascii_uppercase(),
            stage: stage_of.get(index).copied().flatten(),
        })
        .collect()
}

/// What flows between stages, in the order of the graph.
pub(super) fn edges(subject: &Subject<'_>, stages: &[ReportedStage]) -> Vec<ReportedEdge> {
    let edges = subject.plan.graph.edges.iter();
    edges
        .map(|edge| {
            let (from, image) = match &edge.from {
                EdgeSource::Stage(stage) => (Some(*stage), None),
                EdgeSource::Image(reference) => (None, Some(reference.clone())),
            };
            let line = subject.lines.line(edge.span.start);
            let bytes = stages.get(edge.to).and_then(|stage| crossing(stage, edge.kind, line));
            ReportedEdge { from, image, to: edge.to, kind: edge.kind, line, bytes }
        })
        .collect()
}

/// What crosses an edge into a stage.
fn crossing(stage: &ReportedStage, kind: EdgeKind, line: u32) -> Option<SizeEstimate> {
    match kind {
        EdgeKind::From => Some(stage.base.bytes.clone()),
        EdgeKind::Copy => {
            // Steps stand in the order of the text, but for triggers, which come first.
            let mut copies = stage.steps.iter().rev();
            copies.find(|step| step.line == line)?.bytes.clone()
        }
        EdgeKind::Mount | EdgeKind::Onbuild => None,
    }
}
