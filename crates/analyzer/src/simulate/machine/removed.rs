//! What is left of files without names when something of them is removed.

use super::RunMachine;
use crate::layer::{ByteRange, Category, EntryKind, Placed};
use crate::packages::{Contents, Machine};

impl RunMachine<'_, '_> {
    /// Leaves a part of a whole in sight of what a lower layer put at a folder.
    pub(super) fn hide_installed(
        &mut self,
        folder: &str,
        layer: u32,
        category: Category,
        left_and_whole: [u64; 2],
    ) {
        let path = self.path(folder);
        let cause = self.note("");
        self.writer.hide_share(&path, left_and_whole, cause, |key, placed| {
            *key.path == *path && placed.layer == layer && placed.entry.category == category
        });
    }

    /// Leaves all but so many bytes in sight of the dependencies that a lower layer put at a folder.
    /// Whether it put any there.
    pub(super) fn hide_dependencies(&mut self, folder: &str, layer: u32, bytes: u64) -> bool {
        let (path, category) = (self.path(folder), Category::Dependencies);
        let is_meant = |placed: &&Placed| {
            placed.layer == layer
                && placed.entry.category == category
                && placed.entry.kind == EntryKind::Contents
        };
        let below = self.writer.root().below(&path).filter(|(key, _)| *key.path == *path);
        let there = below.map(|(_, placed)| placed).filter(is_meant);
        let whole = there.map(|it| it.entry.bytes.likely()).fold(0, u64::saturating_add);
        if whole > 0 && self.is_certain && !self.is_mounted(&path) {
            let left = [whole.saturating_sub(bytes), whole];
            self.hide_installed(folder, layer, category, left);
        }
        whole > 0
    }

    /// Leaves so much of a folder; what lower layers hold of it stays in sight.
    pub(super) fn shrink_own(&mut self, folder: &str, contents: Contents) {
        let layer = self.writer.layer();
        let path = self.path(folder);
        let below = self.writer.root().below(&path).filter(|(_, it)| it.layer < layer);
        let below: ByteRange = below.map(|(_, it)| it.entry.bytes).sum();
        let bounds = contents.bytes.bounds().into_iter().zip(below.bounds());
        let mut left = bounds.map(|(all, below)| all.saturating_sub(below));
        let mut next = || left.next().unwrap_or_default();
        let bytes = ByteRange::new([next(), next(), next()]);
        self.settle(folder, Contents { bytes, ..contents });
    }
}

/// Documentation of packages, which is little of them: a twentieth of what packages weigh stays out
/// of images that leave documentation out (`SLIM` beside `FULL` in `packages/weight.rs`).
const DOCUMENTATION: [&str; 5] =
    ["usr/share/doc", "usr/share/man", "usr/share/info", "usr/share/locale", "usr/share/lintian"];

/// What contents without names keep, in per cent, when a path below them is removed. What is
/// removed by hand is assumed to be little beside what was installed: caches and tests.
pub(super) fn kept_without(path: &str) -> [u64; 3] {
    let depth = path.split('/').count();
    if DOCUMENTATION.iter().any(|folder| path.starts_with(folder)) {
        [92, 98, 100]
    } else if depth <= 2 {
        [20, 90, 100]
    } else {
        [60, 96, 100]
    }
}
