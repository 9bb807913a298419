//! The paths of an assumed project while it is put together.

use std::collections::BTreeMap;

use super::Size;
use super::paths::{Pattern, clean};
use crate::context::{BuildContext, ContextFile, FileKind, is_within};
use crate::size::SizeEstimate;

/// As many paths as a project has.
pub(super) const MOST: usize = 200;

/// Longest path it takes, in bytes; longer ones name no file that anybody has.
const LONGEST: usize = 1_024;

/// Files sorted by path; none of them is a folder of another.
#[derive(Default)]
pub(super) struct Tree(pub(super) Vec<Entry>);

/// One file, or several under the name of one.
pub(super) struct Entry {
    pub(super) path: String,
    files: u32,
    pub(super) size: SizeEstimate,
    /// Whether the person typed the size.
    pub(super) is_typed: bool,
    /// What was believed before that.
    pub(super) replaced: Option<SizeEstimate>,
}

impl Tree {
    /// Whether no further path is taken.
    pub(super) fn is_full(&self) -> bool {
        self.0.len() >= MOST
    }

    /// Whether a file or a folder stands at the path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.0.iter().any(|entry| is_within(&entry.path, path))
    }

    /// Whether the pattern matches any path.
    pub(super) fn has_match(&self, pattern: &Pattern) -> bool {
        pattern.covers_any(&mut self.0.iter().map(|entry| entry.path.as_str()))
    }

    /// Adds what weighs `size` at `path`, unless something stands there or the project is full. A
    /// file that stands where the path needs a folder gives way.
    pub(super) fn add(&mut self, path: String, size: &Size) {
        let is_path = !path.is_empty() && path.len() <= LONGEST && clean(&path) == path;
        if !is_path || self.is_full() || self.has(&path) {
            return;
        }
        self.0.retain(|entry| !is_within(&path, &entry.path));
        let place = self.0.iter().position(|entry| entry.path > path).unwrap_or(self.0.len());
        let entry = Entry {
            path,
            files: size.files,
            size: size.estimate(),
            is_typed: false,
            replaced: None,
        };
        self.0.insert(place, entry);
    }

    /// The context, for each of its files how the size is known, and what was believed of those
    /// that the person typed.
    pub(super) fn finish(self) -> (BuildContext, [BTreeMap<String, SizeEstimate>; 2]) {
        let mut context = BuildContext::default();
        let [mut sizes, mut before] = [BTreeMap::new(), BTreeMap::new()];
        for Entry { path, files, size, replaced, .. } in self.0 {
            let kind = match files {
                0 | 1 => FileKind::File,
                files => FileKind::Summary { files: files.into() },
            };
            let bytes = size.likely().map(|bytes| bytes.0);
            let file = ContextFile { kind, bytes, mode: None, digest: None };
            context.files.insert(path.clone(), file);
            before.extend(replaced.map(|size| (path.clone(), size)));
            sizes.insert(path, size);
        }
        (context, [sizes, before])
    }
}

#[cfg(test)]
mod tests {
    use super::super::Basis;
    use super::*;

    #[test]
    fn paths_are_sorted_and_no_file_is_the_folder_of_another() {
        let size = Size::one([1, 2, 3], Basis::Typical("a test"));
        let mut tree = Tree::default();
        for path in ["c", "a/b", "a", "c/d", "c/d/e", "a/b", "", "a-", "a", "/x", "../y"] {
            tree.add(path.to_owned(), &size);
        }
        let paths: Vec<&str> = tree.0.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(paths, ["a-", "a/b", "c/d/e"]);
    }
}
