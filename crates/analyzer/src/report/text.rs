//! A report as lines for a terminal.

use std::collections::HashMap;
use std::fmt::Write;

use super::pull::{PullNode, describe_pull, pull};
use super::{
    CategoryBytes, EdgeKind, Report, ReportedBase, ReportedEdge, ReportedLayer, ReportedWaste,
};
use crate::size::{Evidence, SizeEstimate, describe_files};

/// The most characters of an instruction that a line shows.
const INSTRUCTION_WIDTH: usize = 60;

/// The most assumptions that are listed: those by which the image may be off the most.
const MOST_ASSUMPTIONS: usize = 8;
/// The widest a column of keys gets, in characters.
const KEY_WIDTH: usize = 40;

/// Writes the report as plain text: the image's size and how long a pull takes at `bandwidth`
/// Mbit/s, the context, stages, layers of the image, what was assumed, notes, errors.
#[must_use]
pub fn write_text(report: &Report, bandwidth: u32) -> String {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_report(report, bandwidth, &mut text);
    text
}

/// A size in a few words: `143 MB (measured)`, `at least 143 MB`, `unknown`.
#[must_use]
pub fn describe_size(size: &SizeEstimate) -> String {
    match (size.likely(), size.high()) {
        (Some(likely), Some(high)) if size.low() == high => {
            format!("{likely} ({})", size.evidence().name())
        }
        (Some(likely), Some(high)) => {
            format!("{likely} ({} to {high}, {})", size.low(), size.evidence().name())
        }
        _ if size.low().0 > 0 => format!("at least {}", size.low()),
        _ => Evidence::Unknown.name().into(),
    }
}

/// Files and their bytes: `1 file, 519 B`, `21,630 files, 412 MB`.
#[must_use]
pub fn describe_amount(files: u64, bytes: &SizeEstimate) -> String {
    let size = match (bytes.evidence(), bytes.likely()) {
        (Evidence::Exact, Some(likely)) => likely.to_string(),
        _ => describe_size(bytes),
    };
    format!("{}, {size}", describe_files(files))
}

/// What of the build context is sent, in words; `None` where nobody brought one.
pub(super) fn describe_context(report: &Report) -> Option<String> {
    let context = &report.context;
    if context.assumed.is_some() {
        return None;
    }
    if let Some(error) = context.ignore_errors.first() {
        let (line, name, message) = (error.line, &context.ignore_name, &error.message);
        return Some(format!("nothing is sent; line {line} of {name}: {message}"));
    }
    let sent = describe_amount(context.sent_files, &context.sent_bytes);
    let left_out = context.files.saturating_sub(context.sent_files);
    if left_out == 0 {
        return Some(format!("{sent}, all of it sent"));
    }
    let all = describe_amount(context.files, &context.bytes);
    Some(format!("{sent} sent, of {all}"))
}

/// A message of which no text it quotes breaks the line.
pub(crate) fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// The first line of an instruction, shortened to `width` characters.
pub(super) fn shorten(instruction: &str, width: usize) -> String {
    let mut lines = instruction.lines();
    let first = lines.next().unwrap_or_default();
    let more = lines.next().is_some() || first.chars().count() > width;
    let kept: String = first.chars().take(if more { width - 1 } else { width }).collect();
    if more { format!("{kept}…") } else { kept }
}

/// For each stage the edges to it, in order.
pub(super) fn edges_by_stage(report: &Report) -> Vec<Vec<&ReportedEdge>> {
    let mut edges: Vec<Vec<&ReportedEdge>> = vec![Vec::new(); report.stages.len()];
    for edge in &report.edges {
        if let Some(list) = edges.get_mut(edge.to) {
            list.push(edge);
        }
    }
    edges
}

/// What an edge is, in words: `copies from build (line 9)`. `names` are those of [`stage_names`].
pub(super) fn describe_edge(edge: &ReportedEdge, names: &[String]) -> String {
    let source = match (edge.from, &edge.image) {
        (Some(from), _) => names.get(from).cloned().unwrap_or_default(),
        (None, image) => format!("the image {}", image.as_deref().unwrap_or_default()),
    };
    let kind = match edge.kind {
        EdgeKind::From => "starts from",
        EdgeKind::Copy => "copies from",
        EdgeKind::Mount => "mounts",
        EdgeKind::Onbuild => "is triggered to copy from",
    };
    format!("{kind} {source} (line {})", edge.line)
}

