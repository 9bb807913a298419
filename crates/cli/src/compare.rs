//! `layerwise compare`: two Dockerfiles side by side.

use layerwise_analyzer::compare::{compare, write_comparison, write_comparison_markdown};
use layerwise_formats::json;

use crate::arguments::{CompareArguments, Format};
use crate::{Outcome, link, print, refusal, safe};

/// Prints the comparison, then says on standard error what a build of the one after would refuse.
pub(crate) fn run(arguments: &CompareArguments) -> Result<Outcome, String> {
    let (before, after) = (arguments.before.read()?, arguments.after.read()?);
    let comparison = compare(&before.input, &after.input);
    print(&match arguments.format {
        Format::Json => json::write_comparison(&comparison)?,
        Format::Markdown => {
            let page = arguments.page.as_deref();
            safe::visible_lines(&write_comparison_markdown(&comparison))
                + &link::write_markdown(&after.input, Some(&before.input), page).unwrap_or_default()
        }
        Format::Text | Format::Sarif | Format::Svg => {
            safe::visible_lines(&write_comparison(&comparison))
        }
    })?;
    match refusal::of(&layerwise_analyzer::analyze(&after.input), &after) {
        Some(message) => Err(message),
        None => Ok(Outcome::Done),
    }
}
