//! A build context: the files a build may copy, known from a listing or a folder.

mod listing;
mod manifests;
mod summary;

use std::collections::BTreeMap;

pub use listing::{ListingError, ListingFormat, ListingRemark, read_listing};
pub use manifests::{MAXIMUM_MANIFEST_BYTES, is_manifest};
pub(crate) use summary::place_of_target;
pub use summary::summarize;

/// What a path of a build context is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder that is named itself; folders that only hold files need no entry.
    Folder,
    /// A symbolic link and where it points.
    Link(String),
    /// Several regular files of one folder under the name of one of them, as a link carries a
    /// large context. The bytes are those of all of them together.
    Summary {
        /// How many files, at least 1.
        files: u64,
    },
}

/// One path of a build context.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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

    /// How many files this entry stands for: none for a folder, one for a link.
    #[must_use]
    pub fn count(&self) -> u64 {
        match self.kind {
            FileKind::File | FileKind::Link(_) => 1,
            FileKind::Folder => 0,
            FileKind::Summary { files } => files,
        }
    }
}

/// The files of a build context by path: `/` between parts, none in front, no `.` or `..`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BuildContext {
    /// Sorted by path, bytewise, so that what a folder holds stands together.
    pub files: BTreeMap<String, ContextFile>,
    /// Texts of the few files that say what a project installs (`package.json`, lock files,
    /// `go.mod`, …), by path; only of those that were read.
    pub manifests: BTreeMap<String, String>,
    /// What is worth a look in the listing that it was read from.
    pub remarks: Vec<ListingRemark>,
    /// Where its files stand summed up: a number for the Dockerfile and the ignore file for which
    /// they say what the whole context would. `None` where each file stands for itself.
    pub condensed_for: Option<u64>,
}

/// How a context came to be known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ContextOrigin {
    /// A pasted or written listing.
    Listing,
    /// A folder that a browser read, by its name: it tells neither links nor modes.
    Folder(String),
    /// A folder that the command line walked, by its name, links among its files.
    Walked(String),
    /// A link brought it: the name of the folder that somebody read, `None` for a listing.
    Link(Option<String>),
}

/// A build context that the person brought.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct KnownContext {
    /// How it came to be known.
    pub origin: ContextOrigin,
    /// Its files.
    pub context: BuildContext,
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

/// Whether a path is a folder or below it; everything is below the empty one.
pub(crate) fn is_within(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
