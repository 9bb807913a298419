//! How a step changes the filesystem it starts from.

mod perhaps;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::place::{HasPlace, PlaceRange};
use super::root::key;
use super::{
    AssumptionIndex, ByteRange, Category, CauseIndex, EntryKey, EntryKind, FileEntry, Placed,
    RootFs,
};

/// Bytes of a lower layer that nobody can see any more and every pull still transfers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Container path.
    pub path: Rc<str>,
    /// The bytes.
    pub bytes: ByteRange,
    /// Why they were written.
    pub written: CauseIndex,
    /// The layer they lie in.
    pub layer: u32,
    /// Why they are hidden: removed, or written again.
    pub hidden_by: CauseIndex,
}

/// What a step leaves in its layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayerDelta {
    /// What is new, or new in this layer, in bytewise order.
    pub written: Vec<(EntryKey, FileEntry)>,
    /// Whiteouts: paths of lower layers that the layer hides, in bytewise order, and why.
    pub removed: Vec<(Rc<str>, CauseIndex)>,
    /// Bytes of lower layers that the layer hides, in the order it does.
    pub hidden: Vec<Hidden>,
}

impl LayerDelta {
    /// The bytes of the layer's files.
    #[must_use]
    pub fn bytes(&self) -> ByteRange {
        self.written.iter().map(|(_, entry)| entry.bytes).sum()
    }
}

/// A step at work: the filesystem as it stands, and what the step did to it.
///
/// A file that the step itself wrote is gone when it is removed; one of a lower layer is hidden,
/// and whatever changes it writes all of it again.
#[derive(Clone, Debug)]
pub struct LayerWriter {
    root: RootFs,
    layer: u32,
    /// The entries of the root that the layer itself holds.
    own: BTreeSet<EntryKey>,
    /// Entries of lower layers that the layer may hold once more.
    perhaps: BTreeMap<EntryKey, FileEntry>,
    removed: Vec<(Rc<str>, CauseIndex)>,
    hidden: Vec<Hidden>,
    next_number: u32,
}

/// Units of [`super::Work`] that writing one entry counts.
const WRITTEN: usize = 16;
/// The most entries that are copied each by itself.
const MOST_COPIED: usize = 10_000;

impl LayerWriter {
    /// Starts layer number `layer`, from 1, on what the layers below show.
    #[must_use]
    pub fn new(root: RootFs, layer: u32) -> Self {
        Self {
            root,
            layer,
            own: BTreeSet::new(),
            perhaps: BTreeMap::new(),
            removed: Vec::new(),
            hidden: Vec::new(),
            next_number: 1,
        }
    }

    /// What the step sees at this moment.
    #[must_use]
    pub fn root(&self) -> &RootFs {
        &self.root
    }

    /// Number of the layer at work.
    #[must_use]
    pub fn layer(&self) -> u32 {
        self.layer
    }

    /// Changes what the layer itself holds at a path and below it.
    pub fn change_own(&mut self, path: &str, mut change: impl FnMut(&mut FileEntry)) {
        let ranges = PlaceRange::below(path);
        let own = ranges.iter().flat_map(|range| self.own.range::<dyn HasPlace, _>(range.bounds()));
        for key in own {
            self.root.work.add(1);
            if let Some(placed) = self.root.entries.get_mut(key) {
                change(&mut placed.entry);
            }
        }
    }

    /// Writes a file, a folder or a link at a path, instead of what is there. The same bytes under
    /// the same owner and mode are left as they are.
    pub fn write(&mut self, path: &str, entry: FileEntry) {
        let own = key(path, 0);
        let before = self.root.entries.get(&own);
        let is_folder = entry.kind == EntryKind::Folder;
        if before.is_some_and(|before| entry.is_same(&before.entry))
            || is_folder && (path.is_empty() || self.root.holds(path))
        {
            return;
        }
        if !is_folder {
            self.hide(&own, entry.cause);
        }
        self.place(own, entry);
    }

    /// Adds files below a folder whose names nobody knows.
    pub fn add_contents(&mut self, folder: &str, entry: FileEntry) {
        // Numbers of one layer never meet those of another.
        let number = |next| self.layer.wrapping_mul(1 << 16).wrapping_add(next).max(1);
        let mut own = key(folder, number(self.next_number));
        self.next_number += 1;
        // Unless there are more than that.
        while self.root.entries.contains_key(&own) {
            own.number = number(self.next_number);
            self.next_number += 1;
        }
        self.place(own, FileEntry { kind: EntryKind::Contents, ..entry });
    }

