//! `docker history`: its table, and `--format json`.
//!
//! Columns and their names: `cli/command/formatter/../image/formatter_history.go` of
//! <https://github.com/docker/cli/blob/v28.5.2/cli/command/image/formatter_history.go>.

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

/// Where the columns of the table begin, in characters.
struct Columns {
    created_by: usize,
    size: usize,
    comment: usize,
}

impl Columns {
    fn of(heading: &str) -> Option<Self> {
        let place = |name: &str| {
            let at = heading.find(name)?;
            Some(heading.get(..at)?.chars().count())
        };
        let size = place(" SIZE").map(|at| at + 1)?;
        let comment = place("COMMENT").unwrap_or(usize::MAX);
        Some(Self { created_by: place("CREATED BY")?, size, comment })
    }

    fn read(&self, line: &str) -> Option<MeasuredLayer> {
        let between = |start: usize, end: usize| {
            line.chars().skip(start).take(end - start).collect::<String>()
        };
        let size = sizes::read(between(self.size, self.comment).split("  ").next()?)?;
        Some(layer(between(self.created_by, self.size).trim(), size))
    }
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
    Some(Measured { kind, layers, steps: Vec::new(), image: Some(sum), wasted: None })
}
