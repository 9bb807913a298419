//! The part of a build context that the ignore file leaves in.

use super::{SourceKind, SourceTree};
use crate::context::{BuildContext, ContextFile, FileKind};
use crate::dockerignore::{Dockerignore, RefusedPattern, Walk};
use crate::order;

/// The part of a build context that the ignore file leaves in, as the builder sees it.
///
/// It holds what any `COPY` may ask for. BuildKit asks the client only for the paths that the
/// needed stages name, so a link inside a copied folder may point at a file that is here and not
/// there; that is not followed up.
#[derive(Clone, Debug)]
pub struct SentContext<'context> {
    /// Sorted by path, bytewise; `None` for a folder that is not an entry of the context.
    entries: Vec<(&'context str, Option<&'context ContextFile>)>,
}

impl<'context> SentContext<'context> {
    /// Keeps the entries whose flag is set; `sent` has one flag an entry, in the order of
    /// [`BuildContext::files`].
    #[must_use]
    pub fn new(context: &'context BuildContext, sent: &[bool]) -> Self {
        let entries = context.files.iter().zip(sent).filter(|(_, sent)| **sent);
        Self { entries: entries.map(|((path, file), _)| (path.as_str(), Some(file))).collect() }
    }

    /// How many entries there are.
    #[must_use]
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Every entry, as if there were no ignore file.
    #[must_use]
    pub(crate) fn whole(context: &'context BuildContext) -> Self {
        Self::new(context, &vec![true; context.files.len()])
    }

    /// Adds the folders that are sent although everything in them stays behind, as `docs/*`
    /// leaves an empty `docs`: a `COPY docs` then copies an empty folder instead of failing.
    ///
    /// # Errors
    /// [`RefusedPattern`] where the builder would stop with an error.
    pub fn with_emptied_folders(
        mut self,
        context: &'context BuildContext,
        walk: &mut Walk<'_>,
    ) -> Result<Self, RefusedPattern> {
        let mut folders: Vec<&str> = Vec::new();
        let mut last = "";
        for path in context.files.keys() {
            let Some((folder, _)) = path.rsplit_once('/').filter(|(folder, _)| *folder != last)
            else {
                continue;
            };
            last = folder;
            for end in ends_of_folders(path) {
                let folder = path.get(..end).unwrap_or_default();
                if folders.last().is_none_or(|known| *known != folder)
                    && self.kind(folder).is_none()
                    && !walk.decide_folder(folder)?.excluded
                {
                    folders.push(folder);
                }
            }
        }
        self.entries.extend(folders.into_iter().map(|folder| (folder, None)));
        order::sort_by_key(&mut self.entries, |(path, _)| *path);
        self.entries.dedup_by_key(|(path, _)| *path);
        Ok(self)
    }

    /// What `ignore` leaves in of a context.
    ///
    /// # Errors
    /// [`RefusedPattern`] where the builder would stop with an error.
    pub fn of(
        context: &'context BuildContext,
        ignore: &Dockerignore,
    ) -> Result<Self, RefusedPattern> {
        let mut walk = Walk::new(ignore);
        let mut sent = Vec::with_capacity(context.files.len());
        for (path, file) in &context.files {
            let decision = match file.kind {
                FileKind::Folder => walk.decide_folder(path)?,
                _ => walk.decide_file(path)?,
            };
            sent.push(!decision.excluded);
        }
        Self::new(context, &sent).with_emptied_folders(context, &mut walk)
    }

    /// The same paths with the entries of another context: one that has the same names, so that the
    /// ignore file need not be applied again.
    #[must_use]
    pub fn with_entries_of<'other>(&self, context: &'other BuildContext) -> SentContext<'other>
    where
        'context: 'other,
    {
        let renew = |(path, file): &(&'context str, Option<&'context ContextFile>)| match file {
            None => Some((*path, None)),
            Some(_) => {
                let (path, file) = context.files.get_key_value(*path)?;
                Some((path.as_str(), Some(file)))
            }
        };
        SentContext { entries: self.entries.iter().filter_map(renew).collect() }
    }

    /// The entry at a path; `None` where nothing is sent or a folder is no entry of its own.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&'context ContextFile> {
        self.entry(path).and_then(|(_, file)| file)
    }

    /// The entries at paths; those that come in bytewise order are found at once.
    pub fn files<'path>(
        &self,
        paths: impl Iterator<Item = &'path str>,
    ) -> impl Iterator<Item = (&'context str, &'context ContextFile)> {
        let mut next = 0;
        paths.filter_map(move |path| {
            let is_next = self.entries.get(next).is_some_and(|(own, _)| *own == path);
            let find = || self.entries.binary_search_by(|(own, _)| (*own).cmp(path)).ok();
            let at = if is_next { next } else { find()? };
            next = at + 1;
            self.entries.get(at).and_then(|(path, file)| Some((*path, (*file)?)))
        })
    }

    fn entry(&self, path: &str) -> Option<(&'context str, Option<&'context ContextFile>)> {
        let at = self.entries.binary_search_by(|(own, _)| (*own).cmp(path)).ok()?;
        self.entries.get(at).copied()
    }

    /// The entries inside a folder.
    fn inside(&self, folder: &str) -> &[(&'context str, Option<&'context ContextFile>)] {
        if folder.is_empty() {
            return &self.entries;
        }
        // Where the path of an entry stands to the paths inside the folder.
        let order = |path: &str| {
            let (path, length) = (path.as_bytes(), folder.len());
            let start = path.get(..length).unwrap_or(path);
            start.cmp(folder.as_bytes()).then_with(|| path.get(length).cmp(&Some(&b'/')))
        };
        let start = self.entries.partition_point(|(path, _)| order(path).is_lt());
        let rest = self.entries.get(start..).unwrap_or_default();
        let end = rest.partition_point(|(path, _)| order(path).is_eq());
        rest.get(..end).unwrap_or_default()
    }
}

/// Where each folder above a path ends, the outermost first.
fn ends_of_folders(path: &str) -> impl Iterator<Item = usize> {
    path.match_indices('/').map(|(at, _)| at)
}

fn kind_of(file: Option<&ContextFile>) -> SourceKind<'_> {
    match file.map(|file| &file.kind) {
        None | Some(FileKind::Folder) => SourceKind::Folder,
        Some(FileKind::File | FileKind::Summary { .. }) => SourceKind::File,
        Some(FileKind::Link(target)) => SourceKind::Link(target),
    }
}

impl SourceTree for SentContext<'_> {
    fn kind(&self, path: &str) -> Option<SourceKind<'_>> {
        if path.is_empty() {
            return Some(SourceKind::Folder);
        }
        match self.entry(path) {
            Some((_, file)) => Some(kind_of(file)),
            None => (!self.inside(path).is_empty()).then_some(SourceKind::Folder),
        }
    }

    fn named(&self, path: &str) -> Option<&str> {
        self.entry(path).map(|(path, _)| path)
    }

    fn below<'tree>(
        &'tree self,
        folder: &str,
    ) -> Box<dyn Iterator<Item = (&'tree str, SourceKind<'tree>)> + 'tree> {
        Box::new(self.inside(folder).iter().map(|(path, file)| (*path, kind_of(*file))))
    }
}