    /// Takes back contents without names that this layer added to a folder.
    pub fn withdraw(&mut self, folder: &str, is_meant: impl Fn(&FileEntry) -> bool) {
        let is_meant = |key: &&EntryKey| {
            let placed = self.root.entries.get(*key).filter(|_| key.number > 0);
            placed.is_some_and(|placed| is_meant(&placed.entry))
        };
        let keys: Vec<EntryKey> = self.own_at(folder).filter(is_meant).cloned().collect();
        for key in keys {
            self.take(&key);
        }
    }

    /// The assumption that what this layer itself holds at a path rests on: the file with number 0,
    /// or contents without names of a category.
    #[must_use]
    pub fn own_assumption(
        &self,
        path: &str,
        category: Option<Category>,
    ) -> Option<AssumptionIndex> {
        let is_meant = |key: &EntryKey, entry: &FileEntry| match category {
            Some(category) => key.number > 0 && entry.category == category,
            None => key.number == 0,
        };
        let entry = |key: &EntryKey| self.root.entries.get(key).map(|placed| &placed.entry);
        self.own_at(path)
            .filter_map(|key| entry(key).filter(|entry| is_meant(key, entry)))
            .find_map(|entry| entry.assumption)
    }

    /// Whether this layer put contents without names at a folder.
    #[must_use]
    pub fn holds_own_contents(&self, folder: &str) -> bool {
        self.own_at(folder).any(|key| key.number > 0)
    }

    /// The keys of what the layer itself holds at this very path.
    fn own_at(&self, path: &str) -> impl Iterator<Item = &EntryKey> {
        self.own
            .range::<dyn HasPlace, _>(PlaceRange::at(path).bounds())
            .inspect(|_| self.root.work.add(1))
    }

    /// Leaves so many parts of a whole in sight of what lower layers hold at a folder and below it;
    /// the rest is hidden. Only the entries count that are meant.
    pub fn hide_share(
        &mut self,
        folder: &str,
        [left, whole]: [u64; 2],
        hidden_by: CauseIndex,
        is_meant: impl Fn(&EntryKey, &Placed) -> bool,
    ) {
        for key in self.root.keys_below(folder) {
            let Some(placed) = self.root.entries.get_mut(&key).filter(|it| it.layer < self.layer)
            else {
                continue;
            };
            if !is_meant(&key, placed) {
                continue;
            }
            let before = placed.entry.bytes;
            placed.entry.bytes = before.share(left, whole);
            self.hidden.push(Hidden {
                path: Rc::clone(&key.path),
                bytes: before.share(whole.saturating_sub(left), whole),
                written: placed.entry.cause,
                layer: placed.layer,
                hidden_by,
            });
        }
    }

    /// Removes a path with everything below it.
    pub fn remove(&mut self, path: &str, cause: CauseIndex) {
        let keys = self.root.keys_below(path);
        let mut is_below = false;
        for key in keys {
            is_below |= self.hide(&key, cause);
            self.take(&key);
        }
        // What the base holds without a name is hidden as well, and only the whiteout tells.
        if is_below || self.root.contents_above(path).any(|(_, it)| it.layer < self.layer) {
            self.removed.push((path.into(), cause));
            self.root.gone.insert(path.into());
        }
    }

    /// Removes what lies below a folder and keeps the folder.
    pub fn empty(&mut self, folder: &str, cause: CauseIndex) {
        let own = self.root.get(folder).cloned();
        self.remove(folder, cause);
        if let Some(own) = own.filter(|own| own.entry.kind == EntryKind::Folder) {
            let key = key(folder, 0);
            if own.layer == self.layer {
                self.own.insert(key.clone());
            }
            self.root.entries.insert(key, own);
        }
    }

    /// Changes each entry at a path and below it. Where `change` says so, an entry of a lower layer
    /// is written again in this one, as a changed owner or mode does. Whether any was.
    pub fn rewrite(
        &mut self,
        path: &str,
        cause: CauseIndex,
        change: impl FnMut(&mut FileEntry) -> bool,
    ) -> bool {
        let changed = self.change_below(path, change);
        let any = !changed.is_empty();
        for (key, entry, is_own) in changed {
            if !is_own {
                self.hide(&key, cause);
            }
            self.place(key, FileEntry { cause, ..entry });
        }
        any
    }

    /// The entries at a path and below it of which `change` says so, as it leaves them, each with
    /// whether this layer holds it.
    fn change_below(
        &self,
        path: &str,
        mut change: impl FnMut(&mut FileEntry) -> bool,
    ) -> Vec<(EntryKey, FileEntry, bool)> {
        let changed = |key: EntryKey| {
            let Placed { entry, layer } = self.root.entries.get(&key)?;
            let mut entry = entry.clone();
            change(&mut entry).then_some((key, entry, *layer == self.layer))
        };
        self.root.keys_below(path).into_iter().filter_map(changed).collect()
    }

