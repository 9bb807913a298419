//! The files of a stage that are known by name, so that what another stage takes of them can be
//! compared although the stage was built anew.
//!
//! Names are known of what lies above the last `RUN`: a command may write anything anywhere.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::content::{FileIdentity, Unnamed};
use super::image_name;
use super::store::RecordId;
use crate::simulate::{SourceKind, SourceTree};

/// The most files that are kept by name over all stages of a build, so that a long chain of stages
/// that copy each other's files stays small. Behind that they count as unnamed.
pub(super) const MOST_NAMED: usize = 2_000_000;

/// The files of a stage.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownFiles {
    /// By path, without `/` in front.
    files: Rc<BTreeMap<String, FileIdentity>>,
    /// Whose files lie below them; `None` above `scratch`.
    below: Option<Unnamed>,
}

impl KnownFiles {
    /// Nothing but what a step wrote in one run.
    pub(super) fn of_step(record: RecordId, run: u32) -> Self {
        let below = Unnamed { record, run, image: None, path: String::new() };
        Self { files: Rc::default(), below: Some(below) }
    }

    /// What an image holds.
    pub(super) fn of_image(record: RecordId, reference: &str) -> Self {
        let image = Some(image_name(reference).into());
        let below = Unnamed { record, run: 0, image, path: String::new() };
        Self { files: Rc::default(), below: Some(below) }
    }

    /// Puts files on top.
    pub(super) fn write(&mut self, files: Vec<(String, FileIdentity)>) {
        let known = Rc::make_mut(&mut self.files);
        for (path, identity) in files {
            let path = path.trim_matches('/').to_owned();
            let is_there = path.is_empty() || identity.is_folder() && known.contains_key(&path);
            if !is_there {
                known.insert(path, identity);
            }
        }
    }

    /// How many are known by name.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    pub(super) fn get(&self, path: &str) -> Option<&FileIdentity> {
        self.files.get(path)
    }

    /// What of the unnamed files may lie at a path.
    pub(super) fn unnamed_at(&self, path: &str) -> Option<Unnamed> {
        let below = self.below.clone()?;
        Some(Unnamed { path: path.trim_matches('/').to_owned(), ..below })
    }
}

fn kind_of(identity: &FileIdentity) -> SourceKind<'_> {
    match identity.target() {
        Some(target) => SourceKind::Link(target),
        None if identity.is_folder() => SourceKind::Folder,
        None => SourceKind::File,
    }
}

impl SourceTree for KnownFiles {
    fn kind(&self, path: &str) -> Option<SourceKind<'_>> {
        if path.is_empty() {
            return Some(SourceKind::Folder);
        }
        match self.files.get(path) {
            Some(identity) => Some(kind_of(identity)),
            None => self.below(path).next().map(|_| SourceKind::Folder),
        }
    }

    fn named(&self, path: &str) -> Option<&str> {
        self.files.get_key_value(path).map(|(path, _)| path.as_str())
    }

    fn below<'tree>(
        &'tree self,
        folder: &str,
    ) -> Box<dyn Iterator<Item = (&'tree str, SourceKind<'tree>)> + 'tree> {
        if folder.is_empty() {
            let all = self.files.iter();
            return Box::new(all.map(|(path, identity)| (path.as_str(), kind_of(identity))));
        }
        let inside = format!("{folder}/");
        let first = self.files.range(inside.clone()..);
        let inside = first.take_while(move |(path, _)| path.starts_with(&inside));
        Box::new(inside.map(|(path, identity)| (path.as_str(), kind_of(identity))))
    }
}
