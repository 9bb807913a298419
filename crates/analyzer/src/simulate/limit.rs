//! How much of a Dockerfile is followed, so that none takes long.
//!
//! Every look at an entry of a filesystem counts, and other work by what it takes
//! ([`crate::layer::Work`]). What lies beyond the limit is not known, and said not to be.

use super::SimulatedLayer;
use super::files::exact_file;
use crate::layer::Category;
use crate::layer::{ByteRange, CauseIndex, EntryKey, EntryKind, FileEntry, LayerDelta, Work};
use crate::size::Evidence;

/// The most that all stages together may take: some tenths of a second. Ten thousand usual lines
/// stay below it (`tests/tests/size_properties.rs`).
const MOST_WORK: u64 = 3_200_000;

/// What the shell counts for one unit of this work: it counts bytes, and 100 for a command.
const SHELL_UNITS: u64 = 3;

/// What is said of a step that is not followed, or not to its end.
pub(super) const TOO_MUCH: &str =
    "The Dockerfile does more than is followed here, so what this step writes is not known.";

/// Whether nothing more is followed.
pub(super) fn is_reached(work: &Work) -> bool {
    work.done() >= MOST_WORK
}

/// As much as the shell may still do.
pub(super) fn left_for_shell(work: &Work) -> usize {
    let left = MOST_WORK.saturating_sub(work.done()).saturating_mul(SHELL_UNITS);
    usize::try_from(left).unwrap_or(usize::MAX)
}

/// Counts what the shell did.
pub(super) fn count_shell(work: &Work, done: usize) {
    work.add(done / SHELL_UNITS as usize);
}

/// Stands for files of which nothing is known.
pub(super) fn unknown_files(cause: CauseIndex) -> FileEntry {
    FileEntry {
        bytes: ByteRange::NOTHING,
        evidence: Evidence::Unknown,
        kind: EntryKind::Contents,
        ..exact_file(cause, Category::Other)
    }
}

/// The layer of a step that is not followed at all.
pub(super) fn unknown_layer(step: usize, cause: CauseIndex) -> SimulatedLayer {
    let key = EntryKey { path: "".into(), number: 1 };
    let written = vec![(key, unknown_files(cause))];
    let delta = LayerDelta { written, ..LayerDelta::default() };
    SimulatedLayer { step, delta, unknowns: vec![TOO_MUCH.to_owned()] }
}
