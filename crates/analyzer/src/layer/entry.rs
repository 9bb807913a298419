//! What lies at a container path.

use std::rc::Rc;

use super::ByteRange;
use crate::size::Evidence;

/// Why something is there: its place in the list of causes that a simulation keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CauseIndex(pub u32);

/// Which assumption something's size rests on: its place in the list that a simulation keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AssumptionIndex(pub u32);

/// Where an entry lies: a container path without `/` in front, `""` for the root, and a number.
///
/// Number 0 is the file itself; contents whose names nobody knows lie at the folder that holds them
/// under a number of their own, so that two installs into `/usr` stay apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryKey {
    /// Container path, bytewise order.
    pub path: Rc<str>,
    /// Which entry at the path.
    pub number: u32,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder that is named itself; it weighs nothing.
    Folder,
    /// A symbolic link; it weighs nothing.
    Link,
    /// Files below the path, nobody knows under which names.
    Contents,
}

/// What part of an image something is, as the bar of a layer shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Category {
    /// The base image.
    Base,
    /// Packages of the distribution.
    Packages,
    /// What the language's package manager brings.
    Dependencies,
    /// Files of the build context.
    Code,
    /// What a build writes.
    Build,
    /// What came from the network by hand.
    Download,
    /// Lists, caches and logs that nobody needs in an image.
    Cache,
    /// Everything else.
    Other,
}

impl Category {
    /// Every part, in the order of bars and lists.
    pub const ALL: [Self; 8] = [
        Self::Base,
        Self::Packages,
        Self::Dependencies,
        Self::Code,
        Self::Build,
        Self::Download,
        Self::Cache,
        Self::Other,
    ];

    /// Stable word, as JSON and styles have it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Packages => "packages",
            Self::Dependencies => "dependencies",
            Self::Code => "code",
            Self::Build => "build",
            Self::Download => "download",
            Self::Cache => "cache",
            Self::Other => "other",
        }
    }

    /// What people call it, as it stands in a sentence before or after a size.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Base => "base image",
            Self::Packages => "system packages",
            Self::Dependencies => "dependencies",
            Self::Code => "your files",
            Self::Build => "build output",
            Self::Download => "downloads",
            Self::Cache => "caches and lists",
            Self::Other => "other files",
        }
    }
}

/// How well something packs: bytes that a pull transfers for a hundred bytes of files.
///
/// From the layers of `tests/measured` over 1 MB, gzip by files, in per cent: 75 of Debian packages
/// 31 to 43 from the tenth to the ninetieth percentile with a median of 38, 28 of Python packages 30 to
/// 42 (32), 6 of npm packages 20 to 30 (25), two of package lists 77. Files of a person, programs and
/// what is packed already are assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packing(pub [u8; 3]);

impl Packing {
    /// Packages of a distribution: programs and libraries.
    pub const PROGRAMS: Self = Self([31, 38, 43]);
    /// Packages of a language: mostly text.
    pub const SOURCES: Self = Self([20, 30, 42]);
    /// Files of a person, of which nothing is known.
    pub const FILES: Self = Self([15, 45, 100]);
    /// What is packed already.
    pub const PACKED: Self = Self([80, 97, 100]);
    /// Lists of packages as `apt-get update` leaves them.
    pub const LISTS: Self = Self([72, 77, 82]);
    /// Pages of a package index as JSON, which repeat themselves: npm's packed to 6.6 and 7 on two
    /// measured layers (August 2026).
    pub const PAGES: Self = Self([4, 7, 15]);
    /// Zeros: a sparse file.
    pub const ZEROS: Self = Self([0, 0, 1]);
    /// A program linked into one file.
    pub const BINARY: Self = Self([28, 40, 55]);

    /// The bytes that a pull transfers for `bytes`.
    #[must_use]
    pub fn pack(self, bytes: ByteRange) -> ByteRange {
        bytes.between_shares(self.0.map(u64::from))
    }
}

/// What lies at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Bytes of its files.
    pub bytes: ByteRange,
    /// How they are known.
    pub evidence: Evidence,
    /// What it is.
    pub kind: EntryKind,
    /// What part of the image it is.
    pub category: Category,
    /// How it packs.
    pub packing: Packing,
    /// Owner as the instruction names it; `None` for root.
    pub owner: Option<Rc<str>>,
    /// Mode bits where they are known.
    pub mode: Option<u32>,
    /// What the bytes are, where that is known: two entries with one identity hold the same bytes.
    pub identity: Option<Rc<str>>,
    /// Path in the build context of what it was copied from, unchanged since; what a manifest says
    /// is looked up there.
    pub context_path: Option<Rc<str>>,
    /// Why it is there.
    pub cause: CauseIndex,
    /// The assumption that its size rests on; copies rest on the same one.
    pub assumption: Option<AssumptionIndex>,
}

impl FileEntry {
    /// Many entries as one: what the heaviest is, as heavy as all, known as the weakest.
    #[must_use]
    pub fn sum_up<'entry>(entries: impl Iterator<Item = &'entry Self> + Clone) -> Option<Self> {
        let bytes = entries.clone().map(|entry| entry.bytes).sum();
        let evidence = entries.clone().map(|entry| entry.evidence).max()?;
        let heaviest = entries.max_by_key(|entry| entry.bytes.likely())?.clone();
        let kind = EntryKind::Contents;
        Some(Self {
            bytes,
            evidence,
            kind,
            mode: None,
            identity: None,
            context_path: None,
            ..heaviest
        })
    }

    /// Whether nothing tells it from `other` that the builder looks at, so that writing it again
    /// writes nothing.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.identity.is_some()
            && self.identity == other.identity
            && (self.bytes, self.kind, self.mode) == (other.bytes, other.kind, other.mode)
            && self.owner == other.owner
    }
}
