//! The filesystem that a stack of layers shows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::rc::Rc;

use super::place::{HasPlace, Place, PlaceRange};
use super::{ByteRange, EntryKey, EntryKind, FileEntry, Work};

/// An entry and the layer that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The entry.
    pub entry: FileEntry,
    /// Number of its layer from the base up; what the base holds is in layer 0.
    pub layer: u32,
}

/// What a container would see: every path with the layer it comes from.
///
/// Cloning copies the map and shares the paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RootFs {
    pub(super) entries: BTreeMap<EntryKey, Placed>,
    /// Paths that a layer removed.
    pub(super) gone: BTreeSet<Rc<str>>,
    /// Counts the entries that are looked at and written.
    pub(super) work: Work,
}

impl RootFs {
    /// Nothing at all; looking at what comes is added to `work`.
    #[must_use]
    pub fn counted_by(work: &Work) -> Self {
        Self { work: work.clone(), ..Self::default() }
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is known to be there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry that is the path itself.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Placed> {
        self.entries.get(Place::of(path).as_key())
    }

    /// Whether the same bytes lie at the path under the same owner and mode.
    #[must_use]
    pub fn has_same(&self, path: &str, entry: &FileEntry) -> bool {
        self.get(path).is_some_and(|placed| entry.is_same(&placed.entry))
    }

    /// Whether a layer removed what a lower one, or the base, had at this very path.
    #[must_use]
    pub fn is_gone(&self, path: &str) -> bool {
        self.gone.contains(path)
    }

    /// Whether anything is known to lie at the path or below it.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        self.below(path).next().is_some()
    }

    /// Whether anything is known to lie at a path that begins so.
    #[must_use]
    pub fn holds_start(&self, start: &str) -> bool {
        self.work.add(1 + start.len() / BYTES);
        let first = Place::of(start);
        let from = (Bound::Included(first.as_key()), Bound::Unbounded);
        let mut next = self.entries.range::<dyn HasPlace, _>(from);
        next.next().is_some_and(|(key, _)| key.path.starts_with(start))
    }

    /// Everything at the path and below it, in bytewise order below the path.
    pub fn below<'root>(
        &'root self,
        path: &str,
    ) -> impl Iterator<Item = (&'root EntryKey, &'root Placed)> + use<'root> {
        self.work.add(1 + path.len() / BYTES);
        let [own, inside] = PlaceRange::below(path);
        let all = self
            .entries
            .range::<dyn HasPlace, _>(own.bounds())
            .chain(self.entries.range::<dyn HasPlace, _>(inside.bounds()));
        all.inspect(|_| self.work.add(1))
    }

    /// Contents without names that lie at a folder above the path, and so may hold it.
    pub fn contents_above<'root>(
        &'root self,
        path: &str,
    ) -> impl Iterator<Item = (&'root EntryKey, &'root Placed)> + use<'root> {
        let own = path.to_owned();
        let depth = path.bytes().filter(|it| *it == b'/').count();
        self.work.add(1 + depth + depth * path.len() / BYTES);
        let folders = std::iter::successors(parent(path).map(str::to_owned), |folder| {
            parent(folder).map(str::to_owned)
        });
        folders.take(own.len() + 1).flat_map(|folder| {
            let at = PlaceRange::at(&folder);
            let at =
                self.entries.range::<dyn HasPlace, _>(at.bounds()).inspect(|_| self.work.add(1));
            at.filter(|(_, placed)| placed.entry.kind == EntryKind::Contents)
        })
    }

    /// The bytes of everything at the path and below it.
    #[must_use]
    pub fn bytes_below(&self, path: &str) -> ByteRange {
        self.below(path).map(|(_, placed)| placed.entry.bytes).sum()
    }

    /// Every entry, in bytewise order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&EntryKey, &Placed)> {
        self.entries.iter()
    }

    pub(super) fn keys_below(&self, path: &str) -> Vec<EntryKey> {
        self.below(path).map(|(key, _)| key.clone()).collect()
    }
}

/// So many bytes of a path count as a look at an entry.
const BYTES: usize = 32;

/// The key of an entry.
pub(super) fn key(path: &str, number: u32) -> EntryKey {
    EntryKey { path: path.into(), number }
}

/// The folder that holds a path; `None` for the root.
pub(super) fn parent(path: &str) -> Option<&str> {
    match path {
        "" => None,
        path => Some(path.rsplit_once('/').map_or("", |(folder, _)| folder)),
    }
}
