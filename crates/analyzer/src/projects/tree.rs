//! The paths of an assumed project while it is put together.

use std::collections::BTreeMap;

use super::TypicalFile;
use super::glob::Pattern;
use crate::context::{BuildContext, ContextFile, FileKind};
use crate::size::SizeEstimate;

/// As many paths as a project has.
pub(super) const MOST: usize = 200;

/// Longest path it takes, in bytes; longer ones name no file that anybody has.
const LONGEST: usize = 1_024;

/// Files by path; none of them is a folder of another.
#[derive(Default)]
pub(super) struct Tree(BTreeMap<String, Entry>);

/// What stands at a path.
pub(super) struct Entry {
    files: u32,
    pub(super) size: SizeEstimate,
    /// Whether the person typed the size.
    pub(super) is_typed: bool,
}

impl Tree {
    /// Whether a file or a folder stands at the path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.0.contains_key(path) || self.below(path).next().is_some()
    }

    /// The files below a folder.
    fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let start = format!("{folder}/");
        let paths = self.0.range(start.clone()..).map(|(path, _)| path.as_str());
        paths.take_while(move |path| path.starts_with(&start))
    }

    /// Whether the pattern matches any path.
    pub(super) fn has_match(&self, pattern: &Pattern) -> bool {
        pattern.covers_any(self.0.keys().map(String::as_str))
    }

    /// Adds `file` at `path`, unless something stands there or the project is full. A file that
    /// stands where the path needs a folder gives way.
    pub(super) fn add(&mut self, path: &str, file: &TypicalFile) {
        if path.is_empty() || path.len() > LONGEST || self.0.len() >= MOST || self.has(path) {
            return;
        }
        for (end, _) in path.match_indices('/') {
            self.0.remove(path.get(..end).unwrap_or_default());
        }
        let entry = Entry { files: file.files.max(1), size: file.size(), is_typed: false };
        self.0.insert(path.to_owned(), entry);
    }

    /// The entries at a path or below it.
    pub(super) fn entries_at(&mut self, path: &str) -> Vec<&mut Entry> {
        let inside = format!("{path}/");
        let entries = self.0.range_mut(path.to_owned()..);
        let near = entries.take_while(|(own, _)| own.starts_with(path));
        let wanted = near.filter(|(own, _)| *own == path || own.starts_with(&inside));
        wanted.map(|(_, entry)| entry).collect()
    }

    /// The context, and how each size is known.
    pub(super) fn finish(self) -> (BuildContext, BTreeMap<String, SizeEstimate>) {
        let mut context = BuildContext::default();
        let mut sizes = BTreeMap::new();
        for (path, entry) in self.0 {
            let kind = match entry.files {
                1 => FileKind::File,
                files => FileKind::Summary { files: files.into() },
            };
            let bytes = entry.size.likely().map(|bytes| bytes.0);
            let file = ContextFile { kind, bytes, mode: None, digest: None };
            context.files.insert(path.clone(), file);
            sizes.insert(path, entry.size);
        }
        (context, sizes)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Basis;
    use super::*;

    #[test]
    fn no_file_is_the_folder_of_another() {
        let file = TypicalFile::one("", [1, 2, 3], Basis::Typical("a test"));
        let mut tree = Tree::default();
        for path in ["a/b", "a", "c", "c/d", "c/d/e", "a/b", ""] {
            tree.add(path, &file);
        }
        let paths: Vec<&String> = tree.0.keys().collect();
        assert_eq!(paths, ["a/b", "c/d/e"]);
    }
}
