//! `layerwise analyze`: the report of one Dockerfile.

use std::cmp::Ordering;

use layerwise_analyzer::report::{Report, write_markdown, write_text};
use layerwise_analyzer::size::Bytes;

use crate::arguments::{AnalyzeArguments, Format};
use crate::files::display_name;
use crate::{Outcome, json, note, print};

/// Prints the report, then says on standard error what a build would refuse or what is too large.
pub(crate) fn run(arguments: &AnalyzeArguments) -> Result<Outcome, String> {
    let input = arguments.input.read()?;
    let report = layerwise_analyzer::analyze(&input);
    print(&match arguments.format {
        Format::Text => write_text(&report),
        Format::Markdown => write_markdown(&report),
        Format::Json => json::write(&report)?,
    })?;
    let name = display_name(&arguments.input.dockerfile);
    if let Some((first, rest)) = report.errors.split_first() {
        let more = match rest.len() {
            0 => String::new(),
            1 => " (and one more error)".into(),
            more => format!(" (and {more} more errors)"),
        };
        return Err(format!("{name}:{}: {}{more}", first.position, first.message));
    }
    if report.target.is_none() {
        return Err(format!(
            "{name}:1:1: there is no stage to build; start with FROM and an image"
        ));
    }
    Ok(arguments.max_size.map_or(Outcome::Done, |limit| compare(&report, limit)))
}

/// Compares the image with `--max-size`: its likely size, or its lower bound when that is all
/// that is known.
fn compare(report: &Report, limit: Bytes) -> Outcome {
    let size = &report.image_bytes;
    let known = size.likely().unwrap_or(size.low());
    match (known.cmp(&limit), size.likely()) {
        (Ordering::Greater, Some(likely)) => {
            note(&format!("the image is likely {likely}, above --max-size {limit}"));
            Outcome::Above
        }
        (Ordering::Greater, None) => {
            note(&format!("the image is at least {known}, above --max-size {limit}"));
            Outcome::Above
        }
        (_, None) => {
            note(&format!(
                "--max-size {limit} could not be checked: the image is at least {known}, its \
                 size is not known"
            ));
            Outcome::Done
        }
        (_, Some(_)) => Outcome::Done,
    }
}
