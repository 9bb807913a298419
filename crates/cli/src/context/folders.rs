//! The folders that make most of what is sent.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Subject;

/// A folder whose one subfolder holds this share of its bytes, in tenths, is not named itself.
const NEARLY_ALL_TENTHS: u64 = 9;

/// A folder and what is sent of it, subfolders included.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SentFolder<'report> {
    pub(super) path: &'report str,
    pub(super) files: u64,
    /// A lower bound where the size of some is not known.
    pub(super) bytes: u64,
}

/// The heaviest folders sent, heaviest first, at most `most`. Where nearly all of a folder is in
/// one folder inside, only that one is named.
pub(super) fn heaviest<'report>(
    subject: &Subject<'report>,
    most: usize,
) -> Vec<SentFolder<'report>> {
    let mut sums: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (path, file, _) in subject.entries().filter(|(_, _, verdict)| verdict.sent) {
        for (end, _) in path.match_indices('/') {
            let (files, bytes) = sums.entry(path.get(..end).unwrap_or_default()).or_default();
            *files += file.count();
            *bytes = bytes.saturating_add(file.bytes.unwrap_or(0));
        }
    }
    let mut heaviest_inside: BTreeMap<&str, u64> = BTreeMap::new();
    for (path, (_, bytes)) in &sums {
        if let Some((parent, _)) = path.rsplit_once('/') {
            let heaviest = heaviest_inside.entry(parent).or_default();
            *heaviest = (*heaviest).max(*bytes);
        }
    }
    let is_a_shell = |path: &str, bytes: u64| {
        let inside = heaviest_inside.get(path).copied().unwrap_or(0);
        inside > 0 && inside / NEARLY_ALL_TENTHS >= bytes / 10
    };
    let folders =
        sums.iter().filter(|(path, (files, bytes))| *files > 0 && !is_a_shell(path, *bytes));
    let mut folders: Vec<SentFolder<'_>> = folders
        .map(|(path, (files, bytes))| SentFolder { path, files: *files, bytes: *bytes })
        .collect();
    folders.sort_by_key(|folder| (Reverse(folder.bytes), folder.path));
    folders.truncate(most);
    folders
}
