//! A report as Markdown, for pull requests and issues.

use std::fmt::Write;

use super::Report;
use super::text::{
    base_name, describe_context, describe_edge, describe_size, describe_waste, edges_by_stage,
    one_line, shorten, stage_names,
};

/// The most characters of an instruction that a table cell shows.
const INSTRUCTION_WIDTH: usize = 80;

/// Writes the report as Markdown: the image's size, the context, a table of stages, a table of
/// layers, what is wasted, notes, errors.
#[must_use]
pub fn write_markdown(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_report(report, &mut text);
    text
}

fn write_report(report: &Report, text: &mut String) -> std::fmt::Result {
    let why = write_prose(report.image_bytes.why());
    writeln!(text, "**Image:** {}. {why}", describe_size(&report.image_bytes))?;
    writeln!(text, "\n**Compressed:** {}.", describe_size(&report.image_compressed))?;
    if let Some(usual) = &report.usual {
        writeln!(text, "\n**Usual:** {}", write_prose(&usual.comparison))?;
    }
    if let Some(context) = describe_context(report) {
        writeln!(text, "\n**Context:** {}.", write_prose(context.trim_end_matches('.')))?;
    }
    write_stages(report, text)?;
    write_layers(report, text)?;
    if !report.notes.is_empty() {
        writeln!(text, "\n### Notes\n")?;
    }
    for note in &report.notes {
        writeln!(text, "- {}: {}", note.position, write_prose(&note.message))?;
    }
    if !report.errors.is_empty() {
        writeln!(text, "\n### Errors\n")?;
    }
    for error in &report.errors {
        writeln!(text, "- {}: {}", error.position, write_prose(&error.message))?;
    }
    Ok(())
}

fn write_stages(report: &Report, text: &mut String) -> std::fmt::Result {
    if report.stages.is_empty() {
        return Ok(());
    }
    writeln!(text, "\n### Stages\n")?;
    writeln!(text, "| | Stage | From | Size | Uses |\n|---|---|---|---|---|")?;
    let names = stage_names(report);
    for (index, (stage, edges)) in report.stages.iter().zip(edges_by_stage(report)).enumerate() {
        let name = stage.name.as_deref().map_or("(no name)".into(), code);
        let role = match (report.target == Some(index), stage.needed) {
            (true, _) => " (target)",
            (false, true) => "",
            (false, false) => " (not needed)",
        };
        let uses: Vec<String> =
            edges.iter().map(|edge| escape(&describe_edge(edge, &names))).collect();
        let (base, size) = (code(base_name(&stage.base)), describe_size(&stage.bytes));
        writeln!(text, "| {index} | {name}{role} | {base} | {size} | {} |", uses.join("; "))?;
    }
    Ok(())
}

fn write_layers(report: &Report, text: &mut String) -> std::fmt::Result {
    if report.layers.is_empty() {
        return Ok(());
    }
    writeln!(text, "\n### Layers\n")?;
    writeln!(text, "| Line | Instruction | Size | From what |\n|---:|---|---|---|")?;
    for layer in &report.layers {
        let instruction = code(&shorten(&layer.instruction, INSTRUCTION_WIDTH));
        let (size, why) = (describe_size(&layer.bytes), write_prose(layer.bytes.why()));
        writeln!(text, "| {} | {instruction} | {size} | {why} |", layer.line)?;
    }
    let wasted = report.layers.iter().flat_map(|it| it.wasted.iter().map(|waste| (it.line, waste)));
    let wasted: Vec<_> = wasted.collect();
    if !wasted.is_empty() {
        writeln!(text, "\n### Wasted\n")?;
    }
    for (line, waste) in wasted {
        writeln!(text, "- line {line} hides {}", escape(&describe_waste(waste)))?;
    }
    Ok(())
}

/// Text as inline code: the fence is longer than any run of backticks inside, and `|` cannot end
/// a table cell.
fn code(text: &str) -> String {
    let mut longest = 0;
    let mut run = 0;
    for character in text.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", one_line(text).replace('|', "\\|"))
}

/// A sentence as Markdown, what stands between two backticks in it as code.
pub(crate) fn write_prose(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((inside, after)) = after.split_once('`').filter(|(it, _)| !it.is_empty()) else {
            break;
        };
        written.push_str(&escape(before));
        // No sign keeps a `|` in code from ending a cell where a backslash stands before it.
        match inside.contains('\\') && inside.contains('|') || written.ends_with('`') {
            true => written.push_str(&escape(inside)),
            false => written.push_str(&code(inside)),
        }
        rest = after;
    }
    written + &escape(rest)
}

/// Text that Markdown shows as it is.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in one_line(text).chars() {
        if "\\`*_[]<>|#~&".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
