//! How the panel says what becomes of files.

use layerwise_analyzer::report::Report;
use layerwise_analyzer::size::{Evidence, SizeEstimate};

use super::tree::{Amount, Decided, LeafKind, Tree, Weight};
use crate::format;

/// The bytes of files as people read them: `312 MB`, `≈ 312 MB` where they are assumed, `at least
/// 312 MB` where some are not known.
#[must_use]
pub(super) fn size(amount: Amount, assumed: bool) -> String {
    format::size(&if amount.unknown > 0 {
        SizeEstimate::at_least(amount.bytes, "")
    } else if assumed {
        SizeEstimate::range([amount.bytes; 3], Evidence::Assumed, "")
    } else {
        SizeEstimate::exact(amount.bytes, "")
    })
}

/// `1,204 files, 312 MB`.
#[must_use]
pub(super) fn amount(amount: Amount, assumed: bool) -> String {
    match amount.files {
        0 => "nothing".to_owned(),
        files => format!("{}, {}", format::files(files), size(amount, assumed)),
    }
}

/// `1,204 files, 312 MB` of an estimate; `not known` where nobody can tell, as of a context that
/// the builder refuses or of what is downloaded.
#[must_use]
pub(super) fn estimate(files: u64, bytes: &SizeEstimate) -> String {
    match files {
        0 if bytes.likely().is_none() => "not known".to_owned(),
        0 => "nothing".to_owned(),
        files => format!("{}, {}", format::files(files), format::size(bytes)),
    }
}

/// What becomes of a node, in a few words; empty where nothing is decided.
#[must_use]
pub(super) fn verdict(weight: &Weight) -> String {
    if weight.decided == Decided::Open || weight.all.files == 0 {
        return String::new();
    }
    match weight.sent.files {
        0 => "left out".to_owned(),
        sent if sent == weight.all.files => "sent".to_owned(),
        sent => format!("{} of {} sent", format::number(sent), format::number(weight.all.files)),
    }
}

/// The pattern that decided the whole of a node, by its number.
#[must_use]
pub(super) fn deciding_pattern(weight: &Weight) -> Option<usize> {
    match weight.decided {
        Decided::By(pattern) => pattern.and_then(|pattern| usize::try_from(pattern).ok()),
        Decided::Open | Decided::Several => None,
    }
}

/// What a node is called in its row.
#[must_use]
pub(super) fn name(tree: &Tree, node: usize, weight: &Weight) -> String {
    let name = tree.name(node);
    match tree.leaf(node).map(|leaf| leaf.kind) {
        None => format!("{name}/"),
        Some(LeafKind::EmptyFolder) => format!("{name}/ (empty)"),
        Some(LeafKind::Link) => format!("{name} (link)"),
        Some(LeafKind::Summary) => format!("… {}", format::files(weight.all.files)),
        Some(LeafKind::File) => name.to_owned(),
    }
}

/// A row in one sentence, for screen readers.
#[must_use]
pub(super) fn sentence(
    tree: &Tree,
    node: usize,
    weight: &Weight,
    report: &Report,
    size: &str,
) -> String {
    let folder = tree.leaf(node).is_none();
    let mut parts = vec![name(tree, node, weight)];
    if folder {
        parts.push(format::files(weight.all.files));
    }
    parts.push(size.to_owned());
    let verdict = verdict(weight);
    let line = deciding_pattern(weight).and_then(|pattern| report.context.patterns.get(pattern));
    if !verdict.is_empty() {
        parts.push(match line {
            Some(line) => format!("{verdict} by line {}", line.line),
            None => verdict,
        });
    }
    parts.join(", ")
}
