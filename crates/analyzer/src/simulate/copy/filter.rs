//! Which files below a copied folder `--exclude` and the pattern of `--parents` leave.
//!
//! `copier.copy` of <https://github.com/moby/moby/blob/16db27c89c25/vendor/github.com/tonistiigi/fsutil/copy/copy.go>. Both
//! match paths relative to the copied folder, never the copied path itself: a file named as source
//! or matched by a wildcard is copied whatever they say
//! (<https://github.com/moby/buildkit/issues/5489>).

use super::folders::OpenFolders;
use crate::dockerignore::{MalformedPattern, MatchedPatterns, PatternList};
use crate::order;
use crate::simulate::{SourceKind, SourceTree};

/// The patterns of one `COPY`.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    /// `--parents`: only what matches is taken.
    pub(super) include: Option<PatternList>,
    /// `--exclude`: what matches is left.
    pub(super) exclude: Option<PatternList>,
}

/// What the patterns say of one path.
struct Verdict {
    taken: bool,
    include: MatchedPatterns,
    exclude: MatchedPatterns,
}

impl Filter {
    /// Whether there is any pattern, be it one that matches nothing.
    pub(super) fn is_set(&self) -> bool {
        self.include.is_some() || self.exclude.is_some()
    }

    /// The paths below `folder` that are taken, in bytewise order. Folders above something taken
    /// are taken too.
    ///
    /// # Errors
    /// Where the builder finds a pattern that it cannot compile.
    pub(super) fn take<'tree>(
        &self,
        tree: &'tree dyn SourceTree,
        folder: &str,
    ) -> Result<Vec<&'tree str>, MalformedPattern> {
        if !self.is_set() {
            return Ok(tree.below(folder).map(|(path, _)| path).collect());
        }
        let root = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let mut taken = Vec::new();
        let mut left_folders = Vec::new();
        let mut folders = OpenFolders::new();
        for (path, kind) in tree.below(folder) {
            let parent = folders.enter(path, root, |folder, parent: Option<&Verdict>| {
                self.decide(folder.get(root..).unwrap_or_default(), parent)
            })?;
            if self.decide(path.get(root..).unwrap_or_default(), parent)?.taken {
                taken.push(path);
            } else if kind == SourceKind::Folder {
                left_folders.push(path);
            }
        }
        left_folders.retain(|folder| holds_any(&taken, folder));
        if !left_folders.is_empty() {
            taken.append(&mut left_folders);
            order::sort(&mut taken);
        }
        Ok(taken)
    }

    fn decide(&self, path: &str, parent: Option<&Verdict>) -> Result<Verdict, MalformedPattern> {
        let mut verdict = Verdict {
            taken: true,
            include: MatchedPatterns::default(),
            exclude: MatchedPatterns::default(),
        };
        if let Some(include) = &self.include {
            let above = parent.map(|parent| &parent.include);
            (verdict.taken, verdict.include) = include.matches(path, above)?;
        }
        if let Some(exclude) = &self.exclude {
            let above = parent.map(|parent| &parent.exclude);
            let (left, matched) = exclude.matches(path, above)?;
            verdict.taken &= !left;
            verdict.exclude = matched;
        }
        Ok(verdict)
    }
}

/// Whether one of `paths`, which are sorted, lies inside `folder`.
fn holds_any(paths: &[&str], folder: &str) -> bool {
    let is_before = |path: &&str| path.bytes().cmp(folder.bytes().chain([b'/'])).is_lt();
    let first = paths.get(paths.partition_point(is_before));
    first.is_some_and(|path| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}
