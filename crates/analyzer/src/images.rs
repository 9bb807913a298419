//! Base images: how a reference is read and which row of the bundled table it means.

use crate::size::SizeEstimate;

/// A system architecture an image is built for, such as `linux/amd64` or `linux/arm/v7`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Platform {
    /// Operating system: `linux`, `windows`.
    pub os: String,
    /// Architecture in Go's words: `amd64`, `arm64`, `arm`.
    pub architecture: String,
    /// Variant: `v7`; empty where there is none.
    pub variant: String,
}

impl Default for Platform {
    /// `linux/amd64`, which nearly every image is published for.
    fn default() -> Self {
        Self { os: "linux".into(), architecture: "amd64".into(), variant: String::new() }
    }
}

/// A reference to an image as people write it, in parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImageReference {
    /// Repository in its familiar form: `node`, `bitnami/redis`, `gcr.io/distroless/static`.
    pub repository: String,
    /// Tag; `latest` where neither tag nor digest is written.
    pub tag: Option<String>,
    /// Digest: `sha256:…`.
    pub digest: Option<String>,
}

/// What a base image brings to the stage that starts from it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BaseImage {
    /// The familiar reference of the row that answered, such as `node:22-alpine`.
    pub reference: String,
    /// Distribution with its release, such as `debian 12` or `alpine 3.24`; empty when unknown.
    pub distribution: String,
    /// The distribution's package manager: `apt`, `apk`, `dnf`, …; empty for none or unknown.
    pub package_manager: String,
    /// Sum of file bytes, as an image list shows.
    pub bytes: SizeEstimate,
    /// Bytes a pull transfers.
    pub compressed: SizeEstimate,
    /// The image's layers, lowest first.
    pub layers: Vec<BaseLayer>,
    /// Environment in order.
    pub environment: Vec<(String, String)>,
    /// User; empty for root.
    pub user: String,
    /// Working directory; empty for `/`.
    pub working_directory: String,
    /// Entry point arguments.
    pub entrypoint: Vec<String>,
    /// Command arguments.
    pub command: Vec<String>,
    /// `ONBUILD` triggers, each the text of an instruction.
    pub onbuild: Vec<String>,
    /// Where the facts come from.
    pub source: String,
    /// Day the image was published or observed, `YYYY-MM-DD`.
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
    let _ = (reference, platform);
    None
}
