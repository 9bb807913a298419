//! A comparison as lines for a terminal, and as Markdown for a pull request.

use std::fmt::Write;

use super::{Comparison, DiffSide, SizeChange};
use crate::report::cache::describe_time;
use crate::report::describe_size;
use crate::size::Bytes;

/// The most causes that are told.
const MOST_CAUSES: usize = 12;

/// Signed bytes as people say them: `−800 MB`, `+3.00 MB`.
#[must_use]
pub fn describe_change(bytes: i64) -> String {
    let sign = match bytes {
        0 => return "no change".to_owned(),
        1.. => '+',
        _ => '\u{2212}',
    };
    format!("{sign}{}", Bytes(bytes.unsigned_abs()))
}

/// Writes what differs between two versions of a file as a patch; empty where nothing does.
#[must_use]
pub fn write_diff(name: &str, before: &str, after: &str) -> String {
    let diff = similar::TextDiff::from_lines(before, after);
    diff.unified_diff().header(name, name).to_string()
}

/// Writes a comparison as plain text.
#[must_use]
pub fn write_comparison(comparison: &Comparison) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_all(comparison, &mut text);
    text
}

fn write_all(comparison: &Comparison, text: &mut String) -> std::fmt::Result {
    for (title, change) in rows(comparison) {
        let (before, after) = (describe_size(&change.before), describe_size(&change.after));
        writeln!(text, "{title:<11} {before} → {after}{}", in_brackets(change))?;
    }
    if !comparison.causes.is_empty() {
        writeln!(text, "\nBy what the image changed")?;
    }
    for cause in comparison.causes.iter().take(MOST_CAUSES) {
        let lines = describe_lines(&cause.before_lines, &cause.after_lines);
        writeln!(text, "  {:>10}  {}{lines}", describe_change(cause.bytes), cause.title)?;
    }
    if !comparison.edits.is_empty() {
        writeln!(text, "\nWhat an edit rebuilds")?;
    }
    for edit in &comparison.edits {
        let [before, after] = [0, 1].map(|side| {
            let steps = if edit.rebuilt[side] == 1 { "step" } else { "steps" };
            format!("{} {steps}, {}", edit.rebuilt[side], describe_time(edit.times[side].likely))
        });
        writeln!(text, "  {:<24} {before} → {after}", edit.title)?;
    }
    for (title, lines) in
        [("Dockerfile", &comparison.lines), (".dockerignore", &comparison.ignore_lines)]
    {
        if lines.iter().any(|line| line.side != DiffSide::Both) {
            writeln!(text, "\n{title}")?;
            write_lines(lines, text)?;
        }
    }
    Ok(())
}

/// Lines that changed, each with those beside it.
fn write_lines(lines: &[super::DiffLine], text: &mut String) -> std::fmt::Result {
    const AROUND: usize = 2;
    let changed = |at: usize| lines.get(at).is_some_and(|line| line.side != DiffSide::Both);
    let is_near = |at: usize| (at.saturating_sub(AROUND)..=at + AROUND).any(changed);
    let mut gap = false;
    for (at, line) in lines.iter().enumerate() {
        if !is_near(at) {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) {
            writeln!(text, "  …")?;
        }
        let sign = match line.side {
            DiffSide::Both => ' ',
            DiffSide::Before => '-',
            DiffSide::After => '+',
        };
        writeln!(text, "{sign} {}", line.text)?;
    }
    Ok(())
}

/// Writes a comparison as Markdown: a table of sizes, one of causes, one of rebuilds.
#[must_use]
pub fn write_comparison_markdown(comparison: &Comparison) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_tables(comparison, &mut text);
    text
}

fn write_tables(comparison: &Comparison, text: &mut String) -> std::fmt::Result {
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
        let title = cause.title.replace('|', "\\|").replace('`', "'");
        writeln!(text, "| {} | {title} |", describe_change(cause.bytes))?;
    }
    if !comparison.edits.is_empty() {
        writeln!(text, "\n| After an edit of | Rebuild before | Rebuild after |\n|---|---:|---:|")?;
    }
    for edit in &comparison.edits {
        let [before, after] = edit.times.each_ref().map(|time| describe_time(time.likely));
        writeln!(text, "| {} | {before} | {after} |", edit.title)?;
    }
    Ok(())
}

/// The sizes that are compared; those that are nothing on both sides are left out.
fn rows(comparison: &Comparison) -> Vec<(&'static str, &SizeChange)> {
    let all = [
        ("Image", &comparison.image),
        ("Compressed", &comparison.compressed),
        ("Wasted", &comparison.wasted),
        ("Sent", &comparison.sent),
    ];
    let is_nothing = |change: &SizeChange| {
        [&change.before, &change.after].iter().all(|size| size.high() == Some(Bytes(0)))
    };
    all.into_iter().filter(|(_, change)| !is_nothing(change)).collect()
}

/// ` (−87 %, −1.00 GB)`; empty where that is not known.
fn in_brackets(change: &SizeChange) -> String {
    let Some(difference) = change.difference().filter(|it| *it != 0) else {
        return String::new();
    };
    let before = change.before.likely().map_or(0, |bytes| bytes.0);
    let share = u128::from(difference.unsigned_abs()) * 100;
    let share = share.checked_div(u128::from(before));
    let sign = if difference < 0 { '\u{2212}' } else { '+' };
    match share {
        Some(share) => format!(" ({}, {sign}{share} %)", describe_change(difference)),
        None => format!(" ({})", describe_change(difference)),
    }
}

/// ` (line 4)`, ` (line 4 → 7)`; empty where there are many.
fn describe_lines(before: &[u32], after: &[u32]) -> String {
    match (before, after) {
        ([one], []) => format!(" (line {one} before)"),
        ([], [one]) => format!(" (line {one})"),
        ([one], [other]) if one == other => format!(" (line {one})"),
        ([one], [other]) => format!(" (line {one} → {other})"),
        _ => String::new(),
    }
}
