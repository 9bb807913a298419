//! What is installed before a command runs.

use super::closure::Closure;
use super::index::{Base, PackageIndex};

/// Packages that are there. It belongs to the index that made it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstalledSet {
    /// By the number of a package.
    members: Vec<bool>,
    /// What may be there besides, where the image is not known.
    possible: Vec<bool>,
    pub(super) without_documentation: bool,
    pub(super) known: bool,
}

impl InstalledSet {
    pub(super) fn has(&self, number: u32) -> bool {
        self.members.get(number as usize).copied().unwrap_or_default()
    }

    pub(super) fn may_have(&self, number: u32) -> bool {
        self.possible.get(number as usize).copied().unwrap_or_default()
    }

    /// Whether the image is one whose packages are known. Otherwise only what every image of the
    /// release has is counted as there, and what the fullest one has may be.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// How many packages are there.
    #[must_use]
    pub fn count(&self) -> usize {
        self.members.iter().filter(|there| **there).count()
    }

    /// Counts what was added as there; the index that made the set is the one that named it.
    pub fn add(&mut self, closure: &Closure) {
        for package in &closure.packages {
            self.set(package.number, true);
        }
    }

    fn set(&mut self, number: u32, there: bool) {
        if let Some(member) = self.members.get_mut(number as usize) {
            *member = there;
        }
    }
}

impl PackageIndex {
    /// What an image of this release has, by its familiar reference (`node:22-bookworm-slim`).
    #[must_use]
    pub fn base(&self, reference: &str) -> InstalledSet {
        let found = self.find_base(reference);
        let barest = self.bases.first();
        let mut set = InstalledSet {
            members: self.members(found.or(barest)),
            possible: Vec::new(),
            // Most images are made of slim ones; what is not known keeps its documentation.
            without_documentation: found.is_some_and(|base| base.without_documentation),
            known: found.is_some(),
        };
        if !set.known {
            set.possible = self.members(self.bases.iter().max_by_key(|it| it.packages.len()));
        }
        set
    }

    /// Counts packages as gone, by name; what came with them stays, as it does until `autoremove`.
    pub fn remove(&self, set: &mut InstalledSet, names: &[&str]) {
        for number in names.iter().filter_map(|name| self.number(name)) {
            set.set(number, false);
        }
    }

    /// Whether one of some packages is there.
    #[must_use]
    pub fn has_any(&self, set: &InstalledSet, names: &[&str]) -> bool {
        let mut numbers = names.iter().filter_map(|name| self.number(name));
        numbers.any(|number| set.has(number) || set.may_have(number))
    }

    fn members(&self, base: Option<&Base>) -> Vec<bool> {
        let mut members = vec![false; self.name_count()];
        for number in base.map(|base| base.packages.as_slice()).unwrap_or_default() {
            if let Some(member) = members.get_mut(*number as usize) {
                *member = true;
            }
        }
        members
    }

    /// The row of an image: its variant's, which a word of the tag names (`slim`, `alpine3.20`),
    /// before that of the image alone.
    fn find_base(&self, reference: &str) -> Option<&Base> {
        let (image, tag) = split(reference);
        let names_variant = |variant: &str| {
            tag.split('-').any(|word| {
                let rest = word.strip_prefix(variant);
                rest.is_some_and(|rest| rest.bytes().all(|it| it.is_ascii_digit() || it == b'.'))
            })
        };
        let row = |base: &&Base| match base.image.split_once(':') {
            Some((own, variant)) => own == image && names_variant(variant),
            None => false,
        };
        let alone = || self.bases.iter().find(|base| base.image == image);
        // A base without a variant of its own is another distribution's: no row of it is here.
        self.bases.iter().find(row).or_else(alone)
    }
}

/// Image and tag of a reference; the registry's own name and `library/` are left out.
fn split(reference: &str) -> (&str, &str) {
    let reference = reference.split('@').next().unwrap_or_default();
    let slash = reference.rfind('/').map_or(0, |at| at + 1);
    let name = reference.get(slash..).unwrap_or_default();
    let (name, tag) = name.split_once(':').unwrap_or((name, ""));
    let folder = reference.get(..slash).unwrap_or_default();
    let official = folder.is_empty() || folder == "library/" || folder.ends_with("/library/");
    if official { (name, tag) } else { (reference, tag) }
}
