//! What programs change of a base of which nobody knows the files: an overlay filesystem copies a
//! file whole into the layer, whatever little of it changes.

use super::RunMachine;
use super::files::{FROM_BASE, unseen};
use crate::layer::{ByteRange, Category, EntryKind, FileEntry, Placed};
use crate::packages::{Contents, Machine};
use crate::simulate::known;
use crate::simulate::tree::{is_often_there, is_usual_folder};
use crate::size::Evidence;

/// Bytes of a file of `/etc`; assumed.
const SETTING: [u64; 3] = [0, 1_000, 100_000];
/// Bytes of a text of the base, such as `/etc/profile`; assumed.
const APPENDED_TO: [u64; 3] = [0, 1_000, 10_000];
/// Likely bytes of what a base holds in folders that it has mostly empty; assumed.
const LITTLE: u64 = 20_000;
/// Folders of which every distribution fills the most part itself.
const FILLED: [&str; 4] = ["usr", "usr/bin", "usr/lib", "usr/share"];

impl RunMachine<'_, '_> {
    /// Changes a path, and with `whole` what is below it.
    pub(in crate::simulate) fn rewrite_to_depth(
        &mut self,
        path: &str,
        whole: bool,
        change: impl FnMut(&mut FileEntry) -> bool,
    ) {
        let key = self.path(path);
        let entry = self.writer.root().get(&key);
        let is_folder = entry.is_none_or(|it| it.entry.kind == EntryKind::Folder);
        if !whole && is_folder {
            self.take_base_file(&key);
            return;
        }
        let changed = self.rewrite(path, change);
        let is_seen = changed || self.writer.root().holds(&key);
        // Below `/etc` files and folders have names alike.
        let is_file = |machine: &mut Self| !key.starts_with("etc/") && machine.take_base_file(&key);
        if whole && (!is_seen || FILLED.contains(&key.as_str())) && !is_file(self) {
            self.take_base(&key);
        }
    }

    /// Changes what is at a path and below it; of a file of the base, which nobody knows, all of it
    /// is written again.
    pub(in crate::simulate) fn rewrite_or_take(
        &mut self,
        path: &str,
        change: impl FnMut(&mut FileEntry) -> bool,
    ) {
        if !self.rewrite(path, change) {
            let key = self.path(path);
            self.take_base_file(&key);
        }
    }

    /// Some files below a folder are written again, nobody knows which.
    pub(in crate::simulate) fn rewrite_some(&mut self, path: &str) {
        let key = self.path(path);
        let layer = self.writer.layer();
        let lower = self.writer.root().below(&key).filter(|(_, it)| it.layer < layer);
        let lower: ByteRange = lower.map(|(_, it)| it.entry.bytes).sum();
        let base = match self.is_of_base(&key) {
            true => self.share_below(&key),
            false => ByteRange::NOTHING,
        };
        let whole = lower + base;
        if whole.high() > 0 && !self.is_mounted(&key) {
            self.doubt(format!("Which files below `/{key}` are written again, and so copied up."));
            let bytes = ByteRange::new([0, whole.likely() / 10, whole.high()]);
            self.put(&format!("/{key}"), Contents { bytes, ..unseen() });
        }
    }

    /// Whether the base may hold a path that no step is known to have written or removed.
    fn is_of_base(&self, key: &str) -> bool {
        let layer = self.writer.layer();
        let root = self.writer.root();
        let is_below = root.contents_above(key).any(|(_, it)| it.layer < layer);
        is_below
            && !self.is_mounted(key)
            && !root.is_gone(key)
            && !self.lies_in_made_folder(key)
            && !self.lies_in_own_contents(key)
    }

    /// Whether all that a path may hold would lie in a folder that the Dockerfile itself made, into
    /// which nothing was put of which the names are not known.
    fn lies_in_made_folder(&self, key: &str) -> bool {
        let root = self.writer.root();
        let mut above = root.contents_above(key).map(|(key, _)| key.path.len());
        let Some(deepest) = above.next() else { return true };
        let folders = key.match_indices('/').filter_map(|(at, _)| key.get(..at));
        let is_code = |it: &Placed| it.entry.category == Category::Code;
        let is_made = |folder: &str| {
            let made = root.get(folder).is_some_and(|it| it.entry.kind == EntryKind::Folder);
            // A project that is copied there is more than what an image has there.
            let is_usual = is_usual_folder(folder);
            made && (!is_usual
                || is_often_there(folder) && root.below(folder).any(|(_, it)| is_code(it)))
        };
        folders.filter(|folder| folder.len() > deepest).any(is_made)
    }

