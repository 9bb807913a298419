//! `docker image inspect`: the size of the whole.

use super::{EvidenceKind, Measured, PrintedBytes};
use crate::packages::manifests::json::{Value, walk};

/// Reads the first image of the list, or the one object.
pub(super) fn read(text: &str) -> Option<Measured> {
    let (mut bytes, mut is_image) = (None, false);
    let mut visit = |path: &[String], value: Value<'_>| {
        let path: Vec<&str> = path.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        match (path.as_slice(), value) {
            (["Size"], Value::Word(word)) if bytes.is_none() => bytes = word.parse().ok(),
            (["RootFS", ..], _) => is_image = true,
            _ => {}
        }
    };
    walk(text, &mut visit).ok()?;
    let image = PrintedBytes { bytes: bytes.filter(|_| is_image)?, rounding: 0 };
    let (layers, steps) = (Vec::new(), Vec::new());
    Some(Measured {
        kind: EvidenceKind::Inspect,
        layers,
        steps,
        image: Some(image),
        wasted: None,
        sent: None,
    })
}
