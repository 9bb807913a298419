//! Base images: how a reference is read and which row of the bundled table it means.
//!
//! The table (`crates/analyzer/data/images.jsonl`, one row a variant, each with source and date)
//! is compacted into a bundle that this module reads only as far as a question needs. An
//! uncompressed size is the sum of the layers' files as Docker's classic image store shows it; the
//! containerd store counts compressed and unpacked bytes together and so reads larger.
//!
//! A reference is matched in this order: the row that has the tag; the nearest row of the same
//! image with known sizes (`images/nearest.rs` says what is near, `images/span.rs` how wide the range
//! of another variant is); the image it is built from, as a lower bound; nothing. Every step away
//! from the tag widens the range, weakens the evidence (`modelled` at best for another version,
//! `assumed` for another variant) and says so in [`BaseImage::approximation`].

mod bundle;
mod distroless;
mod estimate;
mod exchange;
mod lookup;
mod nearest;
mod official;
mod platform;
mod reference;
mod span;
mod suggest;
mod tag;
mod windows;

pub use bundle::install;
pub use platform::Platform;
pub use reference::ImageReference;
pub use suggest::suggest;
pub use windows::is_windows;

pub(crate) use estimate::packed;

use crate::size::SizeEstimate;

/// What a base image brings to the stage that starts from it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BaseImage {
    /// The familiar reference of the row that answered, such as `node:22-alpine`; the one asked
    /// for where no row tells its size.
    pub reference: String,
    /// Distribution with its release, such as `debian 12` or `alpine 3.24`; empty when unknown.
    pub distribution: String,
    /// The distribution's package manager: `apt`, `apk`, `dnf`, …; empty for none or unknown.
    pub package_manager: String,
    /// Sum of file bytes, as an image list shows.
    pub bytes: SizeEstimate,
    /// Bytes a pull transfers.
    pub compressed: SizeEstimate,
    /// The image's layers, lowest first; one for all of them where only their sum is known.
    pub layers: Vec<BaseLayer>,
    /// Environment in order. Checksums that no instruction reads are left out.
    pub environment: Vec<(String, String)>,
    /// User; empty for root.
    pub user: String,
    /// Working directory; empty for `/`.
    pub working_directory: String,
    /// Entry point arguments.
    pub entrypoint: Vec<String>,
    /// Command arguments.
    pub command: Vec<String>,
    /// Exposed ports: `80/tcp`, `53/udp`, or a number alone for TCP.
    pub ports: Vec<String>,
    /// Volumes.
    pub volumes: Vec<String>,
    /// `ONBUILD` triggers, each the text of an instruction.
    pub onbuild: Vec<String>,
    /// Where the facts come from.
    pub source: String,
    /// Day the image was published or observed, `YYYY-MM-DD`; a month or nothing where no more
    /// is known.
    pub date: String,
    /// `None` when the row is exactly what was asked; otherwise how it stands in for it.
    pub approximation: Option<String>,
}

/// One layer of a base image.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BaseLayer {
    /// What made it, in the words of the image's history.
    pub created_by: String,
    /// Bytes a pull transfers for it.
    pub compressed: SizeEstimate,
}

/// Finds what is known of the image that `reference` (already expanded) names on `platform`.
/// `None` when nothing is known: the caller says so, never 0.
#[must_use]
pub fn find(reference: &str, platform: &Platform) -> Option<BaseImage> {
    lookup::find(reference, platform)
}

/// Whether an image may be there for `platform`: `false` where the table lists the platforms of just
/// this tag, and it is not among them. A build for another one stops at its `FROM`.
#[must_use]
pub fn is_published(reference: &str, platform: &Platform) -> bool {
    lookup::is_published(reference, platform)
}

#[cfg(test)]
mod tests;
