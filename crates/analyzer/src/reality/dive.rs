//! The file that `dive --json` writes: its layers with their commands, and what is wasted.
//!
//! `runtime/export` of <https://github.com/wagoodman/dive/tree/v0.13.1> (2025-06).

use super::{EvidenceKind, Measured, MeasuredLayer, PrintedBytes};
use crate::packages::manifests::json::{Value, walk};

/// Reads the export; `None` where the text is another.
pub(super) fn read(text: &str) -> Option<Measured> {
    let mut layers: Vec<MeasuredLayer> = Vec::new();
    let (mut image, mut wasted) = (None, None);
    let mut visit = |path: &[String], value: Value<'_>| {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let number = |value: &Value<'_>| match value {
            Value::Word(word) => word.parse::<u64>().ok(),
            _ => None,
        };
        match path.as_slice() {
            ["layer", ""] => layers.push(MeasuredLayer::default()),
            ["layer", "", "sizeBytes"] => {
                let bytes = number(&value).unwrap_or_default();
                if let Some(layer) = layers.last_mut() {
                    layer.size = PrintedBytes { bytes, rounding: 0 };
                }
            }
            ["layer", "", "command"] => {
                if let Some(layer) = layers.last_mut() {
                    layer.created_by = value.text().to_owned();
                }
            }
            ["image", "sizeBytes"] => image = number(&value),
            ["image", "inefficientBytes"] => wasted = number(&value),
            _ => {}
        }
    };
    walk(text, &mut visit).ok()?;
    let image = image.map(|bytes| PrintedBytes { bytes, rounding: 0 });
    let kind = EvidenceKind::Dive;
    (!layers.is_empty()).then(|| Measured {
        kind,
        layers,
        steps: Vec::new(),
        image,
        wasted,
        sent: None,
    })
}
