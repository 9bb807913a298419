//! What programs do to single files of the machine.

use super::{RunMachine, small_file};
use crate::layer::{ByteRange, Category, EntryKind, FileEntry, Packing};
use crate::packages::{Argument, Contents, Machine};
use crate::simulate::copy::Presence;
use crate::simulate::copy::wildcard::{Wildcard, has_wildcard, split};
use crate::simulate::tree::look;
use crate::size::Evidence;

/// Bytes that come out of a command or go into one, and how they pack.
pub(in crate::simulate) type Flow = (ByteRange, Packing);

/// Bytes of a file that a command's output goes to.
const PRINTED: [u64; 3] = [0, 300, 20_000];
/// Bytes of what is copied from the base, whose files nobody knows here.
pub(super) const FROM_BASE: [u64; 3] = [0, 20_000, 20_000_000];

/// Units of work that a path counts which is held to a pattern, or found by one.
const MATCHED: usize = 6;

impl RunMachine<'_, '_> {
    /// Whether a path holds wildcards.
    pub(in crate::simulate) fn is_pattern(&self, path: &str) -> bool {
        has_wildcard(path)
    }

    /// Whether files without names may hold the path, or a mount shows it.
    pub(super) fn may_lie_at(&self, path: &str) -> bool {
        let key = self.path(path);
        let is_told = |category: Category| match category {
            Category::Packages | Category::Dependencies | Category::Cache => true,
            Category::Base => self.simulator.base.is_some(),
            _ => false,
        };
        let mut above = self.writer.root().contents_above(&key);
        self.is_mounted(&key) || above.any(|(_, placed)| !is_told(placed.entry.category))
    }

    /// The paths that an argument stands for, absolute; of a pattern those that are known.
    pub(in crate::simulate) fn expand(&self, argument: &Argument) -> Vec<String> {
        if !argument.is_known {
            return Vec::new();
        }
        let path = format!("/{}", self.path(&argument.text));
        // `src/.` says: what is in the folder.
        let path = if argument.text.ends_with("/.") { format!("{path}/.") } else { path };
        if !argument.has_glob || self.is_bound(path.trim_start_matches('/')) {
            return vec![path];
        }
        let (folder, Some(pattern)) = split(&path) else { return vec![path] };
        let Some(wildcard) = Wildcard::compile(pattern) else { return Vec::new() };
        let folder = folder.trim_start_matches('/');
        let depth = pattern.split('/').count();
        let mut found: Vec<String> = Vec::new();
        for (key, _) in self.writer.root().below(folder) {
            self.simulator.work.add(MATCHED);
            let inside = key.path.get(folder.len()..).unwrap_or_default().trim_start_matches('/');
            let name = first_parts(inside, depth);
            // A star takes no hidden file.
            if name.starts_with('.') && !pattern.starts_with('.') || !wildcard.matches(name) {
                continue;
            }
            let path = format!("/{folder}/{name}").replace("//", "/");
            if found.last() != Some(&path) {
                self.simulator.work.add(MATCHED);
                found.push(path);
            }
        }
        found
    }

    /// The paths that several arguments stand for.
    pub(in crate::simulate) fn expand_all(&self, arguments: &[&Argument]) -> Vec<String> {
        arguments.iter().flat_map(|argument| self.expand(argument)).collect()
    }

    /// Where `cp` or `mv` puts a source: into the target where that is a folder.
    pub(in crate::simulate) fn land(&self, source: &str, to: &str, is_many: bool) -> String {
        let path = self.path(to);
        let is_folder = look(self.writer.root(), &path) == Presence::Folder;
        if !(is_many || is_folder || to.ends_with('/') || matches!(to, "." | "..")) {
            return format!("/{path}");
        }
        let name = source.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        format!("/{path}/{name}").replace("//", "/")
    }

