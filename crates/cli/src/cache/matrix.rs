//! The table of all usual edits, for people at a terminal.

use std::fmt::Write;

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::report::cache::{CacheMatrix, describe_time};

/// The most characters of an instruction that a row shows.
const INSTRUCTION_WIDTH: usize = 48;

/// Writes a row a step and a column an edit, and what the signs mean.
pub(super) fn write(matrix: &CacheMatrix) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_all(matrix, &mut text);
    text
}

fn write_all(matrix: &CacheMatrix, text: &mut String) -> std::fmt::Result {
    for (number, column) in matrix.columns.iter().enumerate() {
        let time = describe_time(column.rebuild.likely);
        writeln!(text, "{:>3}  {:<40} {time:>12}", number + 1, column.edit.title)?;
    }
    write!(text, "\nline  {:<INSTRUCTION_WIDTH$}", "step")?;
    for number in 1..=matrix.columns.len() {
        write!(text, " {number:>3}")?;
    }
    writeln!(text)?;
    for (row, step) in matrix.steps.iter().enumerate() {
        let first = step.instruction.lines().next().unwrap_or_default();
        let short: String = first.chars().take(INSTRUCTION_WIDTH).collect();
        write!(text, "{:>4}  {short:<INSTRUCTION_WIDTH$}", step.line)?;
        for column in &matrix.columns {
            write!(text, " {:>3}", column.outcomes.get(row).map_or(" ", |outcome| sign(*outcome)))?;
        }
        writeln!(text)?;
    }
    writeln!(text, "\n. cached   x rebuilt   ? depends on what others write   - not needed")?;
    writeln!(text, "Times are assumed, with a wide range; --time LINE=SECONDS says better.")?;
    match &matrix.left_out {
        Some(sentence) => writeln!(text, "{sentence}"),
        None => Ok(()),
    }
}

fn sign(outcome: CacheOutcome) -> &'static str {
    match outcome {
        CacheOutcome::Cached => ".",
        CacheOutcome::Rebuilt => "x",
        CacheOutcome::Depends => "?",
        CacheOutcome::NotNeeded => "-",
    }
}
