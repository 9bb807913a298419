//! Files as keys have them: what a `COPY` or a bind mount takes, compared.
//!
//! Names below what is named, content, permission bits and targets of links count; times, owners,
//! the bits of folders and the way to a source do not (measured; `Checksum` of
//! <https://github.com/moby/buildkit/blob/v0.33.0/cache/contenthash/checksum.go>).

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use super::store::RecordId;
use crate::context::{ContextFile, FileKind};

/// Kind and content of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    Folder,
    /// A link and where it points.
    Link(Rc<str>),
    /// Something that changes when the content does.
    Digest(Rc<str>),
    /// Nothing but the size is known, if that is.
    Bytes(Option<u64>),
    /// Files under the name of one of them.
    Several(u64, Option<u64>),
    /// The content itself.
    Text(Rc<str>),
    /// What is behind an address.
    Remote(Rc<str>),
    /// Nothing is there.
    Missing,
}

/// What one file is, as far as a key looks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileIdentity {
    pub(super) mark: Mark,
    /// Permission bits; `None` where they are not known, and for folders and links.
    pub(super) mode: Option<u32>,
    /// `--chown` and `--chmod` of the `COPY`s that brought it to where it is; `None` in a context.
    pub(super) owner: Option<Rc<str>>,
}

impl FileIdentity {
    /// A file of the context.
    #[must_use]
    pub fn of(file: &ContextFile) -> Self {
        let mark = match (&file.kind, &file.digest) {
            (FileKind::Folder, _) => return Self::folder(),
            (FileKind::Link(target), _) => Mark::Link(target.as_str().into()),
            (_, Some(digest)) => Mark::Digest(digest.as_str().into()),
            (FileKind::Summary { files }, None) => Mark::Several(*files, file.bytes),
            (FileKind::File, None) => Mark::Bytes(file.bytes),
        };
        let mode = file.mode.filter(|_| !matches!(mark, Mark::Link(_)));
        Self { mark, mode, owner: None }
    }

    /// A folder.
    #[must_use]
    pub fn folder() -> Self {
        Self::plain(Mark::Folder)
    }

    pub(super) fn plain(mark: Mark) -> Self {
        Self { mark, mode: None, owner: None }
    }

    /// Where a link points; `None` for what is no link.
    pub(super) fn target(&self) -> Option<&str> {
        match &self.mark {
            Mark::Link(target) => Some(target),
            _ => None,
        }
    }

    /// Whether it is a folder.
    pub(super) fn is_folder(&self) -> bool {
        self.mark == Mark::Folder
    }
}

/// A file that is taken.
#[derive(Clone, Debug)]
pub struct ContentFile {
    /// Which source takes it.
    pub(super) source: usize,
    /// The last name of what a wildcard matched; empty without one.
    pub(super) label: Rc<str>,
    /// Its path where it comes from.
    pub(super) path: Rc<str>,
    /// How much of the path is no part of the key: the way to what is named.
    pub(super) skipped: usize,
    pub(super) identity: FileIdentity,
}

impl ContentFile {
    /// What of its place counts: the source, and the path below what that names.
    fn name(&self) -> (usize, &str, &str) {
        let below = self.path.get(self.skipped..).unwrap_or_default();
        (self.source, &self.label, below)
    }
}

impl PartialEq for ContentFile {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name() && self.identity == other.identity
    }
}

impl Hash for ContentFile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
        self.identity.hash(state);
    }
}

/// Files that nobody knows by name: what a step wrote in one run, or what an image holds, below a
/// path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unnamed {
    /// The step or the image.
    pub(super) record: RecordId,
    /// How often it has run.
    pub(super) run: u32,
    /// The name of the image; `None` for a step.
    pub(super) image: Option<Rc<str>>,
    /// The path; empty for the root.
    pub path: String,
}

/// What a step takes from one place.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Content {
    /// Files that are known by name, in the order of the sources.
    pub files: Vec<ContentFile>,
    /// Beside them, what is not known.
    pub unnamed: Vec<Unnamed>,
}

/// How two contents stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// The same bytes.
    Same,
    /// Nobody can tell before the build.
    Unknown,
    /// Not the same.
    Different,
}

impl Content {
    /// Compares with what was taken before. Where the unnamed part is not of the same run, it may
    /// make up for any difference or make one. Images of two names are taken to hold two things,
    /// though the builder would find out if they did not.
    pub(super) fn compare(&self, other: &Self) -> Likeness {
        if std::ptr::eq(self, other) {
            return Likeness::Same;
        }
        if self.unnamed != other.unnamed {
            let image = |content: &Self| content.unnamed.first().and_then(|it| it.image.clone());
            let is_same_image = image(self) == image(other);
            return if is_same_image { Likeness::Unknown } else { Likeness::Different };
        }
        if self.files == other.files { Likeness::Same } else { Likeness::Different }
    }
}

/// How files changed between two contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FileChanges {
    /// Path and what became of it, in order.
    pub(super) changes: Vec<(String, FileChange)>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileChange {
    Modified,
    Mode,
    Target,
    Added,
    Removed,
    Owner,
}

impl FileChanges {
    /// Compares file by file.
    pub(super) fn between(before: &Content, after: &Content) -> Self {
        let old: BTreeMap<_, &ContentFile> =
            before.files.iter().map(|file| (file.name(), file)).collect();
        let new: BTreeSet<_> = after.files.iter().map(ContentFile::name).collect();
        let mut changes = Vec::new();
        for file in &after.files {
            let change = match old.get(&file.name()) {
                None => Some(FileChange::Added),
                Some(old) => change_of(&old.identity, &file.identity),
            };
            changes.extend(change.map(|change| (file.path.to_string(), change)));
        }
        let gone = before.files.iter().filter(|file| !new.contains(&file.name()));
        changes.extend(gone.map(|file| (file.path.to_string(), FileChange::Removed)));
        Self { changes }
    }
}

fn change_of(old: &FileIdentity, new: &FileIdentity) -> Option<FileChange> {
    if old.mark != new.mark {
        let are_links = old.target().is_some() && new.target().is_some();
        return Some(if are_links { FileChange::Target } else { FileChange::Modified });
    }
    if old.mode != new.mode {
        return Some(FileChange::Mode);
    }
    (old.owner != new.owner).then_some(FileChange::Owner)
}
