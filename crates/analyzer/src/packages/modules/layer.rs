//! What a layer holds once a manager has installed: the packages, and what it leaves beside them.

use super::{Closure, Ecosystem};
use crate::size::{Evidence, SizeEstimate};

/// What stays of what was downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing: the cache is off, mounted or cleaned in the same step.
    Nothing,
    /// Archives: `npm ci`, which finds everything in the lock file.
    Archives,
    /// Archives and the index's pages: `npm install`, `pip install`.
    All,
}

/// Bytes that npm writes for each package into `package-lock.json`, the list it keeps in
/// `node_modules`, and the log in its cache folder (which `npm cache clean` does not remove):
/// measured on four projects of 226 to 577 packages, 1.5 to 1.8 kB.
const NPM_LISTS: u64 = 1_600;
/// Bytes of an entry in the index of npm's cache; measured likewise.
const NPM_CACHE_ENTRY: u64 = 540;
/// Bytes of an entry in pip's cache beside what was fetched: the answer's head.
const PIP_CACHE_ENTRY: u64 = 2_000;

impl Closure<'_> {
    /// Bytes of everything that an installation adds to a layer.
    #[must_use]
    pub fn layer(&self, kept: Kept) -> SizeEstimate {
        let entry = match self.ecosystem {
            Ecosystem::Npm => NPM_CACHE_ENTRY,
            Ecosystem::Pypi => PIP_CACHE_ENTRY,
        };
        let mut parts = vec![self.installed(), self.lists()];
        if kept != Kept::Nothing {
            parts.extend([self.download(), self.each(entry, "Entries of the cache.")]);
        }
        if kept == Kept::All {
            parts.extend([self.metadata(), self.each(entry, "Entries of the cache.")]);
        }
        let also = match (kept, self.ecosystem) {
            (Kept::Nothing, Ecosystem::Pypi) => "",
            (Kept::Nothing, Ecosystem::Npm) => "; npm's lists and log are among them",
            (Kept::Archives, _) => "; the archives stay in the manager's cache",
            (Kept::All, _) => "; archives and index pages stay in the manager's cache",
        };
        let why = parts.first().map(|installed| installed.why().trim_end_matches('.'));
        let why = format!("{}{also}.", why.unwrap_or_default());
        SizeEstimate::sum(&parts, why)
    }

    fn lists(&self) -> SizeEstimate {
        match self.ecosystem {
            Ecosystem::Npm => self.each(NPM_LISTS, "npm's lists and log."),
            Ecosystem::Pypi => SizeEstimate::default(),
        }
    }

    fn each(&self, bytes: u64, why: &str) -> SizeEstimate {
        let count = u64::try_from(self.packages.len() + self.unknown.len()).unwrap_or(u64::MAX);
        SizeEstimate::within(count.saturating_mul(bytes), 25, Evidence::Modelled, why)
    }
}
