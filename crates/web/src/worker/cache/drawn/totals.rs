//! The answer in a few lines: how many steps run, how long that takes, and which line is to blame.

use layerwise_analyzer::cache::{CacheOutcome, TimeEstimate};
use layerwise_analyzer::report::cache::{CacheReport, describe_duration, describe_time};

use super::{line_link, paragraph, runs, section};
use crate::format;
use crate::view::Node;
use crate::worker::cache::Tried;
use crate::worker::cache::outcomes::caused;
use crate::worker::views::nodes::{classed, element, text};

/// The sums, and the lines that cause them.
pub(super) fn totals(tried: &Tried, report: &CacheReport) -> Node {
    let [full, rebuild] = [&report.full, &report.rebuild].map(|time| describe_time(time.likely));
    let arrow = [("class", "cache-arrow"), ("title", "A build without any cache, and this build")];
    let sum = vec![
        text(&format!("{} ", sum(report))),
        element("span", &arrow, vec![text(&format!("{full} → {rebuild}"))]),
    ];
    let times = vec![
        time("This build", &report.rebuild),
        time("Without any cache", &report.full),
        time(&week_title(tried.building.edits_a_day), &report.week),
    ];
    let mut all = vec![
        element("p", &[("class", "cache-sum"), ("role", "status")], sum),
        classed("dl", "cache-times", times),
    ];
    all.extend(report.causes.iter().map(|cause| {
        let told = vec![line_link("Line", cause.line), text(&format!(" {}.", caused(cause)))];
        element("p", &[], told)
    }));
    all.extend(report.remarks.iter().map(|remark| paragraph("", remark)));
    section("cache-totals", &format!("When {}", tried.title), all)
}

fn week_title(edits_a_day: u32) -> String {
    match edits_a_day {
        1 => "A week, one such edit a day".to_owned(),
        many => format!("A week, {many} such edits a day"),
    }
}

fn sum(report: &CacheReport) -> String {
    let needed = |outcome| outcome != CacheOutcome::NotNeeded;
    let all = report.steps.iter().filter(|step| needed(step.outcome)).count();
    let certain = report.steps.iter().filter(|step| step.outcome == CacheOutcome::Rebuilt).count();
    let running = report.steps.iter().filter(|step| runs(step)).count();
    let of_all = format::count(all, "step", "steps");
    match (certain, running) {
        _ if all == 0 => "There is no step to build.".to_owned(),
        (_, 0) if all == 1 => "The one step comes from the cache.".to_owned(),
        (_, 0) => format!("Every one of {of_all} comes from the cache."),
        (certain, running) if certain == running => format!("{certain} of {of_all} rebuilt."),
        (certain, running) => format!(
            "{certain} of {of_all} rebuilt, and {} on what they write.",
            format::count(running - certain, "step that depends", "steps that depend"),
        ),
    }
}

fn time(title: &str, time: &TimeEstimate) -> Node {
    let likely = describe_time(time.likely);
    let rest = describe_duration(time);
    let rest = rest.strip_prefix(&likely).unwrap_or_default();
    let told = vec![
        element("strong", &[], vec![text(&likely)]),
        classed("span", "cache-range", vec![text(rest)]),
    ];
    element("div", &[], vec![element("dt", &[], vec![text(title)]), element("dd", &[], told)])
}
