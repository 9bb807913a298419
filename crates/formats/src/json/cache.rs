//! The JSON of `cache --format json`, schema 1; `docs/cache-json.md` describes it.

use layerwise_analyzer::cache::{CacheOutcome, TimeEstimate};
use layerwise_analyzer::report::cache::{
    CacheMatrix, CacheReport, MatrixColumn, MatrixStep, ReportedCacheStep, ReportedCause,
};
use serde::Serialize;

use super::{PlacedView, write_indented};

/// Writes what a change rebuilds, indented, with a final newline.
///
/// # Errors
/// As [`super::write_report`].
pub fn write_cache(report: &CacheReport) -> Result<String, String> {
    let view = ReportView {
        schema: 1,
        errors: report.errors.iter().map(PlacedView::error).collect(),
        steps: report.steps.iter().map(StepView::new).collect(),
        causes: report.causes.iter().map(CauseView::new).collect(),
        rebuild_seconds: Seconds::new(&report.rebuild),
        full_seconds: Seconds::new(&report.full),
        week_seconds: Seconds::new(&report.week),
        assumptions: &report.assumptions,
        remarks: &report.remarks,
    };
    write_indented(&view)
}

/// Writes all usual edits, the same way.
///
/// # Errors
/// As [`super::write_report`].
pub fn write_matrix(matrix: &CacheMatrix) -> Result<String, String> {
    let view = MatrixView {
        schema: 1,
        steps: matrix.steps.iter().map(RowView::new).collect(),
        edits: matrix.columns.iter().map(ColumnView::new).collect(),
        left_out: matrix.left_out.as_deref(),
    };
    write_indented(&view)
}

#[derive(Serialize)]
struct ReportView<'report> {
    schema: u32,
    errors: Vec<PlacedView<'report>>,
    steps: Vec<StepView<'report>>,
    causes: Vec<CauseView>,
    rebuild_seconds: Seconds<'report>,
    full_seconds: Seconds<'report>,
    week_seconds: Seconds<'report>,
    assumptions: &'report [String],
    remarks: &'report [String],
}

#[derive(Serialize)]
struct StepView<'report> {
    line: u32,
    stage: usize,
    instruction: &'report str,
    outcome: &'static str,
    merge: Option<&'static str>,
    reason: Option<&'report str>,
    depends_on: Option<&'report [String]>,
    difference: Option<DifferenceView<'report>>,
    cause_line: Option<u32>,
    seconds: Seconds<'report>,
    critical: bool,
}

#[derive(Serialize)]
struct DifferenceView<'report> {
    kind: &'static str,
    detail: &'report str,
}

impl<'report> StepView<'report> {
    fn new(step: &'report ReportedCacheStep) -> Self {
        Self {
            line: step.line,
            stage: step.stage,
            instruction: &step.instruction,
            outcome: step.outcome.name(),
            merge: step.merge.map(CacheOutcome::name),
            reason: step.reason.as_deref(),
            depends_on: (!step.depends_on.is_empty()).then_some(&step.depends_on),
            difference: step.difference.as_ref().map(|difference| DifferenceView {
                kind: difference.kind.name(),
                detail: &difference.detail,
            }),
            cause_line: step.cause,
            seconds: Seconds::new(&step.duration),
            critical: step.critical,
        }
    }
}

#[derive(Serialize)]
struct CauseView {
    line: u32,
    rebuilds: u64,
}

impl CauseView {
    fn new(cause: &ReportedCause) -> Self {
        Self { line: cause.line, rebuilds: cause.rebuilds }
    }
}

/// A time, in seconds with their thousandths.
#[derive(Serialize)]
pub(super) struct Seconds<'report> {
    low: f64,
    likely: f64,
    high: f64,
    evidence: &'static str,
    why: &'report str,
}

impl<'report> Seconds<'report> {
    pub(super) fn new(time: &'report TimeEstimate) -> Self {
        let [low, likely, high] = time.bounds().map(seconds);
        Self { low, likely, high, evidence: time.evidence.name(), why: &time.why }
    }
}

#[expect(clippy::cast_precision_loss, reason = "no build takes 2^53 milliseconds")]
fn seconds(milliseconds: u64) -> f64 {
    milliseconds as f64 / 1000.0
}

#[derive(Serialize)]
struct MatrixView<'report> {
    schema: u32,
    steps: Vec<RowView<'report>>,
    edits: Vec<ColumnView<'report>>,
    left_out: Option<&'report str>,
}

#[derive(Serialize)]
struct RowView<'report> {
    line: u32,
    stage: usize,
    instruction: &'report str,
}

impl<'report> RowView<'report> {
    fn new(step: &'report MatrixStep) -> Self {
        Self { line: step.line, stage: step.stage, instruction: &step.instruction }
    }
}

#[derive(Serialize)]
struct ColumnView<'report> {
    title: &'report str,
    edit: Option<String>,
    outcomes: Vec<&'static str>,
    rebuild_seconds: Seconds<'report>,
}

impl<'report> ColumnView<'report> {
    fn new(column: &'report MatrixColumn) -> Self {
        Self {
            title: &column.edit.title,
            edit: column.edit.edit.as_ref().map(ToString::to_string),
            outcomes: column.outcomes.iter().map(|outcome| outcome.name()).collect(),
            rebuild_seconds: Seconds::new(&column.rebuild),
        }
    }
}
