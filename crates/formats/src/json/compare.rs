//! The JSON of `compare --format json`, schema 1; `docs/compare-json.md` describes it.

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::compare::{
    ChangeCause, ComparedEdit, ComparedLayer, ComparedStage, ComparedStep, Comparison, DiffLine,
    DiffSide, SizeChange,
};
use layerwise_analyzer::size::SizeEstimate;
use serde::Serialize;

use super::{Estimate, Seconds, write_indented};

/// Writes a comparison, indented, with a final newline.
///
/// # Errors
/// As [`super::write_report`].
pub fn write_comparison(comparison: &Comparison) -> Result<String, String> {
    write_indented(&view_comparison(comparison))
}

/// The same as an object that any format of `serde` can write.
#[must_use]
pub fn view_comparison(comparison: &Comparison) -> impl Serialize {
    ComparisonView {
        schema: 1,
        image: ChangeView::new(&comparison.image),
        compressed: ChangeView::new(&comparison.compressed),
        wasted: ChangeView::new(&comparison.wasted),
        sent: ChangeView::new(&comparison.sent),
        causes: comparison.causes.iter().map(CauseView::new).collect(),
        layers: comparison.layers.iter().map(LayerView::new).collect(),
        stages: comparison.stages.iter().map(StageView::new).collect(),
        lines: comparison.lines.iter().map(LineView::new).collect(),
        ignore_lines: comparison.ignore_lines.iter().map(LineView::new).collect(),
        steps: comparison.steps.iter().map(StepView::new).collect(),
        edits: comparison.edits.iter().map(EditView::new).collect(),
        errors: SideView::of(comparison.errors),
    }
}

/// What is so before and after.
#[derive(Serialize)]
struct SideView<T> {
    before: T,
    after: T,
}

impl<T> SideView<T> {
    fn of([before, after]: [T; 2]) -> Self {
        Self { before, after }
    }
}

#[derive(Serialize)]
struct ComparisonView<'report> {
    schema: u32,
    image: ChangeView<'report>,
    compressed: ChangeView<'report>,
    wasted: ChangeView<'report>,
    sent: ChangeView<'report>,
    causes: Vec<CauseView<'report>>,
    layers: Vec<LayerView<'report>>,
    stages: Vec<StageView<'report>>,
    lines: Vec<LineView<'report>>,
    ignore_lines: Vec<LineView<'report>>,
    steps: Vec<StepView<'report>>,
    edits: Vec<EditView<'report>>,
    errors: SideView<u64>,
}

#[derive(Serialize)]
struct ChangeView<'report> {
    before: Estimate<'report>,
    after: Estimate<'report>,
    change: Option<i64>,
}

impl<'report> ChangeView<'report> {
    fn new(change: &'report SizeChange) -> Self {
        let (before, after) = (Estimate::new(&change.before), Estimate::new(&change.after));
        Self { before, after, change: change.difference() }
    }
}

#[derive(Serialize)]
struct CauseView<'report> {
    title: &'report str,
    change: i64,
    before_lines: &'report [u32],
    after_lines: &'report [u32],
}

impl<'report> CauseView<'report> {
    fn new(cause: &'report ChangeCause) -> Self {
        let ChangeCause { title, bytes, before_lines, after_lines } = cause;
        Self { title, change: *bytes, before_lines, after_lines }
    }
}

#[derive(Serialize)]
struct LayerView<'report> {
    instruction: &'report str,
    lines: SideView<Option<u32>>,
    bytes: SideView<Option<Estimate<'report>>>,
}

impl<'report> LayerView<'report> {
    fn new(layer: &'report ComparedLayer) -> Self {
        let lines = SideView::of(layer.lines);
        Self { instruction: &layer.instruction, lines, bytes: estimates(&layer.bytes) }
    }
}

#[derive(Serialize)]
struct StageView<'report> {
    title: &'report str,
    base: SideView<Option<&'report str>>,
    takes: SideView<&'report [String]>,
    bytes: SideView<Option<Estimate<'report>>>,
}

impl<'report> StageView<'report> {
    fn new(stage: &'report ComparedStage) -> Self {
        let base = SideView::of(stage.bases.each_ref().map(|base| base.as_deref()));
        let takes = SideView::of(stage.takes.each_ref().map(Vec::as_slice));
        Self { title: &stage.title, base, takes, bytes: estimates(&stage.bytes) }
    }
}

fn estimates(bytes: &[Option<SizeEstimate>; 2]) -> SideView<Option<Estimate<'_>>> {
    SideView::of(bytes.each_ref().map(|bytes| bytes.as_ref().map(Estimate::new)))
}

#[derive(Serialize)]
struct LineView<'report> {
    side: &'static str,
    before: Option<u32>,
    after: Option<u32>,
    text: &'report str,
}

impl<'report> LineView<'report> {
    fn new(line: &'report DiffLine) -> Self {
        let side = match line.side {
            DiffSide::Both => "both",
            DiffSide::Before => "before",
            DiffSide::After => "after",
        };
        Self { side, before: line.before, after: line.after, text: &line.text }
    }
}

#[derive(Serialize)]
struct StepView<'report> {
    instruction: &'report str,
    lines: SideView<Option<u32>>,
}

impl<'report> StepView<'report> {
    fn new(step: &'report ComparedStep) -> Self {
        Self { instruction: &step.instruction, lines: SideView::of(step.lines) }
    }
}

#[derive(Serialize)]
struct EditView<'report> {
    title: &'report str,
    seconds: SideView<Seconds<'report>>,
    rebuilt: SideView<u64>,
    outcomes: Vec<SideView<Option<&'static str>>>,
}

impl<'report> EditView<'report> {
    fn new(edit: &'report ComparedEdit) -> Self {
        let seconds = SideView::of(edit.times.each_ref().map(Seconds::new));
        let outcomes = edit
            .outcomes
            .iter()
            .map(|outcomes| SideView::of(outcomes.map(|outcome| outcome.map(CacheOutcome::name))));
        let (rebuilt, outcomes) = (SideView::of(edit.rebuilt), outcomes.collect());
        Self { title: &edit.title, seconds, rebuilt, outcomes }
    }
}
