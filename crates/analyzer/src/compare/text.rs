//! A comparison as lines for a terminal.

use std::fmt::Write;

use super::{ComparedStage, Comparison, DiffSide, SizeChange};
use crate::cache::CacheOutcome;
use crate::report::cache::describe_time;
use crate::report::describe_size;
use crate::size::{Bytes, SizeEstimate};
use crate::text::shorten;

/// The most causes that are told.
pub(super) const MOST_CAUSES: usize = 12;

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
    write_stages(comparison, text)?;
    write_layers(comparison, text)?;
    write_edits(comparison, text)?;
    write_steps(comparison, text)?;
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

/// A line a stage: its size and its base before and after, and whose files it takes.
fn write_stages(comparison: &Comparison, text: &mut String) -> std::fmt::Result {
    if !comparison.stages.is_empty() {
        writeln!(text, "\nStages {:>7} {:>10}", "before", "after")?;
    }
    for stage in &comparison.stages {
        let [before, after] = stage.bytes.each_ref().map(describe_side);
        let about = describe_stage(stage);
        writeln!(text, "  {before:>12} {after:>10}  {:<12} {about}", stage.title)?;
    }
    Ok(())
}

/// A line a layer: its size before and after.
fn write_layers(comparison: &Comparison, text: &mut String) -> std::fmt::Result {
    if !comparison.layers.is_empty() {
        writeln!(text, "\nLayers {:>7} {:>10}", "before", "after")?;
    }
    for layer in &comparison.layers {
        let [before, after] = layer.bytes.each_ref().map(describe_side);
        let (lines, instruction) = (describe_places(&layer.lines), shorten(&layer.instruction));
        writeln!(text, "  {before:>12} {after:>10}  {lines:<12} {instruction}")?;
    }
    Ok(())
}

fn write_edits(comparison: &Comparison, text: &mut String) -> std::fmt::Result {
    if !comparison.edits.is_empty() {
        writeln!(text, "\nWhat an edit rebuilds")?;
    }
    for (number, edit) in comparison.edits.iter().enumerate() {
        let [before, after] = [0, 1].map(|side| {
            let steps = if edit.rebuilt[side] == 1 { "step" } else { "steps" };
            format!("{} {steps}, {}", edit.rebuilt[side], describe_time(edit.times[side].likely))
        });
        writeln!(text, "{:>3}  {:<24} {before} → {after}", number + 1, edit.title)?;
    }
    Ok(())
}

/// A line a step and a column an edit, which holds two signs: before and after.
fn write_steps(comparison: &Comparison, text: &mut String) -> std::fmt::Result {
    if comparison.edits.is_empty() || comparison.steps.is_empty() {
        return Ok(());
    }
    write!(text, "\n{:<12} {:<48}", "line", "step: before and after that edit")?;
    for number in 1..=comparison.edits.len() {
        write!(text, " {number:>3}")?;
    }
    writeln!(text)?;
    for (row, step) in comparison.steps.iter().enumerate() {
        let short: String = shorten(&step.instruction).chars().take(48).collect();
        let mut line = format!("{:<12} {short:<48}", describe_places(&step.lines));
        for edit in &comparison.edits {
            let outcomes = edit.outcomes.get(row).copied().unwrap_or_default();
            let [before, after] = outcomes.map(sign);
            write!(line, "  {before}{after}")?;
        }
        writeln!(text, "{}", line.trim_end())?;
    }
    writeln!(text, ". cached   x rebuilt   ? depends on what others write   - not needed")
}

fn sign(outcome: Option<CacheOutcome>) -> char {
    match outcome {
        None => ' ',
        Some(CacheOutcome::Cached) => '.',
        Some(CacheOutcome::Rebuilt) => 'x',
        Some(CacheOutcome::Depends) => '?',
        Some(CacheOutcome::NotNeeded) => '-',
    }
}

/// A likely size; `–` where there is nothing to have one.
pub(super) fn describe_side(bytes: &Option<SizeEstimate>) -> String {
    let Some(bytes) = bytes else { return "–".to_owned() };
    bytes.likely().map_or("not known".to_owned(), |bytes| bytes.to_string())
}

/// What a stage stands on and whose files it takes: `node:18 → node:18-alpine, takes – → build`.
pub(super) fn describe_stage(stage: &ComparedStage) -> String {
    let bases = stage.bases.each_ref().map(|base| base.clone().unwrap_or_else(|| "–".to_owned()));
    let takes = stage.takes.each_ref().map(|all| match all.is_empty() {
        true => "nothing".to_owned(),
        false => all.join(", "),
    });
    let both = |[before, after]: [String; 2]| match before == after {
        true => before,
        false => format!("{before} → {after}"),
    };
    match stage.takes.iter().all(Vec::is_empty) {
        true => both(bases),
        false => format!("{}; takes files of {}", both(bases), both(takes)),
    }
}

/// `3`, `3 → 5`, `– → 5`, `3 → –`.
pub(super) fn describe_places([before, after]: &[Option<u32>; 2]) -> String {
    let shown = |line: &Option<u32>| line.map_or("–".to_owned(), |line| line.to_string());
    match before == after {
        true => shown(before),
        false => format!("{} → {}", shown(before), shown(after)),
    }
}

/// Lines that changed, each with those beside it.
pub(super) fn write_lines(lines: &[super::DiffLine], text: &mut String) -> std::fmt::Result {
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

/// The sizes that are compared; those that are nothing on both sides are left out.
pub(super) fn rows(comparison: &Comparison) -> Vec<(&'static str, &SizeChange)> {
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