    /// Copies or moves what is at a path.
    pub(in crate::simulate) fn relocate(&mut self, from: &str, to: &str, is_move: bool) {
        let (from, to) = (self.path(from), self.path(to));
        let (comes_in, goes_out) = (self.is_mounted(&from), self.is_mounted(&to));
        if goes_out {
            if is_move && self.is_certain && !comes_in {
                self.remove(&format!("/{from}"));
            }
            return;
        }
        if let Some(contents) = self.find_passing(&from).filter(|_| comes_in) {
            self.write(&format!("/{to}"), contents);
            return;
        }
        if comes_in && self.is_certain && self.copy_off_mount(&from, &to) {
            return;
        }
        if comes_in || !self.writer.root().holds(&from) {
            self.take_unseen(&from, &to, is_move);
            return;
        }
        let cause = self.note("");
        if !self.is_certain {
            let bytes = self.writer.root().bytes_below(&from);
            self.put(&format!("/{to}"), Contents { bytes, ..unseen() });
        } else if is_move {
            self.writer.rename(&from, &to, cause);
        } else {
            self.writer.copy(&from, &to, cause);
        }
    }

    /// A file on a mount; where none has the name, the largest that a build wrote beside it, whose
    /// name is only guessed.
    fn find_passing(&self, path: &str) -> Option<Contents> {
        if let Some(contents) = self.passing.get(path) {
            return Some(contents.clone());
        }
        let place = |path: &str| {
            let (folder, name) = path.rsplit_once('/')?;
            let suffix = name.rsplit_once('.').map(|(_, suffix)| suffix.to_owned());
            Some((folder.to_owned(), suffix))
        };
        let wanted = place(path)?;
        let built = self.passing.iter().filter(|(own, contents)| {
            contents.category == Category::Build && place(own).as_ref() == Some(&wanted)
        });
        built.map(|(_, contents)| contents).max_by_key(|it| it.bytes.likely()).cloned()
    }

    /// Something is copied or moved that no step is known to have written.
    fn take_unseen(&mut self, from: &str, to: &str, is_move: bool) {
        let own = self.writer.layer();
        let is_own = self.writer.root().contents_above(from).any(|(_, it)| it.layer == own);
        // What moves within the step's own files stays as heavy as it is.
        if is_move && is_own {
            return;
        }
        let share = self.share_of_base(from).filter(|_| !self.is_mounted(from));
        if share.is_some() {
            self.doubt(format!("How much of the base lies below `/{from}`, which is copied."));
        }
        let bytes = share.unwrap_or(ByteRange::new(FROM_BASE));
        self.put(&format!("/{to}"), Contents { bytes, ..unseen() });
    }

    /// Changes what is at a path and below it; see [`crate::layer::LayerWriter::rewrite`] and, for
    /// commands that may not run, [`crate::layer::LayerWriter::rewrite_perhaps`].
    pub(in crate::simulate) fn rewrite(
        &mut self,
        path: &str,
        mut change: impl FnMut(&mut FileEntry) -> bool,
    ) -> bool {
        let path = self.path(path);
        if self.is_mounted(&path) {
            return false;
        }
        let cause = self.note("");
        if self.is_certain {
            return self.writer.rewrite(&path, cause, &mut change);
        }
        let is_fallback = self.is_fallback;
        self.writer.rewrite_perhaps(&path, cause, |entry| {
            let changes = change(entry);
            entry.bytes = entry.bytes.perhaps_gone(is_fallback);
            changes
        })
    }

    /// Writes one file again as it is. Whether it is known.
    pub(in crate::simulate) fn rewrite_one(&mut self, path: &str) -> bool {
        let key = self.path(path);
        let is_file =
            self.writer.root().get(&key).is_some_and(|it| it.entry.kind == EntryKind::File);
        is_file && self.rewrite(path, |_| true)
    }

    /// A file of zeros.
    pub(in crate::simulate) fn write_zeros(&mut self, path: &str, size: u64) {
        self.write_told(path, size, Packing::ZEROS);
    }

