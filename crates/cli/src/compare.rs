//! `layerwise compare`: two Dockerfiles side by side.

use layerwise_analyzer::compare::{compare, write_comparison, write_comparison_markdown};
use layerwise_formats::json;

use crate::arguments::{CompareArguments, Format};
use crate::{Outcome, link, note, print, refusal, safe};

/// Prints the comparison, then says on standard error what a build of each would refuse. The run
/// fails where it is the one after, or where one of them is no Dockerfile at all.
pub(crate) fn run(arguments: &CompareArguments) -> Result<Outcome, String> {
    let (before, after) = (arguments.before.read()?, arguments.after.read()?);
    let [old, new] = [&before, &after].map(|read| (layerwise_analyzer::analyze(&read.input), read));
    for (report, read) in [&old, &new] {
        // Beside nothing at all, all of the other would be a difference.
        if report.stages.is_empty()
            && let Some(message) = refusal::of(report, read)
        {
            return Err(message);
        }
    }
    let comparison = compare(&before.input, &after.input);
    print(&match arguments.format {
        Format::Json => json::write_comparison(&comparison)?,
        Format::Markdown => {
            let page = arguments.page.as_deref();
            safe::visible_lines(&write_comparison_markdown(&comparison))
                + &link::write_markdown(&after.input, Some(&before.input), page)
        }
        Format::Text | Format::Sarif | Format::Svg => {
            safe::visible_lines(&write_comparison(&comparison))
        }
    })?;
    if let Some(message) = refusal::of(&old.0, old.1) {
        note(&message);
    }
    match refusal::of(&new.0, new.1) {
        Some(message) => Err(message),
        None => Ok(Outcome::Done),
    }
}
