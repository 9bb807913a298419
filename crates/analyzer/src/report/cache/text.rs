//! A report on the cache as the lines of a build log.

use std::fmt::Write;

use super::{CacheReport, ReportedCacheStep};
use crate::cache::{CacheOutcome, TimeEstimate};
use crate::text::shorten;

/// Writes what becomes of each step, why, and how long the build takes.
#[must_use]
pub fn write_cache_text(report: &CacheReport) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_all(report, &mut text);
    text
}

fn write_all(report: &CacheReport, text: &mut String) -> std::fmt::Result {
    for step in &report.steps {
        write_step(step, text)?;
    }
    match report.steps.is_empty() {
        true if report.errors.is_empty() => writeln!(text, "No step writes files.")?,
        true => writeln!(text, "Nothing is built: the errors below come first.")?,
        false => {}
    }
    write_totals(report, text)?;
    for note in report.remarks.iter().chain(&report.assumptions) {
        writeln!(text, "Note: {note}")?;
    }
    if !report.errors.is_empty() {
        writeln!(text, "\nErrors: BuildKit would refuse this Dockerfile")?;
    }
    for error in &report.errors {
        writeln!(text, "  {}  {}", error.position, error.message)?;
    }
    Ok(())
}

fn write_step(step: &ReportedCacheStep, text: &mut String) -> std::fmt::Result {
    let word = match step.outcome {
        CacheOutcome::Cached => "CACHED",
        CacheOutcome::Depends => "DEPENDS",
        CacheOutcome::Rebuilt => "REBUILT",
        CacheOutcome::NotNeeded => "NOT NEEDED",
    };
    let instruction = format!("[{}] {}", step.label, shorten(&step.instruction));
    let runs = matches!(step.outcome, CacheOutcome::Rebuilt | CacheOutcome::Depends);
    if runs {
        let time = describe_time(step.duration.likely);
        writeln!(text, " => {word:<10} {instruction:<72} {time:>8}")?;
    } else {
        writeln!(text, " => {word:<10} {instruction}")?;
    }
    match &step.reason {
        Some(reason) => writeln!(text, "    line {:<5} {reason}", step.line),
        None => Ok(()),
    }
}

fn write_totals(report: &CacheReport, text: &mut String) -> std::fmt::Result {
    let count = |outcome| report.steps.iter().filter(|step| step.outcome == outcome).count();
    let (rebuilt, open) = (count(CacheOutcome::Rebuilt), count(CacheOutcome::Depends));
    let needed = report.steps.len() - count(CacheOutcome::NotNeeded);
    let open = match open {
        0 => String::new(),
        1 => ", and one depends on what others write".to_owned(),
        more => format!(", and {more} depend on what others write"),
    };
    writeln!(text, "\nRebuilt     {rebuilt} of {needed} steps{open}")?;
    for cause in report.causes.iter().filter(|cause| cause.rebuilds > 1) {
        writeln!(text, "            line {} causes {} rebuilds", cause.line, cause.rebuilds)?;
    }
    writeln!(text, "Takes       {}", describe_duration(&report.rebuild))?;
    let critical = report.steps.iter().filter(|step| step.critical);
    let mut critical: Vec<String> = critical.map(|step| step.line.to_string()).collect();
    critical.dedup();
    if critical.len() > 1 {
        writeln!(text, "Decided by  lines {}", critical.join(", "))?;
    }
    writeln!(text, "Uncached    {}", describe_duration(&report.full))?;
    let week = describe_duration(&report.week);
    writeln!(text, "A week      {week}: {}", uncapitalized(&report.week.why))
}

/// A time in a few words with its range: `45 s (20 s to 3 min, assumed)`.
#[must_use]
pub fn describe_duration(time: &TimeEstimate) -> String {
    let likely = describe_time(time.likely);
    let (low, high) = (describe_time(time.low), describe_time(time.high));
    if low == high {
        likely
    } else {
        format!("{likely} ({low} to {high}, {})", time.evidence.name())
    }
}

/// Milliseconds as people say them: `0.4 s`, `45 s`, `2 min 30 s`, `1 h 20 min`.
#[must_use]
pub fn describe_time(milliseconds: u64) -> String {
    let tenths = milliseconds.saturating_add(50) / 100;
    let seconds = milliseconds.saturating_add(500) / 1000;
    match seconds {
        _ if tenths == 0 => "0 s".to_owned(),
        _ if tenths < 100 => format!("{}.{} s", tenths / 10, tenths % 10),
        0..60 => format!("{seconds} s"),
        60..3600 if seconds.is_multiple_of(60) => format!("{} min", seconds / 60),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

fn uncapitalized(sentence: &str) -> String {
    let mut sentence = sentence.trim_end_matches('.').to_owned();
    sentence.get_mut(..1).into_iter().for_each(str::make_ascii_lowercase);
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_people_say_them() {
        for (milliseconds, said) in [
            (0, "0 s"),
            (49, "0 s"),
            (50, "0.1 s"),
            (9_949, "9.9 s"),
            (9_950, "10 s"),
            (59_499, "59 s"),
            (59_500, "1 min"),
            (150_000, "2 min 30 s"),
            (4_800_000, "1 h 20 min"),
        ] {
            assert_eq!(describe_time(milliseconds), said, "{milliseconds} ms");
        }
    }
}
