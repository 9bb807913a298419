//! A reality check as lines for a terminal.

use std::fmt::Write;

use super::{CheckedLine, RealityCheck, Verdict};
use crate::report::cache::{describe_duration, describe_time};
use crate::report::{describe_size, one_line};
use crate::size::Bytes;
use crate::text::shorten;

/// Writes a check as plain text.
#[must_use]
pub fn write_reality(check: &RealityCheck) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_all(check, &mut text);
    text
}

fn write_all(check: &RealityCheck, text: &mut String) -> std::fmt::Result {
    writeln!(text, "Held against {}", check.kind.title())?;
    if let Some(doubt) = &check.doubt {
        writeln!(text, "{doubt}\n")?;
    }
    if check.image.measured.is_some() {
        write_line(&check.image, "image", text)?;
    }
    if let Some(sent) = &check.sent {
        write_line(sent, "context", text)?;
    }
    for line in &check.lines {
        write_line(line, "", text)?;
    }
    for (title, sentences) in [("\nWhat was off", &check.off), ("\nNotes", &check.remarks)] {
        if !sentences.is_empty() {
            writeln!(text, "{title}")?;
        }
        for sentence in sentences {
            writeln!(text, "  {}", one_line(sentence))?;
        }
    }
    Ok(())
}

/// Writes a line; `whole` is what stands in place of its number where it is none.
fn write_line(line: &CheckedLine, whole: &str, text: &mut String) -> std::fmt::Result {
    let place = line.line.map_or(whole.to_owned(), |line| format!("line {line:>4}"));
    writeln!(text, "  {place:<9}  {}", shorten(&line.instruction))?;
    let estimate = match (&line.estimate, &line.time) {
        (Some(estimate), _) => describe_size(estimate),
        (None, Some(time)) => describe_duration(time),
        // Of a log nothing is estimated but time.
        (None, None) if line.measured.is_none() => "nothing".to_owned(),
        (None, None) => "no layer".to_owned(),
    };
    let measured = match (line.measured, line.milliseconds) {
        (Some(size), _) => format!("{} measured, ", Bytes(size.bytes)),
        (None, Some(time)) => format!("{} measured, ", describe_time(time)),
        (None, None) if line.cached => "from the cache, ".to_owned(),
        (None, None) => String::new(),
    };
    let verdict = match line.verdict {
        Verdict::Within => " \u{2713}",
        Verdict::Less => ": too much",
        Verdict::More => ": too little",
        Verdict::NotEstimated | Verdict::NotMeasured => "",
    };
    writeln!(text, "             {measured}{estimate} estimated{verdict}")
}
