//! `cargo xtask bench`: how long the analysis takes, on this machine and in a real browser.
//!
//! It prints medians, and each as a multiple of one of them, reading a listing natively, since that
//! travels better from machine to machine; how cost grows with the text; other linters on the same
//! texts in the same run; and a first visit over a slow line. Nothing is asserted: a test that minds the time
//! fails on a busy machine.

mod beside;
mod browser;
mod native;

use std::fs;

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::workspace::Workspace;

/// The row of the native figures that all are compared with.
const BASELINE: &str = "read_a_listing_of_100_000_lines";

/// One figure.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    /// What was timed.
    name: String,
    /// The median, in milliseconds.
    milliseconds: f64,
}

/// What is timed, in the order it is, each part by a word.
const PARTS: [&str; 5] = ["native", "growth", "beside", "browser", "cold"];

/// `cargo xtask bench [--only PART] [--rounds N] [--hadolint PROGRAM] [--built]`: all parts or one; with
/// `--built` the page that is in `dist/` already.
pub(crate) fn bench(workspace: &Workspace, mut arguments: Arguments) -> Outcome {
    let only = arguments.value("--only")?;
    let rounds = arguments.value("--rounds")?.unwrap_or_else(|| "7".to_owned());
    let hadolint = arguments.value("--hadolint")?;
    let is_built = arguments.flag("--built");
    arguments.finish()?;
    let times = rounds.parse::<u32>().unwrap_or(0);
    if times == 0 {
        return Err(Failure::new(format!("`--rounds {rounds}` is no number from 1 on")));
    }
    if let Some(part) = only.as_deref().filter(|part| !PARTS.contains(part)) {
        let parts = PARTS.join(", ");
        return Err(Failure::new(format!("`--only {part}` is no part; parts are {parts}")));
    }
    let is_asked = |part: &str| only.as_deref().is_none_or(|only| only == part);
    println!("{}", describe_machine());
    let mut baseline = None;
    if is_asked("native") {
        let mut rows = native::measure(workspace)?;
        rows.sort_by_key(|row| row.name != BASELINE);
        baseline = Some(find_baseline(&rows)?);
        print_table("Native", &rows, baseline);
    }
    if is_asked("growth") {
        println!("\nHow cost grows: a report with its findings\n{}", native::grow(workspace)?);
    }
    if is_asked("beside") {
        println!("\nBeside others: {}", beside::measure(workspace, times, hadolint.as_deref())?);
    }
    if is_asked("browser") || is_asked("cold") {
        browser::prepare(workspace, is_built)?;
    }
    if is_asked("browser") {
        print_table("In the browser", &browser::measure(workspace, &rounds)?, baseline);
    }
    if is_asked("cold") {
        print_table("The first visit", &browser::visit(workspace, &rounds)?, None);
    }
    println!("\nAt the end: {}", describe_load());
    Ok(())
}

fn find_baseline(rows: &[Row]) -> Outcome<f64> {
    let row = rows.iter().find(|row| row.name == BASELINE && row.milliseconds > 0.0);
    row.map(|row| row.milliseconds).ok_or_else(|| {
        Failure::new(format!("the benchmarks no longer have a row `{BASELINE}` to compare with"))
    })
}

fn print_table(title: &str, rows: &[Row], baseline: Option<f64>) {
    let multiple = if baseline.is_some() {
        format!(", and as a multiple of {BASELINE}")
    } else {
        String::new()
    };
    println!("\n{title}: median{multiple}");
    for Row { name, milliseconds } in rows {
        let multiple = baseline.map(|baseline| format!(" {:>8.2} ×", milliseconds / baseline));
        println!("{milliseconds:>10.2} ms{}  {name}", multiple.unwrap_or_default());
    }
}

/// The middle one, or the mean of the two in the middle; `None` of nothing.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    Some(if values.len() % 2 == 1 { upper } else { (upper + values[middle - 1]) / 2.0 })
}

/// Processor and cores, as far as this system tells.
fn describe_machine() -> String {
    let processor = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    let processor = processor.unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{cores} cores of {processor}; {}", describe_load())
}

/// How many programs wanted a core in the last minute, which says how far to trust the figures.
fn describe_load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    match load.split_whitespace().next() {
        Some(load) => format!("load average {load}"),
        None => "load average unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 3.0, 2.0]), Some(2.5));
    }
}
