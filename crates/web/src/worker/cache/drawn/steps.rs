//! The steps in order: the layer on the left, what becomes of it on the right.

use layerwise_analyzer::report::Report;
use layerwise_analyzer::report::cache::{CacheReport, ReportedCacheStep, describe_time};

use super::{badge, line_and_code, paragraph, runs, section};
use crate::format;
use crate::view::{Act, Entry, Node, TIME};
use crate::worker::views::nodes::{button, classed, element, text};

/// Characters of an instruction, so that its end shows, too: what it runs stands behind its mounts.
const MOST_OF_INSTRUCTION: usize = 50;

/// Every step that writes files, stage by stage.
pub(super) fn steps(report: &Report, replayed: &CacheReport) -> Node {
    // Where every step waits for the one before, that all are critical says nothing.
    let is_apart = replayed.steps.iter().any(|step| runs(step) && !step.critical);
    let stages = replayed.steps.chunk_by(|before, after| before.stage == after.stage);
    let mut all: Vec<Node> = stages.flat_map(|steps| of_stage(report, steps, is_apart)).collect();
    if all.is_empty() {
        all.push(paragraph("", "No instruction writes a file, so there is nothing to rebuild."));
    }
    section("cache-steps", "Step by step", all)
}

fn of_stage(report: &Report, steps: &[ReportedCacheStep], is_apart: bool) -> Vec<Node> {
    let title = steps.first().filter(|_| report.stages.len() > 1).map(|first| {
        let named = report.stages.get(first.stage).and_then(|stage| stage.name.clone());
        let name = named.unwrap_or_else(|| first.stage.to_string());
        element("h4", &[], vec![text(&format!("In stage {name}"))])
    });
    let items: Vec<Node> = steps.iter().map(|step| item(report, step, is_apart)).collect();
    let list = Node::LongList {
        class: "cache-list".to_owned(),
        noun: "steps".to_owned(),
        items: items.into(),
    };
    title.into_iter().chain([list]).collect()
}

/// A step; `is_apart` says whether some running steps are critical and some are not.
fn item(report: &Report, step: &ReportedCacheStep, is_apart: bool) -> Node {
    let code = line_and_code(step.line, &step.instruction, MOST_OF_INSTRUCTION);
    let mut layer = vec![button("text-button line-button", Act::Reveal(step.line), code)];
    layer
        .extend(size_of(report, step).map(|size| classed("span", "cache-size", vec![text(&size)])));
    let mut verdict = vec![badge(step.outcome)];
    if runs(step) {
        verdict.push(time_field(step));
    }
    if step.critical && is_apart {
        verdict.push(classed("span", "cache-critical", vec![text("on the critical path")]));
    }
    let mut outcome = vec![classed("p", "cache-verdict", verdict)];
    outcome.extend(step.reason.as_ref().map(|reason| paragraph("cache-reason", reason)));
    // Of a linked copy, what the steps after it go by.
    outcome.extend(step.merge.filter(|merge| *merge != step.outcome).map(|merge| {
        let told = vec![text("Its place on the layers below: "), badge(merge)];
        classed("p", "cache-reason", told)
    }));
    let parts =
        vec![classed("div", "cache-layer", layer), classed("div", "cache-outcome", outcome)];
    classed("li", "cache-step", parts)
}

/// How long the step takes, to be typed by who knows better.
fn time_field(step: &ReportedCacheStep) -> Node {
    Node::Field {
        key: format!("{TIME}{}", step.instruction),
        entry: Entry::Time,
        hint: format!("≈ {}", describe_time(step.duration.likely)),
        label: format!("Time of line {}", step.line),
        title: step.duration.why.clone(),
    }
}

/// What the step's layer weighs; `None` where that is not known.
fn size_of(report: &Report, step: &ReportedCacheStep) -> Option<String> {
    let stage = report.stages.get(step.stage)?;
    let is_it = |line: u32, printed: &str| line == step.line && printed == step.instruction;
    let found = stage.steps.iter().find(|own| is_it(own.line, &own.printed));
    found.and_then(|own| own.bytes.as_ref()).map(format::size)
}
