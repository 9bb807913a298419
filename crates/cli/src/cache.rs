//! `layerwise cache`: what an edit rebuilds, and why.

mod matrix;

use layerwise_analyzer::report::cache::{matrix, replay, write_cache_text};
use layerwise_formats::json;

use crate::arguments::{CacheArguments, Format};
use crate::{Outcome, print, safe};

/// Prints what becomes of each step, then says on standard error what a build would refuse.
pub(crate) fn run(arguments: &CacheArguments) -> Result<Outcome, String> {
    let read = arguments.input.read()?;
    if arguments.matrix {
        let matrix = matrix(&read.input, &arguments.timing);
        print(&match arguments.format {
            Format::Json => json::write_matrix(&matrix)?,
            _ => safe::visible_lines(&matrix::write(&matrix)),
        })?;
        return Ok(Outcome::Done);
    }
    let mut report = replay(&read.input, &arguments.read_change()?, &arguments.timing)?;
    for (line, _) in &arguments.timing.known {
        if report.steps.iter().all(|step| step.line != *line) {
            let remark = format!(
                "No step that writes files is in line {line}, so that --time {line}=… changes nothing."
            );
            report.remarks.push(remark);
        }
    }
    print(&match arguments.format {
        Format::Json => json::write_cache(&report)?,
        _ => safe::visible_lines(&write_cache_text(&report)),
    })?;
    match report.errors.first() {
        Some(error) => {
            let name = arguments.name_after().unwrap_or(read.name);
            Err(format!("{name}:{}: {}", error.position, error.message))
        }
        None => Ok(Outcome::Done),
    }
}
