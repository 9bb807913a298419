//! What a build would refuse, as the message that ends a run.

use layerwise_analyzer::report::Report;
use layerwise_analyzer::text::LineIndex;

use crate::arguments::ReadInput;

/// The first thing that Docker would refuse, with its place; `None` where it would build.
pub(crate) fn of(report: &Report, read: &ReadInput) -> Option<String> {
    let name = &read.name;
    if let Some((first, rest)) = report.errors.split_first() {
        let more = match rest.len() {
            0 => String::new(),
            1 => " (and one more error)".into(),
            more => format!(" (and {more} more errors)"),
        };
        return Some(format!("{name}:{}: {}{more}", first.position, first.message));
    }
    if report.target.is_none() {
        return Some(format!(
            "{name}:1:1: there is no stage to build; start with FROM and an image"
        ));
    }
    let first = report.context.ignore_errors.first()?;
    let lines = LineIndex::new(read.input.dockerignore.as_deref().unwrap_or_default());
    let position = lines.position(first.span.start);
    Some(format!("{}:{position}: {}", read.ignore_name, first.message))
}
