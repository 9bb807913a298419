//! A large context made small: files that are alike become one entry.
//!
//! What is alike, the caller says by a key, so that sums by key stay what they were. Beyond that
//! only folders and extensions are looked at.

use crate::order;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};

use super::{BuildContext, ContextFile, FileKind, is_manifest, normalize_path};

/// A folder level makes an entry this many powers of two less worth an entry of its own: what
/// lies deep is mostly what somebody else wrote.
const BITS_FOR_A_LEVEL: u32 = 4;

/// Merges entries until at most `most` are left.
///
/// Files of one folder with the same `group` and extension become one [`FileKind::Summary`] under
/// the path of the heaviest, the lightest and deepest first; where that is not enough, it is
/// merged with those of the folder above, under the path that lies highest. Heavy files therefore
/// stay themselves, and so do the project's manifests and every file that has a group of its own.
///
/// A link that would now lead nowhere because what it points at became part of another entry
/// forgets its target; one that led nowhere before stays itself.
///
/// Files, bytes, and both for each group, stay exactly what they were, and so does whether some
/// bytes are not known. Where there are more than `most` groups, more entries than `most` are
/// left. A context of at most `most` entries comes back as it is.
#[must_use]
pub fn summarize(context: &BuildContext, group: impl Fn(&str) -> u64, most: usize) -> BuildContext {
    if context.files.len() <= most {
        return context.clone();
    }
    let mut forest = Forest::new(context, group, most);
    forest.merge(most);
    let entries = forest.entries.into_iter().flatten();
    let files = entries.map(|entry| (entry.path.to_owned(), entry.file)).collect();
    let mut summary = BuildContext { files, ..BuildContext::default() };
    summary.manifests.clone_from(&context.manifests);
    summary.remarks.clone_from(&context.remarks);
    summary.condensed_for = context.condensed_for;
    forget_lost_targets(context, &mut summary);
    summary
}

/// What entries must share to become one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Class<'context> {
    group: u64,
    sort: Sort,
    /// Whether the bytes are known: one sum of both would be a lower bound of the whole.
    sized: bool,
    extension: &'context str,
    /// The path of what stays itself.
    pinned: Option<&'context str>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Sort {
    File,
    Link,
    Folder,
}

/// One entry, or several that became one.
struct Entry<'context> {
    class: Class<'context>,
    /// The folder in which it would be merged next; `None` when it was merged at the root.
    next: Option<usize>,
    /// How many folders down it is.
    depth: u32,
    /// The path it goes under, and the bytes of the file there.
    path: &'context str,
    weight: u64,
    file: ContextFile,
}

struct Folder {
    /// `None` for the root.
    parent: Option<usize>,
    depth: u32,
}

struct Forest<'context> {
    /// The root first.
    folders: Vec<Folder>,
    /// `None` in the place of those that became part of a later one.
    entries: Vec<Option<Entry<'context>>>,
    /// What was merged in each folder, as an index of `entries`.
    pools: HashMap<(usize, Class<'context>), usize>,
    /// Indices of `entries`, the one least worth on top; some of entries that are gone.
    candidates: BinaryHeap<Reverse<(u128, usize)>>,
    /// Entries that are not gone.
    count: usize,
}

impl<'context> Forest<'context> {
    fn new(context: &'context BuildContext, group: impl Fn(&str) -> u64, most: usize) -> Self {
        let mut forest = Self {
            folders: vec![Folder { parent: None, depth: 0 }],
            entries: Vec::new(),
            pools: HashMap::new(),
            candidates: BinaryHeap::new(),
            count: 0,
        };
        let pinned = pinned_paths(context, most / 4);
        let mut known = HashMap::new();
        for (path, file) in &context.files {
            if file.kind == FileKind::Folder && holds_something(context, path) {
                continue;
            }
            let mut class = class_of(path, file, group(path));
            class.pinned = pinned.contains(path.as_str()).then_some(path);
            let folder = forest.folder_of(path, &mut known);
            let depth = forest.folders.get(folder).map_or(0, |folder| folder.depth) + 1;
            let (next, weight, file) = (Some(folder), file.bytes.unwrap_or(0), file.clone());
            forest.add(Entry { class, next, depth, path, weight, file });
        }
        forest
    }

    /// The folder a path lies in, made with its parents where it is new.
    fn folder_of(
        &mut self,
        path: &'context str,
        known: &mut HashMap<&'context str, usize>,
    ) -> usize {
        let Some((direct, _)) = path.rsplit_once('/') else { return 0 };
        if let Some(folder) = known.get(direct) {
            return *folder;
        }
        let mut parent = 0;
        for (depth, (end, _)) in (1..).zip(path.match_indices('/')) {
            let folder = path.get(..end).unwrap_or_default();
            parent = *known.entry(folder).or_insert_with(|| {
                self.folders.push(Folder { parent: Some(parent), depth });
                self.folders.len() - 1
            });
        }
        parent
    }

    fn add(&mut self, entry: Entry<'context>) -> usize {
        let index = self.entries.len();
        if entry.next.is_some() {
            let worth = worth(entry.file.bytes.unwrap_or(0), entry.depth);
            self.candidates.push(Reverse((worth, index)));
        }
        self.entries.push(Some(entry));
        self.count += 1;
        index
    }