/// Every stage as people call it: its name, or its number where it has none; both where others
/// bear the name too.
pub(super) fn stage_names(report: &Report) -> Vec<String> {
    let mut bearers: HashMap<&str, usize> = HashMap::new();
    for name in report.stages.iter().filter_map(|stage| stage.name.as_deref()) {
        *bearers.entry(name).or_default() += 1;
    }
    let stages = report.stages.iter().enumerate();
    stages
        .map(|(index, stage)| match stage.name.as_deref() {
            Some(name) if bearers.get(name) == Some(&1) => name.into(),
            Some(name) => format!("{name} (stage {index})"),
            None => format!("stage {index}"),
        })
        .collect()
}

/// A base as `FROM` names it.
pub(super) fn base_name(base: &ReportedBase) -> &str {
    if base.reference.is_empty() { "(no image)" } else { &base.reference }
}

fn write_report(report: &Report, bandwidth: u32, text: &mut String) -> std::fmt::Result {
    writeln!(text, "Image       {}", describe_size(&report.image_bytes))?;
    writeln!(text, "            {}", report.image_bytes.why())?;
    writeln!(text, "Compressed  {}", describe_size(&report.image_compressed))?;
    write_pull(report, bandwidth, text)?;
    if let Some(wasted) = report.wasted.as_ref().filter(|it| it.high().is_none_or(|it| it.0 > 0)) {
        writeln!(text, "Wasted      {}, hidden by later layers", describe_size(wasted))?;
    }
    if let Some(usual) = &report.usual {
        writeln!(text, "Usual       {}", usual.comparison)?;
    }
    if let Some(context) = describe_context(report) {
        writeln!(text, "Context     {context}")?;
    }
    if !report.stages.is_empty() {
        writeln!(text, "\nStages")?;
    }
    let names = stage_names(report);
    for (index, edges) in edges_by_stage(report).iter().enumerate() {
        write_stage(report, index, edges, &names, text)?;
    }
    if !report.layers.is_empty() {
        writeln!(text, "\nLayers of the image, the base first")?;
    }
    for layer in &report.layers {
        let instruction = shorten(&layer.instruction, INSTRUCTION_WIDTH);
        let size = match layer.bytes.likely() {
            // What could not be known says why, further down.
            None if !layer.base && layer.bytes.low().0 == 0 && layer.unknowns.is_empty() => {
                layer.bytes.why().to_owned()
            }
            _ => describe_size(&layer.bytes),
        };
        writeln!(text, "  line {:>4}  {instruction:INSTRUCTION_WIDTH$}  {size}", layer.line)?;
        if let Some(categories) = describe_categories(layer) {
            writeln!(text, "             {categories}")?;
        }
        for waste in &layer.wasted {
            writeln!(text, "             hides {}", describe_waste(waste))?;
        }
    }
    write_assumptions(report, text)?;
    write_unknowns(report, text)?;
    if !report.notes.is_empty() {
        writeln!(text, "\nNotes")?;
    }
    for note in &report.notes {
        writeln!(text, "  {}  {}", note.position, one_line(&note.message))?;
    }
    if !report.errors.is_empty() {
        writeln!(text, "\nErrors: BuildKit would refuse this Dockerfile")?;
    }
    for error in &report.errors {
        writeln!(text, "  {}  {}", error.position, one_line(&error.message))?;
    }
    Ok(())
}

/// How long a pull takes on a node that has nothing of the image, and on one that has its base.
fn write_pull(report: &Report, bandwidth: u32, text: &mut String) -> std::fmt::Result {
    let [cold, warm] = [PullNode::Cold, PullNode::Warm]
        .map(|node| describe_pull(&pull(&report.layers, bandwidth, node)));
    if report.layers.is_empty() {
        return Ok(());
    }
    write!(text, "Pull        {cold} at {bandwidth} Mbit/s")?;
    if cold != warm {
        write!(text, "; {warm} where the base's layers are there")?;
    }
    writeln!(text)
}

