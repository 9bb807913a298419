//! Folders that are made and emptied, and files that say where packages come from.

use super::RunMachine;
use crate::simulate::simulation::folder;

impl RunMachine<'_, '_> {
    /// Makes a folder.
    pub(in crate::simulate) fn make_folder(&mut self, path: &str) {
        let path = self.path(path);
        if !self.is_mounted(&path) && self.is_certain {
            let cause = self.note("");
            self.writer.write(&path, folder(cause));
        }
    }

    /// Removes what lies below a folder, which stays.
    pub(in crate::simulate) fn empty(&mut self, path: &str) {
        let path = self.path(path);
        if self.is_mounted(&path) {
            return;
        }
        let cause = self.note("");
        if self.is_certain {
            self.writer.empty(&path, cause);
        } else {
            self.maybe_remove(&path);
        }
    }

    /// A file of apt's sources says where packages come from.
    pub(super) fn note_source(&mut self, path: &str) {
        let name = path.strip_prefix("etc/apt/sources.list.d/");
        if let Some(name) = name.filter(|it| !matches!(*it, "debian.sources" | "ubuntu.sources")) {
            let text = format!("{name} {} {}", self.command, self.command_before);
            self.simulator.ledger.note_repository(&text);
        }
    }

    /// What the layer itself holds there may be gone.
    pub(super) fn maybe_remove(&mut self, path: &str) {
        self.writer.change_own(path, |entry| entry.bytes = entry.bytes.perhaps_gone(false));
    }
}
