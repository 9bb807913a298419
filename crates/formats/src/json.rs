//! The JSON of a report, schema 1, as `analyze --format json` prints it. Its own view, so that the report may change
//! freely: a field here keeps its name and meaning for as long as the schema's number stays.
//! `docs/json.md` describes it for readers, and a test holds the two together.
//!
//! What no part of the program knows yet is `null`, never 0.

mod assumptions;
mod cache;
mod compare;
mod findings;
mod fixed;
mod pull;

use layerwise_analyzer::advice::Advice;
use layerwise_analyzer::plan::EdgeKind;
use layerwise_analyzer::report::{
    CategoryBytes, LayerPart, Report, ReportedContent, ReportedContext, ReportedEdge,
    ReportedError, ReportedInstruction, ReportedLayer, ReportedNote, ReportedStage, ReportedUsual,
};
use layerwise_analyzer::size::SizeEstimate;
use layerwise_analyzer::text::Position;
use serde::Serialize;

use assumptions::AssumptionView;
use findings::FindingView;
use pull::PullView;

use cache::Seconds;

pub use cache::{write_cache, write_matrix};
pub use compare::{view_comparison, write_comparison};
pub use fixed::view_fixed;

/// Writes a report and what should change as JSON, indented, with a final newline; `bandwidth` is
/// that of a pull in Mbit/s.
///
/// # Errors
/// Never in practice: a sentence of the writer, which fails on maps whose keys are no texts.
pub fn write_report(report: &Report, advice: &Advice, bandwidth: u32) -> Result<String, String> {
    write_indented(&view_report(report, advice, bandwidth))
}

/// The same as an object that any format of `serde` can write.
#[must_use]
pub fn view_report<'report>(
    report: &'report Report,
    advice: &'report Advice,
    bandwidth: u32,
) -> impl Serialize + use<'report> {
    ReportView {
        schema: 1,
        errors: report.errors.iter().map(PlacedView::error).collect(),
        notes: report.notes.iter().map(PlacedView::note).collect(),
        instructions: report.instructions.iter().map(InstructionView::new).collect(),
        stages: report.stages.iter().enumerate().map(StageView::new).collect(),
        edges: report.edges.iter().map(EdgeView::new).collect(),
        target: report.target,
        layers: report.layers.iter().map(|layer| LayerView::new(report, layer)).collect(),
        image: ImageView {
            bytes: Estimate::new(&report.image_bytes),
            compressed: Estimate::new(&report.image_compressed),
            wasted: report.wasted.as_ref().and_then(bytes_of),
        },
        pull: PullView::new(report, bandwidth),
        assumptions: report.assumptions.iter().map(AssumptionView::new).collect(),
        contents: report.contents.iter().map(ContentView::new).collect(),
        usual: report.usual.as_ref().map(UsualView::new),
        context: ContextView::new(&report.context),
        findings: advice.findings.iter().map(FindingView::new).collect(),
    }
}

/// Writes any of these objects, indented, with a final newline.
///
/// # Errors
/// As [`write_report`].
pub fn write_indented(view: &impl Serialize) -> Result<String, String> {
    let json = serde_json::to_string_pretty(view).map_err(|error| error.to_string())?;
    Ok(json + "\n")
}

#[derive(Serialize)]
struct ReportView<'report> {
    schema: u32,
    errors: Vec<PlacedView<'report>>,
    notes: Vec<PlacedView<'report>>,
    instructions: Vec<InstructionView<'report>>,
    stages: Vec<StageView<'report>>,
    edges: Vec<EdgeView<'report>>,
    target: Option<usize>,
    layers: Vec<LayerView<'report>>,
    image: ImageView<'report>,
    pull: PullView,
    assumptions: Vec<AssumptionView<'report>>,
    contents: Vec<ContentView<'report>>,
    usual: Option<UsualView<'report>>,
    context: ContextView,
    findings: Vec<FindingView<'report>>,
}

