//! The stages of a report: what each starts from, whether it is needed, and what its image weighs.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::iter::once;
use std::rc::Rc;

use super::layers::{self, Sizes};
use super::{ReportedBase, ReportedStage, ReportedStep, Subject, typed};
use crate::images::{self, BaseImage, Platform};
use crate::order;
use crate::plan::{Base, BuildGraph, EdgeSource, Stage, StageIndex};
use crate::size::SizeEstimate;

/// A stage and what is known of it beside its report.
pub(super) struct StageSummary {
    pub(super) stage: ReportedStage,
    /// Its image as a pull transfers it.
    pub(super) compressed: SizeEstimate,
    /// The image at the bottom of its chain.
    root: String,
    /// Whether the size of that image is known.
    root_known: bool,
    /// Layers written on top of that image.
    written: usize,
}

/// Every stage, in the order of the text.
pub(super) fn summarize(subject: &Subject<'_>, sizes: &dyn Sizes) -> Vec<StageSummary> {
    let graph = &subject.plan.graph;
    let needed = graph.reachable();
    let mut stages: Vec<StageSummary> = Vec::with_capacity(graph.stages.len());
    for (index, (stage, depends_on)) in graph.stages.iter().zip(dependencies(graph)).enumerate() {
        let base = report_base(subject, stage, &stages);
        let own: Vec<_> =
            (0..layers::count_own(stage)).map(|number| sizes.of_layer(index, number)).collect();
        let parent = base.stage.and_then(|parent| stages.get(parent));
        let root = parent.map_or(&base.reference, |parent| &parent.root).clone();
        let written = parent.map_or(0, |parent| parent.written) + own.len();
        let known = parent.map_or(base.bytes.likely().is_some(), |parent| parent.root_known);
        let why = explain_sum(&root, known, written, sizes.is_estimated());
        let parts = once(&base.bytes).chain(own.iter().map(|(bytes, _)| bytes));
        let bytes = SizeEstimate::sum(parts, why.as_str());
        let parts = once(&base.compressed).chain(own.iter().map(|(_, compressed)| compressed));
        let compressed = SizeEstimate::sum(parts, why);
        let stage = ReportedStage {
            name: stage.name.clone(),
            span: stage.span,
            line: subject.line_of_instruction(stage.from_instruction),
            base,
            platform: stage.platform.to_string(),
            needed: needed.get(index).copied().unwrap_or(false),
            depends_on,
            bytes,
            steps: report_steps(subject, stage, own, sizes.is_estimated()),
        };
        stages.push(StageSummary { stage, compressed, root, root_known: known, written });
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
            let image = images::find(reference, platform).map(Rc::new);
            copied.push(image_base(subject, reference, image.as_ref(), platform));
        }
    }
    copied
}

/// Says what a sum is made of: what it starts from, whether the size of that is `known`, and how
/// many layers are written on top.
fn explain_sum(base: &str, known: bool, layers: usize, estimated: bool) -> String {
    let base = match (base, known) {
        ("", _) => "the base, which is not named",
        (_, true) => base,
        (_, false) => &format!("{base}, whose size is not known,"),
    };
    match layers {
        0 if !known => format!("{base} and nothing written on top of it."),
        0 => format!("Nothing is written on top of {base}."),
        1 if estimated => format!("{base} and the layer written on top of it."),
        _ if estimated => format!("{base} and {layers} layers written on top of it."),
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
        order::sort(list);
        list.dedup();
    }
    depends_on
}

/// The steps of a stage; `layers` are the sizes of those that write one, in order.
fn report_steps(
    subject: &Subject<'_>,
    stage: &Stage,
    layers: Vec<(SizeEstimate, SizeEstimate)>,
    is_estimated: bool,
) -> Vec<ReportedStep> {
    let mut layers = layers.into_iter();
    let steps = stage.steps.iter();
    steps
        .map(|step| ReportedStep {
            line: subject.line_of_instruction(step.instruction),
            printed: step.printed.clone(),
            bytes: (if step.kind.writes() { layers.next() } else { None })
                .filter(|_| is_estimated)
                .map(|(bytes, _)| bytes),
        })
        .collect()
}

fn report_base(subject: &Subject<'_>, stage: &Stage, earlier: &[StageSummary]) -> ReportedBase {
    match &stage.base {
        Base::Image { reference, image } => {
            image_base(subject, reference, image.as_ref(), &stage.platform)
        }
        Base::Scratch => ReportedBase {
            reference: "scratch".into(),
            stage: None,
            image: None,
            unknown: false,
            bytes: SizeEstimate::exact(0, "scratch is empty."),
            compressed: SizeEstimate::exact(0, "scratch is empty."),
        },
        Base::Stage(index) => match earlier.get(*index) {
            Some(parent) => stage_base(*index, parent),
            None => unresolved_base(&format!("stage {index}")),
        },
        Base::Unresolved(reference) => unresolved_base(reference),
    }
}

/// What images weigh: what the person typed, or what the table knows. Each is looked up once, for a
/// thousand stages may start from one.
pub(super) fn weigh_images(subject: &Subject<'_>) -> impl Fn(&str, &Platform) -> SizeEstimate {
    let weighed = RefCell::new(HashMap::new());
    move |reference, platform| {
        let weigh = || {
            let image = images::find(reference, platform).map(Rc::new);
            image_base(subject, reference, image.as_ref(), platform).bytes
        };
        let key = (reference.to_owned(), platform.clone());
        SizeEstimate::clone(weighed.borrow_mut().entry(key).or_insert_with(weigh))
    }
}

fn image_base(
    subject: &Subject<'_>,
    reference: &str,
    image: Option<&Rc<BaseImage>>,
    platform: &Platform,
) -> ReportedBase {
    if let Some(typed) = subject.typed_sizes.get(reference) {
        let (compressed, image) = typed::pack(typed, image);
        return ReportedBase {
            reference: reference.into(),
            stage: None,
            image,
            unknown: false,
            bytes: SizeEstimate::exact(typed, format!("Typed by you for {reference}.")),
            compressed,
        };
    }
    let unknown = || match images::is_windows(reference, platform) {
        true => SizeEstimate::unknown(format!(
            "Windows images are not in the table, so the size of {reference} is not known until it is typed."
        )),
        false => SizeEstimate::unknown(format!(
            "The size of {reference} is not known until it is typed."
        )),
    };
    let table = image.map(|image| (image.bytes.clone(), image.compressed.clone()));
    let (bytes, compressed) = table.unwrap_or_else(|| (unknown(), unknown()));
    ReportedBase {
        reference: reference.into(),
        stage: None,
        image: image.cloned(),
        unknown: bytes.likely().is_none(),
        bytes,
        compressed,
    }
}

fn stage_base(index: StageIndex, parent: &StageSummary) -> ReportedBase {
    ReportedBase {
        reference: parent.stage.name.clone().unwrap_or_else(|| index.to_string()),
        stage: Some(index),
        image: None,
        unknown: false,
        bytes: parent.stage.bytes.clone(),
        compressed: parent.compressed.clone(),
    }
}

fn unresolved_base(reference: &str) -> ReportedBase {
    let unknown = || match reference {
        "" => SizeEstimate::unknown("FROM names no image."),
        _ => SizeEstimate::unknown(format!("What {reference} names could not be worked out.")),
    };
    ReportedBase {
        reference: reference.into(),
        stage: None,
        image: None,
        unknown: false,
        bytes: unknown(),
        compressed: unknown(),
    }
}
