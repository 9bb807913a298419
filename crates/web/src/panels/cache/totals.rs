//! The answer in a few lines: how many steps run, how long that takes, and which line is to blame.

use layerwise_analyzer::cache::{CacheOutcome, TimeEstimate};
use layerwise_analyzer::report::cache::{
    CacheReport, ReportedCause, describe_duration, describe_time,
};
use yew::{Html, html};

use super::words::runs;
use crate::format;
use crate::panels::PanelProps;
use crate::panels::lines::line_link;
use crate::panels::words;
use crate::widgets::prose::prose;
use crate::worker::CacheAnswer;

/// The sums, and the lines that cause them.
pub(super) fn totals(props: &PanelProps, answer: &CacheAnswer, report: &CacheReport) -> Html {
    html! {
        <section class="cache-totals" aria-labelledby="cache-totals-title">
            <h3 id="cache-totals-title">{ format!("When {}", answer.title) }</h3>
            <p class="cache-sum" role="status">
                { sum(report) }{ " " }
                <span class="cache-arrow" title="A build without any cache, and this build">
                    { format!(
                        "{} → {}",
                        describe_time(report.full.likely),
                        describe_time(report.rebuild.likely),
                    ) }
                </span>
            </p>
            <dl class="cache-times">
                { time("This build", &report.rebuild) }
                { time("Without any cache", &report.full) }
                { time(&week_title(answer), &report.week) }
            </dl>
            for cause in &report.causes {
                { caused(props, cause) }
            }
            for remark in &report.remarks {
                <p>{ prose(remark) }</p>
            }
        </section>
    }
}

fn week_title(answer: &CacheAnswer) -> String {
    match answer.building.edits_a_day {
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
        (_, 0) => format!("Every one of {of_all} comes from the cache."),
        (certain, running) if certain == running => format!("{certain} of {of_all} rebuilt."),
        (certain, running) => format!(
            "{certain} of {of_all} rebuilt, and {} on what they write.",
            format::count(running - certain, "step that depends", "steps that depend"),
        ),
    }
}

fn time(title: &str, time: &TimeEstimate) -> Html {
    let likely = describe_time(time.likely);
    let rest = describe_duration(time);
    let rest = rest.strip_prefix(&likely).unwrap_or_default().to_owned();
    html! {
        <div>
            <dt>{ title }</dt>
            <dd>
                <strong>{ likely }</strong>
                <span class="cache-range">{ rest }</span>
            </dd>
        </div>
    }
}

fn caused(props: &PanelProps, cause: &ReportedCause) -> Html {
    html! {
        <p>
            { line_link(props, "Line", cause.line) }
            { format!(" {}.", words::caused(cause)) }
        </p>
    }
}
