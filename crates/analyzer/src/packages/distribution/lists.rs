//! Lists of packages, and what they renew of what is there.

use super::{Installer, bare, contents};
use crate::layer::Category;
use crate::packages::{PackageIndex, PackageLayer, package_lists};
use crate::size::{Evidence, SizeEstimate};

/// Of the lists of a release, in per cent, what those of another take; assumed.
const OTHER_LISTS: [u64; 3] = [60, 100, 300];
/// The same of Ubuntu, which lists `universe` and `multiverse` too, and updates apart; assumed.
const UBUNTU_LISTS: [u64; 3] = [60, 200, 330];
/// The most that is written where an earlier step of the build brought all that is named: lists of
/// what was asked for by hand.
const RENEWED_AGAIN: u64 = 400_000;

/// What a step writes that asks for what an earlier one of the same build brought, as new as it gets.
pub(super) fn not_renewed() -> PackageLayer {
    let why = "An earlier step brought it, as new as it is now.";
    let size = |most: u64| SizeEstimate::range([0, 0, most], Evidence::Assumed, why);
    PackageLayer { bytes: size(RENEWED_AGAIN), compressed: size(RENEWED_AGAIN / 3) }
}

impl Installer<'_> {
    /// What `update` brings.
    pub(in crate::packages) fn put_lists(&mut self, folder: &str) {
        let Some((index, exact)) = self.index() else {
            return self.put_unknown(folder, Category::Cache, "The lists of packages.");
        };
        let lists = package_lists(index);
        let mut contents = contents(Category::Cache, &lists.bytes, &lists.compressed);
        if !exact {
            let own = self.machine.base().map_or("", |base| base.distribution.as_str());
            let is_ubuntu = own.starts_with("ubuntu");
            let shares = if is_ubuntu { UBUNTU_LISTS } else { OTHER_LISTS };
            contents.bytes = contents.bytes.between_shares(shares);
            contents.evidence = Evidence::Assumed;
            contents.why = format!("Those of {} stand in; assumed.", index.release());
        }
        if self.machine.is_certain() {
            self.machine.settle(folder, contents);
        } else {
            self.machine.put(folder, contents);
        }
    }

    /// Whether all that the step asks for is there, and none of it by the base.
    pub(super) fn is_from_earlier(
        &mut self,
        index: &'static PackageIndex,
        reference: &str,
    ) -> bool {
        let ledger = self.machine.ledger();
        let [all, _] = &ledger.reached;
        if !all.closure.packages.is_empty() || !all.closure.missing.is_empty() {
            return false;
        }
        let base = ledger.made.base(index, reference);
        let words = ledger.wishes.iter().flat_map(|wish| &wish.words);
        let words: Vec<&str> = words.map(|word| bare(word)).collect();
        !words.is_empty() && !index.has_any(&base, &words)
    }
}
