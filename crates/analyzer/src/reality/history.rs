//! `docker history`: its table, and `--format json`.
//!
//! Columns and their names:
//! <https://github.com/docker/cli/blob/v28.5.2/cli/command/image/formatter_history.go>.

use std::ops::Range;

use super::{EvidenceKind, Measured, MeasuredLayer, sizes};
use crate::packages::manifests::json::{Value, walk};

/// What Docker puts at the end of what it cuts.
const CUT: char = '…';

/// Reads the table, the newest layer first, with its heading.
pub(super) fn read_table(text: &str) -> Option<Measured> {
    let mut lines = text.lines();
    let heading = lines.by_ref().find(|line| line.contains("CREATED BY"))?;
    let columns = Columns::of(heading)?;
    let mut layers: Vec<MeasuredLayer> = lines.filter_map(|line| columns.read(line)).collect();
    layers.reverse();
    finish(layers)
}

/// Where the columns of the table stand, in characters.
struct Columns {
    created_by: Range<usize>,
    size: Range<usize>,
}

impl Columns {
    fn of(heading: &str) -> Option<Self> {
        let (created_by, size) = (column(heading, "CREATED BY")?, column(heading, "SIZE")?);
        Some(Self { created_by, size })
    }

    fn read(&self, line: &str) -> Option<MeasuredLayer> {
        let cell = |column: &Range<usize>| {
            line.chars().skip(column.start).take(column.len()).collect::<String>()
        };
        Some(layer(cell(&self.created_by).trim(), sizes::read(&cell(&self.size))?))
    }
}

/// From where a heading begins to where the next one does, two spaces or more behind its end. A
/// format of one's own may have them in any order.
fn column(heading: &str, name: &str) -> Option<Range<usize>> {
    let mut places = heading.match_indices(name).map(|(at, _)| heading.split_at(at));
    let (before, own) = places.find(|(before, _)| !before.ends_with(is_no_space))?;
    let start = before.chars().count();
    let next = own.find("  ").and_then(|gap| Some(gap + own.get(gap..)?.find(is_no_space)?));
    let end = next.and_then(|next| own.get(..next)).map(|own| start + own.chars().count());
    Some(start..end.unwrap_or(usize::MAX))
}

fn is_no_space(character: char) -> bool {
    character != ' '
}

/// Reads an object a line, or a list of them.
pub(super) fn read_json(text: &str) -> Option<Measured> {
    let mut layers = Vec::new();
    let mut created_by: Option<String> = None;
    let mut size = None;
    let mut visit = |path: &[String], value: Value<'_>| {
        let text = match &value {
            Value::Text(text) => text.clone(),
            Value::Word(word) => (*word).to_owned(),
            Value::Opened => String::new(),
        };
        match path.last().map(String::as_str) {
            Some("CreatedBy") => created_by = Some(text),
            Some("Size") => size = sizes::read(&text),
            _ => {}
        }
        if let (Some(by), Some(bytes)) = (&created_by, size) {
            layers.push(layer(by, bytes));
            (created_by, size) = (None, None);
        }
    };
    if text.starts_with('[') {
        walk(text, &mut visit).ok()?;
    } else {
        for line in text.lines().filter(|line| line.trim_start().starts_with('{')) {
            walk(line, &mut visit).ok()?;
        }
    }
    layers.reverse();
    finish(layers)
}

fn layer(created_by: &str, size: super::PrintedBytes) -> MeasuredLayer {
    let cut = created_by.strip_suffix(CUT).or_else(|| created_by.strip_suffix("..."));
    MeasuredLayer { created_by: cut.unwrap_or(created_by).to_owned(), is_cut: cut.is_some(), size }
}

fn finish(layers: Vec<MeasuredLayer>) -> Option<Measured> {
    if layers.is_empty() {
        return None;
    }
    let sum = super::PrintedBytes {
        bytes: layers.iter().fold(0, |sum, layer| sum.saturating_add(layer.size.bytes)),
        rounding: layers.iter().fold(0, |sum, layer| sum.saturating_add(layer.size.rounding)),
    };
    let kind = EvidenceKind::History;
    Some(Measured { kind, layers, steps: Vec::new(), image: Some(sum), wasted: None, sent: None })
}
