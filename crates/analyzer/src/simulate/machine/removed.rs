//! What is left of files without names when something of them is removed.

use super::RunMachine;
use crate::layer::{ByteRange, Category};
use crate::packages::{Contents, Machine};

impl RunMachine<'_, '_> {
    /// Leaves a part of a whole in sight of the packages that a lower layer put at a folder.
    pub(super) fn hide_packages(&mut self, folder: &str, layer: u32, left_and_whole: [u64; 2]) {
        let path = self.path(folder);
        let cause = self.note("");
        self.writer.hide_share(&path, left_and_whole, cause, |key, placed| {
            *key.path == *path
                && placed.layer == layer
                && placed.entry.category == Category::Packages
        });
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