/// A message with its place.
#[derive(Serialize)]
struct PlacedView<'report> {
    line: u32,
    column: u32,
    message: &'report str,
}

impl<'report> PlacedView<'report> {
    fn error(error: &'report ReportedError) -> Self {
        Self::new(error.position, &error.message)
    }

    fn note(note: &'report ReportedNote) -> Self {
        Self::new(note.position, &note.message)
    }

    fn new(position: Position, message: &'report str) -> Self {
        Self { line: position.line, column: position.column, message }
    }
}

#[derive(Serialize)]
struct InstructionView<'report> {
    line: u32,
    end_line: u32,
    keyword: &'report str,
    stage: Option<usize>,
}

impl<'report> InstructionView<'report> {
    fn new(instruction: &'report ReportedInstruction) -> Self {
        let ReportedInstruction { line, end_line, keyword, stage, .. } = instruction;
        Self { line: *line, end_line: *end_line, keyword, stage: *stage }
    }
}

#[derive(Serialize)]
struct StageView<'report> {
    index: usize,
    name: Option<&'report str>,
    base: BaseView<'report>,
    needed: bool,
    depends_on: &'report [usize],
    bytes: Estimate<'report>,
}

#[derive(Serialize)]
struct BaseView<'report> {
    reference: &'report str,
    stage: Option<usize>,
    bytes: Estimate<'report>,
    compressed: Estimate<'report>,
}

impl<'report> StageView<'report> {
    fn new((index, stage): (usize, &'report ReportedStage)) -> Self {
        Self {
            index,
            name: stage.name.as_deref(),
            base: BaseView {
                reference: &stage.base.reference,
                stage: stage.base.stage,
                bytes: Estimate::new(&stage.base.bytes),
                compressed: Estimate::new(&stage.base.compressed),
            },
            needed: stage.needed,
            depends_on: &stage.depends_on,
            bytes: Estimate::new(&stage.bytes),
        }
    }
}

#[derive(Serialize)]
struct EdgeView<'report> {
    /// `null` when the files come from an image.
    from: Option<usize>,
    /// `null` when they come from a stage.
    image: Option<&'report str>,
    to: usize,
    kind: &'static str,
    line: u32,
}

impl<'report> EdgeView<'report> {
    fn new(edge: &'report ReportedEdge) -> Self {
        let kind = match edge.kind {
            EdgeKind::From => "from",
            EdgeKind::Copy => "copy",
            EdgeKind::Mount => "mount",
            EdgeKind::Onbuild => "onbuild",
        };
        let image = edge.image.as_deref();
        Self { from: edge.from, image, to: edge.to, kind, line: edge.line }
    }
}

#[derive(Serialize)]
struct LayerView<'report> {
    line: u32,
    stage: usize,
    instruction: &'report str,
    bytes: Estimate<'report>,
    compressed: Estimate<'report>,
    wasted: Option<u64>,
    categories: Vec<CategoryView>,
    parts: Vec<PartView<'report>>,
    unknowns: &'report [String],
}

/// Bytes of a layer that later ones hide; `None` where they are not known.
fn wasted(report: &Report, layer: &ReportedLayer) -> Option<u64> {
    let hidden = report.layers.iter().flat_map(|later| &later.wasted);
    let own = hidden.filter(|waste| waste.written_line == Some(layer.line) && !layer.base);
    own.map(|waste| bytes_of(&waste.bytes))
        .try_fold(0, |sum: u64, it| Some(sum.saturating_add(it?)))
}

/// The likely bytes of a size.
fn bytes_of(size: &SizeEstimate) -> Option<u64> {
    size.likely().map(|bytes| bytes.0)
}

#[derive(Serialize)]
struct PartView<'report> {
    path: &'report str,
    category: Option<&'static str>,
    bytes: Estimate<'report>,
    why: &'report str,
}

/// Likely bytes of one part of an image.
#[derive(Serialize)]
struct CategoryView {
    category: &'static str,
    bytes: u64,
}

