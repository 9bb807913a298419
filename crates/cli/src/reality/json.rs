//! The JSON of `reality --format json`, schema 1; `docs/reality-json.md` describes it.

use layerwise_analyzer::reality::{CheckedLine, EvidenceKind, PrintedBytes, RealityCheck, Verdict};
use layerwise_formats::json::{Estimate, write_indented};
use serde::Serialize;

use super::{assumed, times};

/// Writes a check, indented, with a final newline.
pub(super) fn write(check: &RealityCheck) -> Result<String, String> {
    write_indented(&CheckView {
        schema: 1,
        kind: match check.kind {
            EvidenceKind::History => "history",
            EvidenceKind::Inspect => "inspect",
            EvidenceKind::Dive => "dive",
            EvidenceKind::Log => "log",
        },
        image: LineView::new(&check.image),
        sent: check.sent.as_ref().map(LineView::new),
        lines: check.lines.iter().map(LineView::new).collect(),
        off: &check.off,
        doubt: check.doubt.as_deref(),
        remarks: &check.remarks,
        assume: assumed(&check.taken),
        time: times(&check.taken),
    })
}

#[derive(Serialize)]
struct CheckView<'check> {
    schema: u32,
    kind: &'static str,
    image: LineView<'check>,
    sent: Option<LineView<'check>>,
    lines: Vec<LineView<'check>>,
    off: &'check [String],
    doubt: Option<&'check str>,
    remarks: &'check [String],
    assume: Vec<String>,
    time: Vec<String>,
}

#[derive(Serialize)]
struct LineView<'check> {
    line: Option<u32>,
    instruction: &'check str,
    estimate: Option<Estimate<'check>>,
    measured: Option<MeasuredView>,
    verdict: &'static str,
    estimated_milliseconds: Option<TimeView>,
    milliseconds: Option<u64>,
    cached: bool,
}

#[derive(Serialize)]
struct TimeView {
    low: u64,
    likely: u64,
    high: u64,
}

#[derive(Serialize)]
struct MeasuredView {
    bytes: u64,
    rounding: u64,
}

impl<'check> LineView<'check> {
    fn new(line: &'check CheckedLine) -> Self {
        let view = |PrintedBytes { bytes, rounding }| MeasuredView { bytes, rounding };
        Self {
            line: line.line,
            instruction: &line.instruction,
            estimate: line.estimate.as_ref().map(Estimate::new),
            measured: line.measured.map(view),
            verdict: match line.verdict {
                Verdict::Within => "within",
                Verdict::Less => "less",
                Verdict::More => "more",
                Verdict::NotEstimated => "not-estimated",
                Verdict::NotMeasured => "not-measured",
            },
            estimated_milliseconds: line.time.as_ref().map(|time| TimeView {
                low: time.low,
                likely: time.likely,
                high: time.high,
            }),
            milliseconds: line.milliseconds,
            cached: line.cached,
        }
    }
}
