//! Files as keys have them: what a `COPY` or a bind mount takes, compared.
//!
//! Names below what is named, content, permission bits and targets of links count; times, owners,
//! the bits of folders and the way to a source do not (measured; `Checksum` of
//! <https://github.com/moby/buildkit/blob/v0.33.0/cache/contenthash/checksum.go>).

use std::rc::Rc;

use super::store::RecordId;
use crate::context::{ContextFile, FileKind};

/// What one file is, as far as a key looks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileIdentity {
    /// Kind and content: a digest, or a size where nothing else is known.
    pub mark: Rc<str>,
    /// Permission bits; `None` where they are not known, and for folders and links.
    pub mode: Option<u32>,
    /// `--chown` and `--chmod` of the `COPY` that brought it to where it is; empty in a context.
    pub owner: Rc<str>,
}

impl FileIdentity {
    /// A file of the context.
    #[must_use]
    pub fn of(file: &ContextFile) -> Self {
        let mark: Rc<str> = match (&file.kind, &file.digest, file.bytes) {
            (FileKind::Folder, ..) => "folder".into(),
            (FileKind::Link(target), ..) => format!("link {target}").into(),
            (_, Some(digest), _) => format!("digest {digest}").into(),
            (FileKind::Summary { files }, None, bytes) => format!("{files} files {bytes:?}").into(),
            (FileKind::File, None, Some(bytes)) => format!("{bytes} bytes").into(),
            (FileKind::File, None, None) => "file".into(),
        };
        let has_mode = matches!(file.kind, FileKind::File | FileKind::Summary { .. });
        Self { mark, mode: file.mode.filter(|_| has_mode), owner: "".into() }
    }

    /// A folder.
    #[must_use]
    pub fn folder() -> Self {
        Self { mark: "folder".into(), mode: None, owner: "".into() }
    }

    /// Something that is known by a text.
    pub(super) fn of_text(kind: &str, text: &str) -> Self {
        Self { mark: format!("{kind} {text}").into(), mode: Some(0o644), owner: "".into() }
    }

    /// Where a link points; `None` for what is no link.
    pub(super) fn target(&self) -> Option<&str> {
        self.mark.strip_prefix("link ")
    }

    /// Whether it is a folder.
    pub(super) fn is_folder(&self) -> bool {
        &*self.mark == "folder"
    }
}

/// A file that is taken.
#[derive(Clone, Debug)]
pub struct ContentFile {
    /// Its name in the key: number of the source, and the path below what the source names.
    pub name: String,
    /// Its path where it comes from. Not in the key.
    pub path: String,
    /// What it is.
    pub identity: FileIdentity,
}

impl PartialEq for ContentFile {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.identity == other.identity
    }
}

/// Files that nobody knows by name: what a step wrote in one run, or what an image holds, below a
/// path.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, Default, PartialEq)]
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
        if self.unnamed != other.unnamed {
            let image = |content: &Self| content.unnamed.first().and_then(|it| it.image.clone());
            return match (image(self), image(other)) {
                (Some(own), Some(other)) if own != other => Likeness::Different,
                _ => Likeness::Unknown,
            };
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
    /// Compares file by file. The names of both are in order but for the number of the source, so a
    /// map of one finds those of the other.
    pub(super) fn between(before: &Content, after: &Content) -> Self {
        let old: std::collections::BTreeMap<&str, &ContentFile> =
            before.files.iter().map(|file| (file.name.as_str(), file)).collect();
        let new: std::collections::BTreeSet<&str> =
            after.files.iter().map(|file| file.name.as_str()).collect();
        let mut changes = Vec::new();
        for file in &after.files {
            let change = match old.get(file.name.as_str()) {
                None => Some(FileChange::Added),
                Some(old) => change_of(&old.identity, &file.identity),
            };
            changes.extend(change.map(|change| (file.path.clone(), change)));
        }
        let gone = before.files.iter().filter(|file| !new.contains(file.name.as_str()));
        changes.extend(gone.map(|file| (file.path.clone(), FileChange::Removed)));
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
