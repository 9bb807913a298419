//! A comparison as Markdown for a pull request: a table of sizes, one of causes, one of rebuilds, and
//! what is longer under headings that open.

use std::fmt::Write;

use super::text::{
    MOST_CAUSES, describe_change, describe_places, describe_side, describe_stage, rows, write_lines,
};
use super::{Comparison, DiffSide};
use crate::cache::CacheOutcome;
use crate::report::cache::describe_time;
use crate::report::describe_size;
use crate::text::shorten;

/// The most rows of a table, and the most lines of a difference: a comment of a pull request holds
/// 65,536 characters.
const MOST_ROWS: usize = 60;

/// Writes a comparison as Markdown.
#[must_use]
pub fn write_comparison_markdown(comparison: &Comparison) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_all(comparison, &mut text);
    text
}

fn write_all(comparison: &Comparison, text: &mut String) -> std::fmt::Result {
    writeln!(text, "| | Before | After | Change |\n|---|---|---|---:|")?;
    for (title, change) in rows(comparison) {
        let (before, after) = (describe_size(&change.before), describe_size(&change.after));
        let change = change.difference().map_or("not known".to_owned(), describe_change);
        writeln!(text, "| {title} | {before} | {after} | {change} |")?;
    }
    if !comparison.causes.is_empty() {
        writeln!(text, "\n| Change | By what |\n|---:|---|")?;
    }
    for cause in comparison.causes.iter().take(MOST_CAUSES) {
        writeln!(text, "| {} | {} |", describe_change(cause.bytes), cell(&cause.title))?;
    }
    if !comparison.edits.is_empty() {
        writeln!(text, "\n| After an edit of | Rebuild before | Rebuild after |\n|---|---:|---:|")?;
    }
    for edit in &comparison.edits {
        let [before, after] = edit.times.each_ref().map(|time| describe_time(time.likely));
        writeln!(text, "| {} | {before} | {after} |", cell(&edit.title))?;
    }
    write_stages(comparison, text)?;
    write_layers(comparison, text)?;
    write_steps(comparison, text)?;
    for (title, lines) in
        [("Dockerfile", &comparison.lines), (".dockerignore", &comparison.ignore_lines)]
    {
        if lines.iter().any(|line| line.side != DiffSide::Both) {
            write_diff(title, lines, text)?;
        }
    }
    Ok(())
}

fn write_stages(comparison: &Comparison, text: &mut String) -> std::fmt::Result {
    let rows = comparison.stages.iter().map(|stage| {
        let [before, after] = stage.bytes.each_ref().map(describe_side);
        let (title, about) = (cell(&stage.title), cell(&describe_stage(stage)));
        format!("| {title} | {about} | {before} | {after} |")
    });
    let head = "| Stage | On what | Before | After |\n|---|---|---:|---:|";
    write_details("Stages", head, rows.collect(), text)
}

fn write_layers(comparison: &Comparison, text: &mut String) -> std::fmt::Result {
    let rows = comparison.layers.iter().map(|layer| {
        let [before, after] = layer.bytes.each_ref().map(describe_side);
        let (lines, layer) = (describe_places(&layer.lines), code(&layer.instruction));
        format!("| {lines} | {layer} | {before} | {after} |")
    });
    let head = "| Line | Layer | Before | After |\n|---|---|---:|---:|";
    write_details("Layers", head, rows.collect(), text)
}

/// A table of the steps with a column an edit: `rebuilt → cached`.
fn write_steps(comparison: &Comparison, text: &mut String) -> std::fmt::Result {
    if comparison.edits.is_empty() {
        return Ok(());
    }
    let titles = comparison.edits.iter().map(|edit| cell(&edit.title));
    let titles = titles.collect::<Vec<_>>().join(" | ");
    let dashes = "|---".repeat(comparison.edits.len());
    let head = format!("| Line | Step | {titles} |\n|---|---{dashes}|");
    let rows = comparison.steps.iter().enumerate().map(|(row, step)| {
        let mut line =
            format!("| {} | {} |", describe_places(&step.lines), code(&step.instruction));
        for edit in &comparison.edits {
            let [before, after] = edit.outcomes.get(row).copied().unwrap_or_default().map(word);
            line.push_str(&match before == after {
                true => format!(" {before} |"),
                false => format!(" {before} → {after} |"),
            });
        }
        line
    });
    write_details("Steps after each edit", &head, rows.collect(), text)
}

fn word(outcome: Option<CacheOutcome>) -> &'static str {
    match outcome {
        None => "–",
        Some(CacheOutcome::NotNeeded) => "not needed",
        Some(outcome) => outcome.name(),
    }
}

/// A table under a heading that opens; nothing where it has no row.
fn write_details(
    title: &str,
    head: &str,
    rows: Vec<String>,
    text: &mut String,
) -> std::fmt::Result {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(text, "\n<details><summary>{title}</summary>\n\n{head}")?;
    for row in rows.iter().take(MOST_ROWS) {
        writeln!(text, "{row}")?;
    }
    let more = rows.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        writeln!(text, "\nAnd {more} more.")?;
    }
    writeln!(text, "\n</details>")
}

/// The lines that changed, in a fence that none of them closes.
fn write_diff(title: &str, lines: &[super::DiffLine], text: &mut String) -> std::fmt::Result {
    let mut diff = String::new();
    write_lines(lines, &mut diff)?;
    let mut fence = "```".to_owned();
    while diff.contains(&fence) {
        fence.push('`');
    }
    writeln!(text, "\n<details><summary>{title}</summary>\n\n{fence}diff")?;
    for line in diff.lines().take(MOST_ROWS) {
        writeln!(text, "{line}")?;
    }
    let more = diff.lines().count().saturating_sub(MOST_ROWS);
    if more > 0 {
        writeln!(text, "  … and {more} lines more")?;
    }
    writeln!(text, "{fence}\n\n</details>")
}

/// A text that ends no cell and begins no code.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('`', "'")
}

fn code(instruction: &str) -> String {
    format!("`{}`", cell(&shorten(instruction)))
}
