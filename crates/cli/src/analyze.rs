//! `layerwise analyze`: the report of one Dockerfile.

use layerwise_analyzer::advice::{advise, write_advice};
use layerwise_analyzer::drawing::{draw_layers, draw_stages, write_svg};
use layerwise_analyzer::report::{Report, USUAL_BANDWIDTH, write_text};
use layerwise_analyzer::size::Bytes;
use layerwise_formats::{json, markdown, sarif};

use crate::advice::fails;
use crate::arguments::{AnalyzeArguments, Format, Picture};
use crate::{Outcome, assumptions, link, note, print, refusal, safe};

/// Prints the report, then says on standard error what a build would refuse or what is too large.
pub(crate) fn run(arguments: &AnalyzeArguments) -> Result<Outcome, String> {
    let read = arguments.input.read()?;
    let report = layerwise_analyzer::analyze(&read.input);
    let advice = advise(&read.input);
    let bandwidth = arguments.bandwidth.unwrap_or(USUAL_BANDWIDTH);
    print(&match arguments.format {
        Format::Text => {
            let text = write_text(&report, bandwidth) + &write_advice(&advice);
            safe::visible_lines(&text)
        }
        Format::Markdown => {
            let text = markdown::write_report(&read.input, &report, &advice);
            let page = arguments.page.as_deref();
            safe::visible_lines(&text) + &link::write_markdown(&read.input, None, page)
        }
        Format::Json => json::write_report(&report, &advice, bandwidth)?,
        Format::Sarif => sarif::write(&report, &advice, read.named())?,
        Format::Svg => write_svg(&match arguments.drawing.unwrap_or(Picture::Layers) {
            Picture::Layers => draw_layers(&report),
            Picture::Stages => draw_stages(&report),
        }),
    })?;
    for message in assumptions::unused(&report, &read.input) {
        note(&message);
    }
    if let Some(message) = refusal::of(&report, &read) {
        return Err(message);
    }
    let size = arguments.max_size.map_or(Outcome::Done, |limit| compare(&report, limit));
    let advised = arguments.fail_on.map_or(Outcome::Done, |limit| fails(&advice, limit));
    Ok(if advised == Outcome::Done { size } else { advised })
}

/// Compares the image with `--max-size`: its likely size, or its lower bound when that is all
/// that is known. A lower bound within the limit decides nothing, which is said and is no failure.
fn compare(report: &Report, limit: Bytes) -> Outcome {
    let size = &report.image_bytes;
    let (message, outcome) = match size.likely() {
        Some(likely) if likely <= limit => return Outcome::Done,
        Some(likely) => {
            (format!("the image is likely {likely}, above --max-size {limit}"), Outcome::Above)
        }
        None if size.low() > limit => {
            let low = size.low();
            (format!("the image is at least {low}, above --max-size {limit}"), Outcome::Above)
        }
        None => {
            let known = match size.low() {
                Bytes(0) => "nothing of the image's size is known".to_owned(),
                low => format!("only that the image is at least {low} is known"),
            };
            (format!("--max-size {limit} is not decided: {known}; exit status 0"), Outcome::Done)
        }
    };
    note(&message);
    outcome
}
