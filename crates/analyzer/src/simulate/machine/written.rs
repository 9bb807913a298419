//! The entries of what commands write.

use super::RunMachine;
use crate::layer::{AssumptionIndex, Category, FileEntry};
use crate::packages::Contents;
use crate::simulate::assumptions::{Place, Scale};
use crate::simulate::files::exact_file;
use crate::size::Evidence;

/// What a command wrote.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::simulate) struct Written {
    /// Anything at all.
    pub(in crate::simulate) something: bool,
    /// Something whose size the person typed.
    typed: bool,
    /// Something of which nobody told the size.
    open: bool,
}

impl Written {
    /// Whether the person said how much it all is, so that no doubt about it is left. What is kept
    /// beside it without need, such as a cache, answers for nothing and is no doubt either.
    pub(in crate::simulate) fn is_told(self) -> bool {
        self.typed && !self.open
    }

    fn note(&mut self, entry: &FileEntry, is_typed: bool, is_scaled: bool) {
        self.something = true;
        if entry.category != Category::Cache {
            let is_derived = is_scaled && entry.evidence != Evidence::Unknown;
            self.typed |= is_typed;
            self.open |= entry.evidence >= Evidence::Assumed && !is_derived;
        }
    }
}

impl RunMachine<'_, '_> {
    /// The entry of files that the command at work writes at an absolute path, instead of what
    /// rests on an assumption already.
    pub(in crate::simulate) fn entry(
        &mut self,
        path: &str,
        contents: Contents,
        replaces: Option<AssumptionIndex>,
    ) -> FileEntry {
        let cause = self.note(&contents.why);
        let bytes = match self.is_certain {
            true => contents.bytes,
            false => contents.bytes.perhaps_gone(self.is_fallback),
        };
        let entry = FileEntry {
            bytes,
            evidence: contents.evidence,
            packing: contents.packing,
            ..exact_file(cause, contents.category)
        };
        let place = Place { path, origin: &self.command, replaces };
        let entry = self.simulator.assume_in_proportion(place, entry, self.scale);
        let is_typed = entry.assumption.is_some() && entry.evidence == Evidence::Exact;
        self.written.note(&entry, is_typed, self.scale.is_some());
        if is_typed && self.scale.is_none() {
            self.scale = Scale::of(&entry, &self.simulator.simulation.assumptions);
        }
        // Where the person says what lies there, no branch decides it any more.
        if let Some(branch) = self.branch.filter(|_| !is_typed) {
            self.branches.note(entry.cause, branch);
        }
        entry
    }

    /// Files of a command that nobody knows: the command names them, not their place.
    pub(in crate::simulate) fn put_unknown(&mut self, contents: Contents) {
        let folder = self.path(".");
        if !self.is_mounted(&folder) {
            let command = self.command.clone();
            let command = crate::simulate::assumptions::shorten(&command);
            let entry = self.entry(&command, contents, None);
            self.writer.add_contents(&folder, entry);
        }
    }
}
