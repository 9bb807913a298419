//! A simulated stage as the tree that a `COPY --from` copies from.

use super::copy::Presence;
use super::{SourceKind, SourceTree};
use crate::layer::{EntryKind, Placed, RootFs};
use crate::plan::paths;

/// Folders that every Linux image has.
const USUAL_FOLDERS: [&str; 34] = [
    "bin",
    "boot",
    "dev",
    "etc",
    "home",
    "lib",
    "media",
    "mnt",
    "opt",
    "proc",
    "root",
    "run",
    "sbin",
    "srv",
    "sys",
    "tmp",
    "usr",
    "usr/bin",
    "usr/lib",
    "usr/local",
    "usr/local/bin",
    "usr/local/lib",
    "usr/local/sbin",
    "usr/local/share",
    "usr/sbin",
    "usr/share",
    "var",
    "var/cache",
    "var/lib",
    "var/log",
    "var/opt",
    "var/run",
    "var/spool",
    "var/tmp",
];

/// Folders that images have for what is put there: a `WORKDIR` is often of that name.
const OFTEN_THERE: [&str; 4] = ["home/node", "usr/src", "var/www", "var/www/html"];

/// Whether images have the folder for what is put there.
pub(super) fn is_often_there(path: &str) -> bool {
    OFTEN_THERE.contains(&path)
}

/// Whether a base is likely to have the folder, whatever the Dockerfile makes.
pub(super) fn is_usual_folder(path: &str) -> bool {
    USUAL_FOLDERS.contains(&path) || OFTEN_THERE.contains(&path)
}

/// A path of a command or an instruction as keys have it: absolute, cleaned, no `/` in front.
pub(super) fn container_path(working_directory: &str, path: &str) -> String {
    let folder = if path.starts_with('/') { "/" } else { working_directory };
    let mut path = paths::clean(folder, path);
    path.remove(0);
    path
}

/// What the step sees at an absolute path.
pub(super) fn look(root: &RootFs, path: &str) -> Presence {
    let path = path.trim_matches('/');
    match root.get(path).map(|placed| placed.entry.kind) {
        Some(EntryKind::Folder) => return Presence::Folder,
        Some(EntryKind::File | EntryKind::Link) => return Presence::File,
        Some(EntryKind::Contents) | None => {}
    }
    if root.holds(path) || USUAL_FOLDERS.contains(&path) {
        return Presence::Folder;
    }
    let is_base = root.contents_above(path).next().is_some();
    if is_base { Presence::Unknown } else { Presence::Nothing }
}

/// What a simulated stage is known to hold.
pub(super) struct StageTree<'root>(pub(super) &'root RootFs);

impl SourceTree for StageTree<'_> {
    fn kind(&self, path: &str) -> Option<SourceKind<'_>> {
        if path.is_empty() {
            return Some(SourceKind::Folder);
        }
        match self.0.get(path).map(|placed| placed.entry.kind) {
            Some(EntryKind::File) => Some(SourceKind::File),
            Some(EntryKind::Link) => Some(SourceKind::File),
            Some(_) => Some(SourceKind::Folder),
            None => self.0.holds(path).then_some(SourceKind::Folder),
        }
    }

    fn named(&self, path: &str) -> Option<&str> {
        self.0.below(path).next().map(|(key, _)| &*key.path).filter(|own| *own == path)
    }

    fn below<'tree>(
        &'tree self,
        folder: &str,
    ) -> Box<dyn Iterator<Item = (&'tree str, SourceKind<'tree>)> + 'tree> {
        let own = folder.len();
        let named =
            self.0.below(folder).filter(move |(key, _)| key.number == 0 && key.path.len() > own);
        Box::new(named.map(|(key, placed)| (&*key.path, kind_of(placed))))
    }
}

fn kind_of(placed: &Placed) -> SourceKind<'static> {
    match placed.entry.kind {
        EntryKind::Folder | EntryKind::Contents => SourceKind::Folder,
        EntryKind::File | EntryKind::Link => SourceKind::File,
    }
}