impl CategoryView {
    fn new(sum: &CategoryBytes) -> Self {
        Self { category: sum.category.id(), bytes: sum.bytes.0 }
    }
}

impl<'report> LayerView<'report> {
    fn new(report: &'report Report, layer: &'report ReportedLayer) -> Self {
        let part = |part: &'report LayerPart| PartView {
            path: &part.path,
            category: part.category.map(|category| category.id()),
            bytes: Estimate::new(&part.bytes),
            why: part.bytes.why(),
        };
        Self {
            line: layer.line,
            stage: layer.stage,
            instruction: &layer.instruction,
            bytes: Estimate::new(&layer.bytes),
            compressed: Estimate::new(&layer.compressed),
            wasted: report.wasted.as_ref().and_then(|_| wasted(report, layer)),
            categories: layer.categories.iter().map(CategoryView::new).collect(),
            parts: layer.parts.iter().map(part).collect(),
            unknowns: &layer.unknowns,
        }
    }
}

#[derive(Serialize)]
struct ImageView<'report> {
    bytes: Estimate<'report>,
    compressed: Estimate<'report>,
    wasted: Option<u64>,
}

/// A path of the final image.
#[derive(Serialize)]
struct ContentView<'report> {
    path: &'report str,
    rest: u64,
    category: &'static str,
    line: Option<u32>,
    bytes: Estimate<'report>,
}

impl<'report> ContentView<'report> {
    fn new(content: &'report ReportedContent) -> Self {
        let ReportedContent { path, rest, bytes, category, line } = content;
        let bytes = Estimate::new(bytes);
        Self { path, rest: *rest, category: category.id(), line: *line, bytes }
    }
}

/// What images of this kind of app usually weigh.
#[derive(Serialize)]
struct UsualView<'report> {
    app: &'report str,
    low: u64,
    high: u64,
    /// `unpacked`, or `pull` for what one transfers.
    measure: &'static str,
    comparison: &'report str,
    source: &'report str,
}

impl<'report> UsualView<'report> {
    fn new(usual: &'report ReportedUsual) -> Self {
        let ReportedUsual { app, low, high, is_unpacked, comparison, source } = usual;
        let measure = if *is_unpacked { "unpacked" } else { "pull" };
        Self { app, low: low.0, high: high.0, measure, comparison, source }
    }
}

/// The build context. All `null` where none was brought, whatever project is assumed; bytes are
/// `null` where those of some file are not known.
#[derive(Default, Serialize)]
struct ContextView {
    known: bool,
    files: Option<u64>,
    bytes: Option<u64>,
    sent_files: Option<u64>,
    sent_bytes: Option<u64>,
    requested_files: Option<u64>,
    requested_bytes: Option<u64>,
}

impl ContextView {
    fn new(context: &ReportedContext) -> Self {
        if context.assumed.is_some() {
            return Self::default();
        }
        let bytes = bytes_of;
        Self {
            known: true,
            files: Some(context.files),
            bytes: bytes(&context.bytes),
            sent_files: Some(context.sent_files),
            sent_bytes: bytes(&context.sent_bytes),
            requested_files: Some(context.requested_files),
            requested_bytes: bytes(&context.requested_bytes),
        }
    }
}

/// A size: whole bytes. An unknown one has at most a lower bound.
#[derive(Serialize)]
pub struct Estimate<'report> {
    low: Option<u64>,
    likely: Option<u64>,
    high: Option<u64>,
    evidence: &'static str,
    why: &'report str,
}

impl<'report> Estimate<'report> {
    /// How a size is written.
    #[must_use]
    pub fn new(size: &'report SizeEstimate) -> Self {
        let known = size.likely().is_some() || size.low().0 > 0;
        Self {
            low: known.then_some(size.low().0),
            likely: size.likely().map(|bytes| bytes.0),
            high: size.high().map(|bytes| bytes.0),
            evidence: size.evidence().name(),
            why: size.why(),
        }
    }
}