    /// A file of random bytes, which do not pack.
    pub(in crate::simulate) fn write_random(&mut self, path: &str, size: u64) {
        self.write_told(path, size, Packing::PACKED);
    }

    /// A file of as many bytes as the command says.
    fn write_told(&mut self, path: &str, size: u64, packing: Packing) {
        self.write(path, Contents { packing, ..small_file(ByteRange::exact(size)) });
    }

    /// A file of which the command does not tell how large it is.
    pub(in crate::simulate) fn write_unknown_size(&mut self, path: &str) {
        let why = format!("How large `{path}` becomes is not known here.");
        self.doubt(why.clone());
        self.write(path, Contents { evidence: Evidence::Unknown, why, ..unseen() });
    }

    /// The output of a command goes to a file; so many bytes of it, where that is known.
    pub(in crate::simulate) fn write_text(
        &mut self,
        path: &str,
        bytes: Option<Flow>,
        append: bool,
    ) {
        if path.is_empty() || path.starts_with("/dev/") || path.starts_with("/proc/") {
            return;
        }
        let packing = bytes.map_or(Packing::FILES, |(_, packing)| packing);
        let added = bytes.map_or(ByteRange::new(PRINTED), |(bytes, _)| bytes);
        let key = self.path(path);
        let before = self.writer.root().get(&key).filter(|_| append).map(|it| it.entry.bytes);
        let before = before.or_else(|| self.appended_to(&key).filter(|_| append));
        let bytes = before.map_or(added, |before| before + added);
        self.write(path, Contents { packing, ..small_file(bytes) });
    }

    /// The bytes that the files of some operands print one after the other; `None` where one is not
    /// known. `-` stands for the standard input.
    pub(in crate::simulate) fn count_printed(&self, operands: &[&Argument]) -> Option<Flow> {
        let mut flows = Vec::new();
        for operand in operands {
            if operand.text == "-" {
                flows.push(self.fed?);
                continue;
            }
            let paths = self.expand(operand);
            paths.first()?;
            for path in paths {
                let entry = self.look_at(&path).filter(|it| it.kind == EntryKind::File)?;
                let is_known = entry.evidence != Evidence::Unknown;
                flows.push(is_known.then_some((entry.bytes, entry.packing))?);
            }
        }
        let heaviest = flows.iter().max_by_key(|(bytes, _)| bytes.likely())?.1;
        Some((flows.iter().map(|(bytes, _)| *bytes).sum(), heaviest))
    }

    /// Bytes and packing of each entry at a path and below it; links and folders weigh nothing.
    pub(in crate::simulate) fn entries_below(&self, path: &str) -> Vec<Flow> {
        let key = self.path(path);
        let below = self.writer.root().below(&key);
        below.map(|(_, placed)| (placed.entry.bytes, placed.entry.packing)).collect()
    }

    /// The file at a path, where it is known.
    pub(in crate::simulate) fn look_at(&self, path: &str) -> Option<FileEntry> {
        let key = self.path(path);
        self.writer.root().get(&key).map(|placed| placed.entry.clone())
    }

    /// Remembers from where a file was fetched.
    pub(in crate::simulate) fn note_fetched(&mut self, file: &str, address: &str) {
        let key = self.path(file);
        self.fetched.insert(key, address.to_owned());
    }

    /// The address a file was fetched from.
    pub(in crate::simulate) fn fetched_as(&self, file: &str) -> Option<String> {
        self.fetched.get(&self.path(file)).cloned()
    }
}

pub(super) fn unseen() -> Contents {
    Contents {
        category: Category::Other,
        packing: Packing::FILES,
        bytes: ByteRange::NOTHING,
        evidence: Evidence::Assumed,
        why: String::new(),
    }
}

/// The first parts of a path.
fn first_parts(path: &str, count: usize) -> &str {
    let end = path.match_indices('/').nth(count.saturating_sub(1)).map(|(at, _)| at);
    end.and_then(|end| path.get(..end)).unwrap_or(path)
}
