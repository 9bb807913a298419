//! Rules about the order of lines: what they propose is what the proposed order of the cache is made of.

use super::{Fix, Safety, Subject, arriving};
use crate::cache::reorder::Reordering;

/// A fix that moves lines; what has to be so for the image to stay the same is what may break.
pub(super) fn fix(subject: &Subject<'_>, title: String, moves: &Reordering) -> Fix {
    let ignore: Vec<&str> = moves.ignore.iter().map(String::as_str).collect();
    let added = (!ignore.is_empty()).then(|| arriving::add_lines(subject, &ignore));
    let safety = if moves.conditions.is_empty() { Safety::Safe } else { Safety::Unsafe };
    Fix {
        title,
        safety,
        risks: moves.conditions.clone(),
        edits: moves.edits.clone(),
        ignore_edits: added.into_iter().collect(),
    }
}
