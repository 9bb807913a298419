//! What becomes of each line after the edit that is tried, beside its bytes.

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::order;
use layerwise_analyzer::report::Report;
use layerwise_analyzer::report::cache::{CacheReport, ReportedCause};
use layerwise_analyzer::text::Span;

use crate::bindings::editor::Mark;
use crate::format;

/// Adds to the marks what becomes of each step, and to the lines that are to blame how much they cause.
/// Marks of other lines keep the room for it.
pub(super) fn mark(marks: &mut Vec<Mark>, replayed: &CacheReport) {
    for mark in marks.iter_mut() {
        mark.outcome = Some("");
    }
    for step in &replayed.steps {
        let mark = at(marks, step.line);
        // A line with triggers has several steps.
        if mark.outcome != Some(word(CacheOutcome::Rebuilt)) {
            mark.outcome = Some(word(step.outcome));
        }
        let why = step.reason.as_deref().unwrap_or_default();
        mark.title = format!("{}. {why} {}", title(step.outcome), mark.title);
    }
    for cause in &replayed.causes {
        at(marks, cause.line).note = Some(caused(cause));
    }
    order::sort_by_key(marks, |mark| mark.line);
}

/// The mark of a line, made where it has none.
fn at(marks: &mut Vec<Mark>, line: u32) -> &mut Mark {
    let known = marks.iter().position(|mark| mark.line == line);
    let at = known.unwrap_or(marks.len());
    if known.is_none() {
        marks.push(Mark { line, outcome: Some(""), ..Mark::default() });
    }
    &mut marks[at]
}

/// The name that the editor knows an outcome by.
fn word(outcome: CacheOutcome) -> &'static str {
    outcome.name()
}

fn title(outcome: CacheOutcome) -> &'static str {
    match outcome {
        CacheOutcome::Cached => "Cached",
        CacheOutcome::Depends => "Depends",
        CacheOutcome::Rebuilt => "Rebuilt",
        CacheOutcome::NotNeeded => "Not needed",
    }
}

/// The instructions that break the cache, each with what it costs.
pub(super) fn causes(report: &Report, replayed: &CacheReport) -> Vec<(Span, String)> {
    let told = replayed.causes.iter().filter_map(|cause| {
        let is_it = |line: u32, end: u32| line <= cause.line && cause.line <= end;
        let mut all = report.instructions.iter();
        let found = all.find(|found| is_it(found.line, found.end_line))?;
        Some((found.span, format!("This line {}.", caused(cause))))
    });
    told.collect()
}

fn caused(cause: &ReportedCause) -> String {
    let rebuilds = usize::try_from(cause.rebuilds).unwrap_or(usize::MAX);
    format!("caused {}", format::count(rebuilds, "rebuild", "rebuilds"))
}