    /// Copies a path and what is below it to another, as `cp -a` does. Whether anything was there.
    /// Of very many files only the sum is kept.
    pub fn copy(&mut self, from: &str, to: &str, cause: CauseIndex) -> bool {
        let copied: Vec<(EntryKey, FileEntry)> = self
            .root
            .below(from)
            .map(|(key, placed)| (moved(key, from, to), placed.entry.clone()))
            .collect();
        let any = !copied.is_empty();
        if copied.len() > MOST_COPIED {
            let sum = FileEntry::sum_up(copied.iter().map(|(_, entry)| entry));
            sum.into_iter().for_each(|sum| self.add_contents(to, FileEntry { cause, ..sum }));
            return any;
        }
        for (key, entry) in copied {
            if key.number == 0 {
                self.write(&key.path, FileEntry { cause, ..entry });
            } else {
                self.add_contents(&key.path, FileEntry { cause, ..entry });
            }
        }
        any
    }

    /// Moves a path and what is below it. Whether anything was there.
    pub fn rename(&mut self, from: &str, to: &str, cause: CauseIndex) -> bool {
        let is_into_itself =
            to == from || to.strip_prefix(from).is_some_and(|it| it.starts_with('/'));
        if is_into_itself || !self.copy(from, to, cause) {
            return false;
        }
        self.remove(from, cause);
        true
    }

    /// Takes a share, in per cent, from contents without names that this layer holds above a path:
    /// what removing the path frees of them. Whether there were any.
    pub fn trim_contents_above(&mut self, path: &str, kept: [u64; 3]) -> bool {
        let layer = self.layer;
        let keys: Vec<EntryKey> = self
            .root
            .contents_above(path)
            .filter(|(_, placed)| placed.layer == layer)
            .map(|(key, _)| key.clone())
            .collect();
        for key in &keys {
            if let Some(placed) = self.root.entries.get_mut(key) {
                placed.entry.bytes = placed.entry.bytes.between_shares(kept);
            }
        }
        !keys.is_empty()
    }

    /// The layer, and what a container on it sees.
    #[must_use]
    pub fn finish(mut self) -> (LayerDelta, RootFs) {
        self.root.work.add(self.own.len() + self.perhaps.len());
        let perhaps = self.take_perhaps();
        let own = self.own.into_iter();
        let entry = |key: EntryKey| Some((self.root.entries.get(&key)?.entry.clone(), key));
        let mut written: Vec<_> = own.filter_map(entry).map(|(entry, key)| (key, entry)).collect();
        if !perhaps.is_empty() {
            written.extend(perhaps);
            crate::order::sort_by(&mut written, |one, other| one.0.cmp(&other.0));
        }
        crate::order::sort(&mut self.removed);
        self.removed.dedup_by(|one, other| one.0 == other.0);
        (LayerDelta { written, removed: self.removed, hidden: self.hidden }, self.root)
    }

    fn place(&mut self, key: EntryKey, entry: FileEntry) {
        self.root.work.add(WRITTEN + key.path.len() / 8);
        self.root.gone.remove(&key.path);
        self.own.insert(key.clone());
        self.root.entries.insert(key, Placed { entry, layer: self.layer });
    }

    /// Takes an entry out of sight.
    fn take(&mut self, key: &EntryKey) {
        self.own.remove(key);
        self.root.entries.remove(key);
    }

    /// Notes the bytes of a lower layer that are out of sight from now on. Whether the entry is of
    /// a lower layer.
    fn hide(&mut self, key: &EntryKey, hidden_by: CauseIndex) -> bool {
        let Some(placed) = self.root.entries.get(key).filter(|it| it.layer < self.layer) else {
            return false;
        };
        if placed.entry.bytes != ByteRange::NOTHING {
            self.hidden.push(Hidden {
                path: Rc::clone(&key.path),
                bytes: placed.entry.bytes,
                written: placed.entry.cause,
                layer: placed.layer,
                hidden_by,
            });
        }
        true
    }
}

/// The key that an entry below `from` has below `to`.
fn moved(entry: &EntryKey, from: &str, to: &str) -> EntryKey {
    let inside = entry.path.strip_prefix(from).unwrap_or_default().trim_start_matches('/');
    let path = match (to, inside) {
        (to, "") => to.to_owned(),
        ("", inside) => inside.to_owned(),
        (to, inside) => format!("{to}/{inside}"),
    };
    key(&path, entry.number)
}

#[cfg(test)]
mod tests;