    fn take(&mut self, index: usize) -> Option<Entry<'context>> {
        let entry = self.entries.get_mut(index)?.take()?;
        self.count -= 1;
        Some(entry)
    }

    /// Merges one after another until few enough are left, and at last forgets extensions.
    fn merge(&mut self, most: usize) {
        while self.count > most {
            let Some(Reverse((_, index))) = self.candidates.pop() else {
                return self.forget_extensions();
            };
            if let Some(entry) = self.take(index) {
                self.put(entry);
            }
        }
    }

    /// Merges an entry with what was merged before in the folder it comes to next.
    fn put(&mut self, entry: Entry<'context>) {
        let Some((place, folder)) =
            entry.next.and_then(|place| Some((place, self.folders.get(place)?)))
        else {
            return;
        };
        let (next, depth, key) = (folder.parent, folder.depth, (place, entry.class));
        let before = self.pools.get(&key).copied().and_then(|index| self.take(index));
        let entry = match before {
            Some(before) => before.join(entry),
            None => entry,
        };
        let index = self.add(Entry { next, depth, ..entry });
        self.pools.insert(key, index);
    }

    fn forget_extensions(&mut self) {
        let mut merged: BTreeMap<Class<'_>, Entry<'_>> = BTreeMap::new();
        for mut entry in std::mem::take(&mut self.entries).into_iter().flatten() {
            entry.class.extension = "";
            let entry = match merged.remove(&entry.class) {
                Some(before) => before.join(entry),
                None => entry,
            };
            merged.insert(entry.class, entry);
        }
        self.entries = merged.into_values().map(Some).collect();
    }
}

impl Entry<'_> {
    /// Both as one, under the path that lies higher, of two in one folder the heavier.
    fn join(self, other: Self) -> Self {
        let kind = match (&self.file.kind, &other.file.kind) {
            (FileKind::Folder, FileKind::Folder) => FileKind::Folder,
            _ => FileKind::Summary { files: self.file.count().saturating_add(other.file.count()) },
        };
        let bytes = match (self.file.bytes, other.file.bytes) {
            (Some(own), Some(more)) => Some(own.saturating_add(more)),
            _ => None,
        };
        let mode = self.file.mode.filter(|mode| other.file.mode == Some(*mode));
        let rank = |entry: &Self| (Reverse(entry.path.matches('/').count()), entry.weight);
        let first = if rank(&other) > rank(&self) { other } else { self };
        Self { file: ContextFile { kind, bytes, mode, digest: None }, ..first }
    }
}

/// How much an entry of so many bytes and so many folders down deserves to stay itself.
fn worth(bytes: u64, depth: u32) -> u128 {
    (u128::from(bytes) + 1) << 63_u32.saturating_sub(depth.saturating_mul(BITS_FOR_A_LEVEL))
}

fn class_of<'context>(path: &'context str, file: &ContextFile, group: u64) -> Class<'context> {
    let sort = match file.kind {
        FileKind::File | FileKind::Summary { .. } => Sort::File,
        FileKind::Link(_) => Sort::Link,
        FileKind::Folder => Sort::Folder,
    };
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    Class { group, sort, sized: file.bytes.is_some(), extension, pinned: None }
}

/// The manifests and the dead links that stay themselves: those that lie highest.
fn pinned_paths(context: &BuildContext, most: usize) -> HashSet<&str> {
    let is_pinned = |(path, file): &(&String, &ContextFile)| match &file.kind {
        FileKind::File => is_manifest(path),
        FileKind::Link(target) => !leads_somewhere(context, path, target),
        _ => false,
    };
    let pinned = context.files.iter().filter(is_pinned);
    let mut pinned: Vec<&str> = pinned.map(|(path, _)| path.as_str()).collect();
    order::sort_by_key(&mut pinned, |path| path.matches('/').count());
    pinned.into_iter().take(most).collect()
}

fn forget_lost_targets(before: &BuildContext, after: &mut BuildContext) {
    let lost = |path: &str, target: &str| {
        leads_somewhere(before, path, target) && !leads_somewhere(after, path, target)
    };
    let links = after.files.iter().filter_map(|(path, file)| match &file.kind {
        FileKind::Link(target) if lost(path, target) => Some(path.clone()),
        _ => None,
    });
    for path in links.collect::<Vec<_>>() {
        if let Some(link) = after.files.get_mut(&path) {
            link.kind = FileKind::Link(String::new());
        }
    }
}

/// Whether something is where a link points, or nobody knows where that is; links on the way are
/// taken for what they are named.
fn leads_somewhere(context: &BuildContext, link: &str, target: &str) -> bool {
    match place_of_target(link, target) {
        Some(place) => context.files.contains_key(&place) || holds_something(context, &place),
        None => true,
    }
}

/// The path a link points at, which nothing need have; `None` for the root and above it.
pub(crate) fn place_of_target(link: &str, target: &str) -> Option<String> {
    let folder = link.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = if target.starts_with('/') { "" } else { folder };
    normalize_path(&format!("{folder}/{target}"))
}

fn holds_something(context: &BuildContext, folder: &str) -> bool {
    let inside = format!("{folder}/");
    let mut after = context.files.range(inside.clone()..);
    after.next().is_some_and(|(path, _)| path.starts_with(&inside))
}

#[cfg(test)]
mod tests;
