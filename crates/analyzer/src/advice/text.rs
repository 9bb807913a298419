//! What fixes did, as text.

use std::fmt::Write;

use super::{Advice, Fixed, ReportedFinding};
use crate::report::cache::describe_duration;
use crate::report::{describe_size, one_line, write_prose};
use crate::rules::File;

/// What a finding's fix saves, in a few words; empty where it saves nothing that is known.
#[must_use]
pub fn describe_saving(finding: &ReportedFinding) -> String {
    let mut parts = Vec::new();
    if let Some(saving) = &finding.saving {
        parts.push(format!("saves {}", describe_size(saving)));
    }
    if let Some(saving) = &finding.context_saving {
        parts.push(format!("sends {} less", describe_size(saving)));
    }
    if let Some(saving) = &finding.rebuild_saving {
        let (time, when) = (describe_duration(&saving.time), &saving.when);
        parts.push(format!("takes {time} less to rebuild {when}"));
    }
    parts.join(", ")
}

/// What all fixes make of the image: `1.16 GB → 136 MB`. Where a base is not known, what is known of
/// the image says nothing of the whole.
fn describe_both(fixed: &Fixed) -> String {
    let (before, after) = (describe_size(&fixed.before), describe_size(&fixed.after));
    match fixed.before.likely().and(fixed.after.likely()) {
        Some(_) => format!("{before} → {after}"),
        None => "what the image weighs is not known, as not every base is".to_owned(),
    }
}

/// What was done, a line each, and what became of the image.
#[must_use]
pub fn write_fixes(fixed: &Fixed) -> String {
    let mut text = format!("{}\n", describe_size(&fixed.before));
    for step in &fixed.steps {
        let times =
            if step.places > 1 { format!(" ({} places)", step.places) } else { String::new() };
        let title = format!("{}{times} [{}]", step.title, step.rule);
        text.push_str(&format!("  {}  {title}\n", describe_size(&step.image)));
        for risk in &step.risks {
            text.push_str(&format!("      {risk}\n"));
        }
    }
    text
}

/// The most findings that a terminal shows.
const MOST_FINDINGS: usize = 40;

/// What to change, for a terminal: what all fixes would make of the image, and a paragraph for each
/// finding. Empty where nothing is found.
#[must_use]
pub fn write_advice(advice: &Advice) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_findings(advice, &mut text);
    text
}

fn write_findings(advice: &Advice, text: &mut String) -> std::fmt::Result {
    if advice.findings.is_empty() {
        return Ok(());
    }
    writeln!(text, "\nWhat to change, what saves most first")?;
    for (fixed, what) in [(&advice.all_safe, "all safe fixes"), (&advice.all, "all fixes")] {
        if let Some(fixed) = fixed {
            writeln!(text, "  With {what}: {}", describe_both(fixed))?;
        }
    }
    for finding in advice.findings.iter().take(MOST_FINDINGS) {
        let line = finding.line;
        let place = match finding.file {
            File::Dockerfile => format!("line {line:>4}"),
            File::Dockerignore if finding.is_new_file => "new .dockerignore".to_owned(),
            File::Dockerignore => format!(".dockerignore line {line:>4}"),
        };
        let aliases = match finding.aliases.as_slice() {
            [] => String::new(),
            aliases => format!(", {}", aliases.join(", ")),
        };
        let (rule, severity) = (&finding.rule, finding.severity.name());
        writeln!(text, "  {place}  {}", one_line(&finding.message))?;
        writeln!(text, "             {severity}: {rule}{aliases}")?;
        let saving = describe_saving(finding);
        if let Some(fix) = &finding.fix {
            let saving = if saving.is_empty() { saving } else { format!("; it {saving}") };
            writeln!(text, "             fix ({}): {}{saving}", fix.safety.name(), fix.title)?;
        }
    }
    let more = advice.findings.len().saturating_sub(MOST_FINDINGS);
    if more > 0 {
        writeln!(text, "  and {more} more, which --format json lists")?;
    }
    Ok(())
}

/// What to change, as Markdown; empty where nothing is found.
#[must_use]
pub fn write_advice_markdown(advice: &Advice) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_table(advice, &mut text);
    text
}

fn write_table(advice: &Advice, text: &mut String) -> std::fmt::Result {
    if advice.findings.is_empty() {
        return Ok(());
    }
    writeln!(text, "\n### What to change\n")?;
    if let Some(fixed) = advice.all.as_ref().or(advice.all_safe.as_ref()) {
        writeln!(text, "With all fixes: {}.\n", describe_both(fixed))?;
    }
    writeln!(text, "| Line | What | Saves | Rule |\n|---:|---|---|---|")?;
    for finding in &advice.findings {
        let line = finding.line;
        let place = match finding.file {
            File::Dockerfile => line.to_string(),
            File::Dockerignore if finding.is_new_file => "new .dockerignore".to_owned(),
            File::Dockerignore => format!(".dockerignore {line}"),
        };
        let (message, saving) = (write_prose(&finding.message), describe_saving(finding));
        let aliases: String = finding.aliases.iter().map(|alias| format!(", {alias}")).collect();
        writeln!(text, "| {place} | {message} | {saving} | {}{aliases} |", finding.rule)?;
    }
    Ok(())
}
