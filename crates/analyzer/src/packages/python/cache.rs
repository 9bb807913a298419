//! What installers of Python keep of what came over the network.

use super::super::{Contents, Machine};
use crate::layer::{ByteRange, Category, Packing};
use crate::size::Evidence;

/// What came over the network, which caches keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Brought {
    /// Archives.
    pub(in super::super) archives: ByteRange,
    /// Pages of the index.
    pub(in super::super) pages: ByteRange,
    /// Files as they are unpacked.
    pub(in super::super) files: ByteRange,
    /// How these are known.
    pub(in super::super) evidence: Evidence,
    /// How many packages.
    pub(in super::super) count: u64,
}

/// Pages of an index as pip keeps them: measured, 21 to 32 %.
const PAGES: Packing = Packing([15, 24, 40]);
/// Bytes of an entry in pip's cache beside what was fetched: the answer's head.
const CACHE_ENTRY: u64 = 2_000;
/// Puts what came over the network where a cache keeps it.
pub(in super::super) fn keep(
    brought: &Brought,
    folder: &str,
    with_pages: bool,
    machine: &mut dyn Machine,
) {
    let entries = ByteRange::exact(brought.count.saturating_mul(CACHE_ENTRY));
    let contents = |bytes, packing, why: &str| Contents {
        category: Category::Cache,
        packing,
        bytes,
        evidence: brought.evidence,
        why: why.to_owned(),
    };
    let why = "Archives that were fetched, kept for another installation.";
    machine.put(folder, contents(brought.archives + entries, Packing::PACKED, why));
    if with_pages {
        let why = "Pages of the index, kept for another installation.";
        machine.put(folder, contents(brought.pages + entries, PAGES, why));
    }
}

impl Brought {
    /// Nothing yet.
    pub(super) fn nothing() -> Self {
        Self {
            archives: ByteRange::NOTHING,
            pages: ByteRange::NOTHING,
            files: ByteRange::NOTHING,
            evidence: Evidence::Measured,
            count: 0,
        }
    }
}
