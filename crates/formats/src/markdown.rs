//! A whole report as Markdown, for a pull request.

use layerwise_analyzer::advice::{Advice, write_advice_markdown};
use layerwise_analyzer::compare::{compare, write_comparison_markdown};
use layerwise_analyzer::report::{Input, Report, write_markdown};

/// Writes a report, what should change, and what all fixes would make of the image.
#[must_use]
pub fn write_report(input: &Input, report: &Report, advice: &Advice) -> String {
    write_markdown(report) + &write_advice_markdown(advice) + &write_outlook(input, advice)
}

/// Before and after all fixes, and by what the image changes; empty where there is no fix.
fn write_outlook(input: &Input, advice: &Advice) -> String {
    let Some(fixed) = advice.all.as_ref().or(advice.all_safe.as_ref()) else {
        return String::new();
    };
    let mut after = input.clone();
    after.dockerfile.clone_from(&fixed.dockerfile);
    after.dockerignore.clone_from(&fixed.dockerignore);
    let tables = write_comparison_markdown(&compare(input, &after));
    format!("\n### Before and after all fixes\n\n{tables}")
}