/// What the image's size rests on that nobody told.
fn write_assumptions(report: &Report, text: &mut String) -> std::fmt::Result {
    let held: Vec<_> = report.assumptions.iter().filter(|it| it.in_image).collect();
    let listed = held.get(..MOST_ASSUMPTIONS).unwrap_or(&held);
    if listed.is_empty() {
        return Ok(());
    }
    writeln!(text, "\nAssumed; say otherwise with --assume KEY=SIZE")?;
    let keys: Vec<String> = listed.iter().map(|it| quote(&it.argument())).collect();
    let width = keys.iter().map(|key| key.chars().count()).max().unwrap_or(0).min(KEY_WIDTH);
    for (assumption, key) in listed.iter().zip(&keys) {
        let line = assumption.line.map_or(String::new(), |line| line.to_string());
        let size = describe_size(&assumption.bytes);
        let typed = if assumption.typed { ", as you typed" } else { "" };
        let many = match assumption.files {
            0 | 1 => String::new(),
            _ => format!(": {}", one_line(&assumption.label)),
        };
        writeln!(text, "  line {line:>4}  {key:width$}  {size}{typed}{many}")?;
    }
    let more = report.assumptions.len() - listed.len();
    match more {
        0 => Ok(()),
        more => writeln!(text, "  and {more} more, which --format json lists"),
    }
}

/// A word as a shell takes it for one.
fn quote(word: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "/._-:@%+,=".contains(it);
    match word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", one_line(word).replace('\'', "'\\''")),
    }
}

/// What could not be known of the layers, each sentence once.
fn write_unknowns(report: &Report, text: &mut String) -> std::fmt::Result {
    if report.layers.iter().all(|layer| layer.unknowns.is_empty()) {
        return Ok(());
    }
    writeln!(text, "\nWhat could not be known")?;
    for layer in &report.layers {
        for unknown in &layer.unknowns {
            writeln!(text, "  line {:>4}  {}", layer.line, one_line(unknown))?;
        }
    }
    Ok(())
}

/// What a layer hides: `159 MB that line 3 wrote (/app/package.json and 24 more)`.
pub(super) fn describe_waste(waste: &ReportedWaste) -> String {
    let size = describe_size(&waste.bytes);
    let writer = waste.written_line.map_or("a base".to_owned(), |line| format!("line {line}"));
    let more = match waste.paths {
        0 | 1 => String::new(),
        paths => format!(" and {} more", paths - 1),
    };
    format!("{size} that {writer} wrote: {}{more}", one_line(&waste.path))
}

/// What a layer of several parts is made of: `system packages 38.0 MB, caches and lists 19.2 MB`;
/// `None` where it is of one part.
fn describe_categories(layer: &ReportedLayer) -> Option<String> {
    let one = |it: &CategoryBytes| format!("{} {}", it.category.title(), it.bytes);
    let parts: Vec<String> = layer.categories.iter().map(one).collect();
    (parts.len() > 1).then(|| parts.join(", "))
}

fn write_stage(
    report: &Report,
    index: usize,
    edges: &[&ReportedEdge],
    names: &[String],
    text: &mut String,
) -> std::fmt::Result {
    let Some(stage) = report.stages.get(index) else { return Ok(()) };
    let target = if report.target == Some(index) { "→" } else { " " };
    let name = stage.name.as_deref().unwrap_or("(no name)");
    let needed = if stage.needed { "" } else { ", not needed" };
    writeln!(text, "{target} {index}  {name}, {}{needed}, line {}", stage.platform, stage.line)?;
    let base = &stage.base;
    writeln!(text, "       FROM {}: {}", base_name(base), describe_size(&base.bytes))?;
    if base.stage.is_none() {
        writeln!(text, "       {}", base.bytes.why())?;
    }
    if base.unknown {
        writeln!(text, "       Say what it weighs with --assume image.{}=SIZE.", base.reference)?;
    }
    for edge in edges.iter().filter(|edge| edge.kind != EdgeKind::From) {
        writeln!(text, "       {}", describe_edge(edge, names))?;
    }
    writeln!(text, "       its image: {}", describe_size(&stage.bytes))
}
