//! What becomes of each line after the edit that is tried, beside its bytes.

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::order;
use layerwise_analyzer::report::Report;
use layerwise_analyzer::text::Span;

use crate::bindings::editor::Mark;
use crate::panels::instruction_at;
use crate::worker::{Replayed, caused, weight};

/// Adds to the marks what becomes of each step, and to the lines that are to blame how much they cause.
/// Marks of other lines keep the room for it.
pub(super) fn mark(marks: &mut Vec<Mark>, replayed: &Replayed) {
    for mark in marks.iter_mut() {
        mark.outcome = Some("");
    }
    // A line with triggers has several steps.
    for steps in replayed.steps.chunk_by(|one, other| one.line == other.line) {
        let Some(worst) = steps.iter().max_by_key(|step| weight(step.outcome)) else { continue };
        let mark = at(marks, worst.line);
        mark.outcome = Some(worst.outcome.name());
        let why = &worst.reason;
        mark.title = format!("{}. {why} {}", title(worst.outcome), mark.title);
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

fn title(outcome: CacheOutcome) -> &'static str {
    match outcome {
        CacheOutcome::Cached => "Cached",
        CacheOutcome::Depends => "Depends",
        CacheOutcome::Rebuilt => "Rebuilt",
        CacheOutcome::NotNeeded => "Not needed",
    }
}

/// The instructions that break the cache, each with what it costs.
pub(super) fn causes(report: &Report, replayed: &Replayed) -> Vec<(Span, String)> {
    let told = replayed.causes.iter().filter_map(|cause| {
        let span = instruction_at(report, cause.line)?;
        Some((span, format!("This line {}.", caused(cause))))
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use CacheOutcome::{Cached, Depends, NotNeeded, Rebuilt};
    use layerwise_analyzer::report::{Input, analyze};

    use super::*;
    use crate::state::Trial;
    use crate::worker::answer_cache;

    #[test]
    fn a_line_with_several_steps_shows_the_one_that_counts_most() {
        let text = "FROM node:22\nRUN a\nRUN b\nRUN c\n";
        let input = Input { dockerfile: text.into(), ..Input::default() };
        let answer = answer_cache(&input, &analyze(&input), &Trial::default());
        let mut replayed = answer.replayed.expect("any edit can be tried");
        let mut shown = |outcomes: [CacheOutcome; 3]| {
            for (step, outcome) in replayed.steps.iter_mut().zip(outcomes) {
                (step.line, step.outcome) = (1, outcome);
            }
            let mut marks = Vec::new();
            mark(&mut marks, &replayed);
            let shown: Vec<&str> = marks.iter().filter_map(|mark| mark.outcome).collect();
            shown.join(" ")
        };
        let shown = [
            shown([Depends, Cached, NotNeeded]),
            shown([Cached, Rebuilt, Depends]),
            shown([NotNeeded, Cached, NotNeeded]),
        ];
        assert_eq!(shown, ["depends", "rebuilt", "cached"]);
    }
}
