//! What a build finds in the cache, and what an edit rebuilds and why.
//!
//! The key of a step is kept as its parts ([`KeyPart`], [`Content`]) and not as a hash, so that the
//! first part that differs is the reason. [`Cache::build`] sends one build through a cache that keeps
//! every earlier one: [`mod@key`] says what of a step counts, [`mod@content`] what of files,
//! `known` which files of a stage are known by name, `store` how a step is found, `walk` goes
//! through the stages, `reason` finds the words, and `runner` says what a fresh runner brings.
//!
//! `CacheMap` of <https://github.com/moby/buildkit/blob/v0.33.0/solver/llbsolver/ops/exec.go> and
//! <https://github.com/moby/buildkit/blob/v0.33.0/solver/llbsolver/ops/file.go>; what was measured is in
//! `tests/measured/cache.jsonl`.

mod commands;
pub mod content;
pub mod duration;
pub mod edit;
pub mod key;
mod known;
mod reason;
pub mod reorder;
mod runner;
pub mod schedule;
mod store;
mod taken;
mod walk;

use std::collections::BTreeMap;

pub use content::{Content, ContentFile, FileIdentity};
pub use duration::TimeEstimate;
pub use edit::Edit;
pub use key::{KeyPart, PartKind};
pub use reason::Difference;
pub use runner::{Export, Runner, replay};
pub use walk::{Cache, Memo};

use crate::plan::{BuildPlan, StageIndex};
use crate::simulate::SentContext;

/// One build, as a cache sees it.
#[derive(Clone, Copy)]
pub struct Build<'build> {
    /// What is done.
    pub plan: &'build BuildPlan,
    /// What is sent of the build context; `None` where the builder refuses the ignore file.
    pub sent: Option<&'build SentContext<'build>>,
    /// What stands behind the names of images, which may move.
    pub versions: &'build Versions,
    /// `--no-cache`.
    pub no_cache: bool,
    /// `--no-cache-filter`: names of stages, in any case.
    pub no_cache_filter: &'build [String],
}

/// How often what stands behind a name has changed. A name that is not listed never has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// The files of images, by [`image_name`].
    pub images: BTreeMap<String, u32>,
    /// The environment, user and directory that images set, by [`image_name`].
    pub configurations: BTreeMap<String, u32>,
}

/// One spelling for the references that pull one image: `node` and `docker.io/library/node:latest`
/// are one, and of a reference with a digest the digest alone counts.
#[must_use]
pub fn image_name(reference: &str) -> String {
    match crate::images::ImageReference::parse(reference) {
        Ok(crate::images::ImageReference { digest: Some(digest), .. }) => digest,
        Ok(parsed) => parsed.with_default_tag(),
        Err(_) => reference.to_owned(),
    }
}

/// What becomes of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum CacheOutcome {
    /// The cache has it.
    Cached,
    /// Cached if files that a rebuilt step writes come out byte for byte the same, else rebuilt.
    Depends,
    /// It runs.
    Rebuilt,
    /// Nothing that is built needs it.
    NotNeeded,
}

impl CacheOutcome {
    /// The word used in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cached => "cached",
            Self::Depends => "depends",
            Self::Rebuilt => "rebuilt",
            Self::NotNeeded => "not-needed",
        }
    }
}

/// A step of a build and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CachedStep {
    /// Its stage.
    pub stage: StageIndex,
    /// The step among the stage's.
    pub step: usize,
    /// What becomes of it. Of a `COPY --link` this is the copy itself, which knows nothing of the
    /// layers below it.
    pub outcome: CacheOutcome,
    /// For a `COPY --link` what becomes of its layer's place on the layers below, which costs next
    /// to nothing and decides over the steps after it.
    pub merge: Option<CacheOutcome>,
    /// The first part of its key that differs; `None` where it is cached.
    pub difference: Option<Difference>,
    /// For [`CacheOutcome::Depends`], the files that decide.
    pub depends_on: Vec<String>,
    /// An earlier step of the same build with the very same key: the work is done once.
    pub shared_with: Option<(StageIndex, usize)>,
    /// What the cache keeps it as.
    pub(in crate::cache) record: Option<store::RecordId>,
}

impl CachedStep {
    /// What the steps that stand on this one see.
    #[must_use]
    pub fn below(&self) -> CacheOutcome {
        self.merge.unwrap_or(self.outcome)
    }
}
