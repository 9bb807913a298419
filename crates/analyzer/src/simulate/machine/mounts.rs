//! What is copied off bind mounts, and off a base of which nobody knows the files.

use super::RunMachine;
use crate::layer::{ByteRange, Category};
use crate::plan::{CopySource, CopyStep, Mount, MountKind};
use crate::simulate::copy::wildcard::has_wildcard;
use crate::simulate::files::copy_files;
use crate::simulate::links::clean;

/// A bind mount.
#[derive(Clone, Debug)]
pub(super) struct Bind {
    /// Where it lies, as keys have it.
    target: String,
    /// What it shows, without `/` in front.
    source: String,
    from: CopySource,
}

impl Bind {
    pub(super) fn of(mount: &Mount, target: &str) -> Option<Self> {
        let is_bind = mount.kind == MountKind::Bind;
        let (target, source) = (target.to_owned(), clean(&mount.source));
        is_bind.then(|| Self { target, source, from: mount.from.clone() })
    }

    /// The path in its source that it shows at a path.
    fn source_of(&self, path: &str) -> Option<String> {
        let rest = path.strip_prefix(self.target.as_str())?;
        let source = || format!("/{}{rest}", self.source).replace("//", "/");
        (rest.is_empty() || rest.starts_with('/')).then(source)
    }
}

impl RunMachine<'_, '_> {
    /// Copies what a bind mount shows, as `COPY` would; false where none shows the path.
    pub(super) fn copy_off_mount(&mut self, from: &str, to: &str) -> bool {
        let binds = self.binds.iter().rev();
        let shown = binds.filter_map(|bind| Some((bind.source_of(from)?, bind.from.clone())));
        let Some((source, stage)) = shown.max_by_key(|(source, _)| source.len()) else {
            return false;
        };
        // The names that a pattern stands for lie in the folder.
        let (folder, name) = to.rsplit_once('/').unwrap_or(("", to));
        let destination = match has_wildcard(name) {
            true => format!("/{folder}/"),
            false => format!("/{to}"),
        };
        let copy = CopyStep {
            add: false,
            from: stage,
            sources: vec![source],
            heredocs: Vec::new(),
            destination: destination.replace("//", "/"),
            chown: None,
            chmod: None,
            link: false,
            parents: false,
            excludes: Vec::new(),
            checksum: None,
            keep_git_dir: false,
            unpack: None,
        };
        copy_files(self.simulator, self.step, &copy, self.writer);
        self.written.something = true;
        true
    }

    /// Whether a bind mount shows the path.
    pub(super) fn is_bound(&self, path: &str) -> bool {
        self.binds.iter().any(|bind| bind.source_of(path).is_some())
    }

    /// What a folder of the base is assumed to weigh that is copied whole; `None` where the command
    /// copies a single file, or no base may hold it.
    pub(super) fn share_of_base(&mut self, folder: &str) -> Option<ByteRange> {
        let is_flag = |word: &str| word.starts_with('-') && !word.starts_with("--");
        let is_whole = self.command.split(' ').any(|word| match is_flag(word) {
            true => word.contains(['r', 'R', 'a']),
            false => matches!(word, "mv" | "--recursive" | "--archive"),
        });
        let above = self.writer.root().contents_above(folder).map(|(_, it)| &it.entry);
        let base: ByteRange =
            above.filter(|it| it.category == Category::Base).map(|it| it.bytes).sum();
        if !is_whole || base.high() == 0 {
            return None;
        }
        Some(base.between_shares(self.shares_of(folder)))
    }

    /// What a folder holds of a base, in per cent.
    pub(super) fn shares_of(&self, folder: &str) -> [u64; 3] {
        SHARES.iter().find(|(name, _)| *name == folder).map_or(ELSEWHERE, |it| it.1)
    }
}

/// What folders hold of a base, in per cent: least, likely, most. Assumed: distributions keep nearly
/// all below `/usr`, and language images put theirs there as well.
const SHARES: &[(&str, [u64; 3])] = &[
    ("usr", [50, 88, 100]),
    ("usr/lib", [10, 45, 90]),
    ("usr/local", [0, 15, 90]),
    ("usr/share", [2, 6, 60]),
    ("usr/bin", [1, 12, 50]),
    ("etc", [0, 1, 5]),
    ("var", [0, 5, 30]),
];

/// The same of other folders.
const ELSEWHERE: [u64; 3] = [0, 5, 90];
