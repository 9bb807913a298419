//! A build context: the files a build may copy, known from a listing or a folder.

mod listing;

use std::collections::BTreeMap;

pub use listing::{ListingError, ListingFormat, read_listing};

/// What a path of a build context is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder that is named itself; folders that only hold files need no entry.
    Folder,
    /// A symbolic link and where it points.
    Link(String),
}

/// One path of a build context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextFile {
    /// What it is.
    pub kind: FileKind,
    /// Content bytes; `None` where the listing does not say.
    pub bytes: Option<u64>,
    /// Permission bits, such as `0o644`; `None` where the listing does not say.
    pub mode: Option<u32>,
    /// Something that changes when the content does, such as a git blob id.
    pub digest: Option<String>,
}

impl ContextFile {
    /// A regular file of which only the size is known.
    #[must_use]
    pub fn of_bytes(bytes: u64) -> Self {
        Self { kind: FileKind::File, bytes: Some(bytes), mode: None, digest: None }
    }
}

/// The files of a build context by path: `/` between parts, none in front, no `.` or `..`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildContext {
    /// Sorted by path, bytewise.
    pub files: BTreeMap<String, ContextFile>,
}

/// Brings a listed path into the context's form; `None` for the root and for paths outside.
#[must_use]
pub fn normalize_path(path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}
