//! The stages of a report: what each starts from, whether it is needed, and what its image weighs.

use std::collections::HashSet;
use std::iter::once;

use super::{ReportedBase, ReportedStage, ReportedStep, Subject, layers};
use crate::images::{self, BaseImage, Platform};
use crate::plan::{Base, BuildGraph, EdgeSource, Stage, StageIndex};
use crate::size::SizeEstimate;

/// Every stage, in the order of the text, and beside each its image as a pull transfers it.
pub(super) fn report(subject: &Subject<'_>) -> Vec<(ReportedStage, SizeEstimate)> {
    let graph = &subject.plan.graph;
    let needed = graph.reachable();
    let depends_on = dependencies(graph);
    let mut stages: Vec<(ReportedStage, SizeEstimate)> = Vec::with_capacity(graph.stages.len());
    for (index, (stage, depends_on)) in graph.stages.iter().zip(depends_on).enumerate() {
        let base = report_base(subject, stage, &stages);
        let own = layers::own_bytes(stage);
        let why = || explain_sum(&base.reference, own.len());
        let bytes = SizeEstimate::sum(once(&base.bytes).chain(&own), why());
        let own_compressed = layers::own_compressed(stage);
        let compressed = SizeEstimate::sum(once(&base.compressed).chain(&own_compressed), why());
        let stage = ReportedStage {
            name: stage.name.clone(),
            span: stage.span,
            line: subject.line_of_instruction(stage.from_instruction),
            base,
            platform: platform_name(&stage.platform),
            needed: needed.get(index).copied().unwrap_or(false),
            depends_on,
            bytes,
            steps: report_steps(subject, stage),
        };
        stages.push((stage, compressed));
    }
    stages
}

/// Images that stages copy or mount files from, each once, in the order of the edges.
pub(super) fn copied_images(subject: &Subject<'_>) -> Vec<ReportedBase> {
    let graph = &subject.plan.graph;
    let mut seen = HashSet::new();
    let mut copied = Vec::new();
    for edge in &graph.edges {
        let EdgeSource::Image(reference) = &edge.from else { continue };
        if seen.insert(reference) {
            let platform = graph.stages.get(edge.to).map(|stage| &stage.platform);
            let platform = platform.unwrap_or(&subject.input.options.platform);
            let image = images::find(reference, platform);
            copied.push(image_base(subject, reference, image.as_ref()));
        }
    }
    copied
}

/// Says what a sum is made of: what it starts from and how many layers are written on top.
fn explain_sum(base: &str, layers: usize) -> String {
    match layers {
        0 => format!("Nothing is written on top of {base}."),
        1 => format!("{base} and the layer written on top of it, which is not estimated yet."),
        _ => format!("{base} and {layers} layers written on top of it, not estimated yet."),
    }
}

/// For each stage the stages it needs directly, each once, in order.
fn dependencies(graph: &BuildGraph) -> Vec<Vec<StageIndex>> {
    let mut depends_on: Vec<Vec<StageIndex>> = vec![Vec::new(); graph.stages.len()];
    for edge in &graph.edges {
        if let (EdgeSource::Stage(from), Some(list)) = (&edge.from, depends_on.get_mut(edge.to)) {
            list.push(*from);
        }
    }
    for list in &mut depends_on {
        list.sort_unstable();
        list.dedup();
    }
    depends_on
}

fn report_steps(subject: &Subject<'_>, stage: &Stage) -> Vec<ReportedStep> {
    let steps = stage.steps.iter();
    steps
        .map(|step| ReportedStep {
            line: subject.line_of_instruction(step.instruction),
            printed: step.printed.clone(),
        })
        .collect()
}

fn report_base(
    subject: &Subject<'_>,
    stage: &Stage,
    earlier: &[(ReportedStage, SizeEstimate)],
) -> ReportedBase {
    match &stage.base {
        Base::Image { reference, image } => image_base(subject, reference, image.as_deref()),
        Base::Scratch => ReportedBase {
            reference: "scratch".into(),
            stage: None,
            image: None,
            unknown: false,
            bytes: SizeEstimate::exact(0, "scratch is empty."),
            compressed: SizeEstimate::exact(0, "scratch is empty."),
        },
        Base::Stage(index) => match earlier.get(*index) {
            Some((parent, compressed)) => stage_base(*index, parent, compressed),
            None => unresolved_base(&format!("stage {index}")),
        },
        Base::Unresolved(reference) => unresolved_base(reference),
    }
}

fn image_base(subject: &Subject<'_>, reference: &str, image: Option<&BaseImage>) -> ReportedBase {
    let typed = subject.input.image_sizes.iter().rev().find(|(name, _)| name == reference);
    let unknown = || SizeEstimate::unknown(format!("The size of {reference} is not known."));
    let table = image.map(|image| (image.bytes.clone(), image.compressed.clone()));
    let (bytes, compressed) = table.unwrap_or_else(|| (unknown(), unknown()));
    let bytes = match typed {
        Some((_, bytes)) => SizeEstimate::exact(*bytes, format!("Typed by you for {reference}.")),
        None => bytes,
    };
    ReportedBase {
        reference: reference.into(),
        stage: None,
        image: image.cloned(),
        unknown: bytes.likely().is_none(),
        bytes,
        compressed,
    }
}

fn stage_base(
    index: StageIndex,
    parent: &ReportedStage,
    compressed: &SizeEstimate,
) -> ReportedBase {
    ReportedBase {
        reference: parent.name.clone().unwrap_or_else(|| index.to_string()),
        stage: Some(index),
        image: None,
        unknown: false,
        bytes: parent.bytes.clone(),
        compressed: compressed.clone(),
    }
}

fn unresolved_base(reference: &str) -> ReportedBase {
    let unknown =
        || SizeEstimate::unknown(format!("What {reference} names could not be worked out."));
    ReportedBase {
        reference: reference.into(),
        stage: None,
        image: None,
        unknown: false,
        bytes: unknown(),
        compressed: unknown(),
    }
}

/// `linux/amd64`, `linux/arm/v7`.
fn platform_name(platform: &Platform) -> String {
    let parts = [&platform.os, &platform.architecture, &platform.variant];
    parts
        .map(String::as_str)
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("/")
}
