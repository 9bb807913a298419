//! A reality check as lines for a terminal.

use std::fmt::Write;

use super::{CheckedLine, RealityCheck, Verdict};
use crate::report::cache::describe_time;
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
        write_line(&check.image, text)?;
    }
    for line in &check.lines {
        write_line(line, text)?;
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

fn write_line(line: &CheckedLine, text: &mut String) -> std::fmt::Result {
    let place = line.line.map_or("image".to_owned(), |line| format!("line {line:>4}"));
    writeln!(text, "  {place:<9}  {}", shorten(&line.instruction))?;
    let estimate = line.estimate.as_ref().map_or("no layer".to_owned(), describe_size);
    let measured = line.measured.map(|size| format!("{} measured, ", Bytes(size.bytes)));
    let verdict = match line.verdict {
        Verdict::Within => " \u{2713}",
        Verdict::Less => ": too much",
        Verdict::More => ": too little",
        Verdict::NotEstimated | Verdict::NotMeasured => "",
    };
    let time = match (line.cached, line.milliseconds) {
        (true, _) => ", from the cache".to_owned(),
        (false, Some(time)) => format!(", took {}", describe_time(time)),
        (false, None) => String::new(),
    };
    let measured = measured.unwrap_or_default();
    writeln!(text, "             {measured}{estimate} estimated{verdict}{time}")
}
