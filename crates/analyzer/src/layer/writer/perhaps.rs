//! What a step writes again only if a branch runs that nobody can decide.

use super::{LayerWriter, WRITTEN};
use crate::layer::{CauseIndex, EntryKey, FileEntry};

impl LayerWriter {
    /// Notes the entries of lower layers at a path and below it that may be written again: the layer
    /// may hold them once more, and what a container sees stays as it is. `change` says of which
    /// that holds, and what they weigh then. Whether there were any.
    pub fn rewrite_perhaps(
        &mut self,
        path: &str,
        cause: CauseIndex,
        change: impl FnMut(&mut FileEntry) -> bool,
    ) -> bool {
        let changed = self.change_below(path, change);
        let any = !changed.is_empty();
        for (key, entry, is_own) in changed {
            // A file is copied up once, however many commands change it.
            let before = self.perhaps.get(&key);
            if !is_own && before.is_none_or(|it| it.bytes.high() < entry.bytes.high()) {
                self.root.work.add(WRITTEN + key.path.len() / 8);
                self.perhaps.insert(key, FileEntry { cause, ..entry });
            }
        }
        any
    }

    /// What may be written again and was not in any case, nor removed later on.
    pub(super) fn take_perhaps(&mut self) -> Vec<(EntryKey, FileEntry)> {
        let (root, layer) = (&self.root, self.layer);
        let is_left = |key: &EntryKey| root.entries.get(key).is_some_and(|it| it.layer < layer);
        let all = std::mem::take(&mut self.perhaps).into_iter();
        all.filter(|(key, _)| is_left(key)).collect()
    }
}