    /// Whether the step at work itself put files without names at the deepest folder above a path
    /// that has such, as what it unpacked: changing them copies nothing up.
    fn lies_in_own_contents(&self, key: &str) -> bool {
        let layer = self.writer.layer();
        let mut above = self.writer.root().contents_above(key).peekable();
        let Some(deepest) = above.peek().map(|(key, _)| &*key.path) else { return false };
        // Packages count as files of `/usr`, most of which are the base's.
        !matches!(deepest, "" | "usr")
            && above.take_while(|(key, _)| &*key.path == deepest).any(|(_, it)| it.layer == layer)
    }

    /// A folder of the base, or of what a lower layer holds without names, is written again.
    fn take_base(&mut self, key: &str) {
        if !self.is_of_base(key) {
            return;
        }
        let above = self.writer.root().contents_above(key).map(|(_, it)| it.entry.evidence);
        let evidence = above.max().unwrap_or(Evidence::Assumed).max(Evidence::Assumed);
        let bytes = self.share_below(key);
        if self.is_certain {
            self.hide_base(key, bytes.likely());
        }
        self.doubt(format!("How much of the base lies below `/{key}`, which is written again."));
        let category = Category::Base;
        self.put(&format!("/{key}"), Contents { bytes, evidence, category, ..unseen() });
    }

    /// So many bytes of the base above a path are out of sight.
    fn hide_base(&mut self, key: &str, bytes: u64) {
        let base = |it: &&Placed| it.entry.category == Category::Base;
        let root = self.writer.root();
        let whole = root.contents_above(key).map(|(_, it)| it).filter(base);
        let whole: u64 = whole.map(|it| it.entry.bytes.likely()).fold(0, u64::saturating_add);
        let cause = self.note("");
        let left = [whole.saturating_sub(bytes), whole];
        self.writer.hide_share("", left, cause, |key, it| key.path.is_empty() && base(&it));
    }

    /// What may lie at a folder of contents without names above it. Where a step put some into a
    /// folder of its own, such as an archive below `/opt`, all of that is likely meant.
    fn share_below(&self, key: &str) -> ByteRange {
        let root = self.writer.root();
        let mut above = root.contents_above(key).peekable();
        let deepest = above.peek().map(|(key, _)| key.path.to_string()).unwrap_or_default();
        let all: Vec<_> = above.map(|(key, it)| (&*key.path, it.entry.bytes)).collect();
        let whole: ByteRange = all.iter().map(|(_, bytes)| *bytes).sum();
        let shares = self.shares_of(key);
        let is_little = ["etc/", "var/", "home/", "root/", "tmp/", "run/", "srv/"];
        let likely = match deepest.as_str() {
            "" | "usr" if is_little.iter().any(|folder| key.starts_with(folder)) => {
                LITTLE.min(whole.likely())
            }
            "" | "usr" => whole.between_shares(shares).likely(),
            deepest => {
                let own = all.iter().filter(|(path, _)| *path == deepest);
                own.map(|(_, bytes)| bytes.likely()).fold(0, u64::saturating_add)
            }
        };
        ByteRange::new([whole.between_shares(shares).low().min(likely), likely, whole.high()])
    }

    /// A file of the base is written again. Whether the path is such a file, going by its name.
    pub(in crate::simulate) fn take_base_file(&mut self, key: &str) -> bool {
        if self.writer.root().holds(key) || !self.is_of_base(key) {
            return false;
        }
        let path = format!("/{key}");
        let base = self.simulator.base;
        let known = base.and_then(|base| known::weight(&base.reference, &path));
        let bytes = known.map(|(bytes, _)| bytes).or_else(|| weigh_by_name(key));
        let Some(bytes) = bytes else { return false };
        let why = format!("`{path}` of the base, which is copied into the layer to be changed.");
        self.doubt(format!("How large `{path}` of the base is, which is written again."));
        self.write(&path, Contents { bytes, why, category: Category::Base, ..unseen() });
        true
    }
}

impl RunMachine<'_, '_> {
    /// What a file of the base may weigh to which something is appended, so that it is copied up.
    pub(super) fn appended_to(&self, key: &str) -> Option<ByteRange> {
        let is_setting = key.starts_with("etc/") && !key.contains(".d/");
        let is_there = is_setting || key.ends_with("rc") || key.ends_with(".profile");
        (is_there && self.is_of_base(key)).then(|| ByteRange::new(APPENDED_TO))
    }
}

/// What a file of the base weighs; `None` where the name may be that of a folder, which is copied
/// up without what lies in it.
fn weigh_by_name(key: &str) -> Option<ByteRange> {
    let (folder, name) = key.rsplit_once('/')?;
    let holds_programs = |name: &str| matches!(name, "bin" | "sbin" | "libexec");
    let is_file = name.rfind('.').is_some_and(|at| at > 0) && !name.ends_with(".d");
    let bytes = match folder.split('/').next() {
        _ if is_usual_folder(key) => return None,
        Some("etc") => SETTING,
        _ if is_file || folder.rsplit('/').next().is_some_and(holds_programs) => FROM_BASE,
        _ => return None,
    };
    Some(ByteRange::new(bytes))
}
