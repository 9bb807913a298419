//! What a command adds: the named packages and everything they bring.

use super::base::InstalledSet;
use super::index::PackageIndex;
use super::word::Wish;

/// Why a package is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The command names it.
    Named,
    /// A package that is added needs it.
    DependencyOf(String),
    /// A package that is added recommends it.
    RecommendedBy(String),
}

/// A package that is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedPackage {
    /// Its number in the index that names it.
    pub(super) number: u32,
    /// Its name.
    pub name: String,
    /// Bytes it takes when installed, as the distribution says.
    pub installed: u64,
    /// Bytes of its download, within three per cent; 0 where it is not known.
    pub download: u64,
    /// Why it comes.
    pub reason: Reason,
    /// Whether the image, which is not known, may have it already.
    pub may_be_there: bool,
    /// Whether its size is that of an older release, mostly less than today's.
    pub is_older: bool,
}

/// All that a command adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closure {
    /// In the order in which they were found.
    pub packages: Vec<AddedPackage>,
    /// Words that name no package of the index.
    pub missing: Vec<String>,
}

impl Closure {
    /// Bytes of all of them when installed.
    #[must_use]
    pub fn installed(&self) -> u64 {
        self.packages.iter().fold(0, |sum, package| sum.saturating_add(package.installed))
    }

    /// Bytes of their downloads.
    #[must_use]
    pub fn download(&self) -> u64 {
        self.packages.iter().fold(0, |sum, package| sum.saturating_add(package.download))
    }
}

impl PackageIndex {
    /// What installing `names` adds to `installed`, chosen as apt does: of several ways to meet a
    /// need one that is there or already chosen, else the first that exists; of several packages
    /// that provide a name the one of the highest priority. Recommendations count for packages that
    /// are added, not for those that are there. For apk `recommends` says nothing: packages that
    /// come by themselves with one other (`install_if`) always count, and those that come with
    /// several others together never do.
    #[must_use]
    pub fn close(&self, names: &[&str], installed: &InstalledSet, recommends: bool) -> Closure {
        let mut search = Search {
            index: self,
            installed,
            chosen: vec![false; self.name_count()],
            excluded: vec![false; self.name_count()],
            queue: Vec::new(),
            closure: Closure::default(),
        };
        search.start(names);
        let recommends = recommends || self.is_apk;
        let mut next = 0;
        while let Some(number) = search.queue.get(next).copied() {
            next += 1;
            let needs = self.needs(number);
            let name = || self.name(number).to_owned();
            for ways in &needs.depends {
                search.meet(ways, || Reason::DependencyOf(name()));
            }
            for ways in needs.recommends.iter().filter(|_| recommends) {
                search.meet(ways, || Reason::RecommendedBy(name()));
            }
        }
        search.closure
    }
}

struct Search<'index> {
    index: &'index PackageIndex,
    installed: &'index InstalledSet,
    chosen: Vec<bool>,
    excluded: Vec<bool>,
    queue: Vec<u32>,
    closure: Closure,
}

impl Search<'_> {
    /// Reads the words; those that exclude a package count for all others.
    fn start(&mut self, names: &[&str]) {
        let wishes: Vec<Wish> = names.iter().map(|name| self.index.wish(name)).collect();
        for wish in &wishes {
            if let Wish::Leave(number) = wish
                && let Some(excluded) = self.excluded.get_mut(*number as usize)
            {
                *excluded = true;
            }
        }
        for (name, wish) in names.iter().zip(wishes) {
            match wish {
                Wish::Install(number) if self.index.is_package(number) => {
                    self.add(number, Reason::Named);
                }
                Wish::Install(number) => self.meet(&[number], || Reason::Named),
                Wish::Leave(_) => {}
                Wish::Missing => self.closure.missing.push((*name).to_owned()),
            }
        }
    }

    /// Meets a need; one that nothing meets is left, as the table leaves out what cannot be met.
    fn meet(&mut self, ways: &[u32], reason: impl Fn() -> Reason) {
        if ways.iter().any(|way| self.is_met(*way)) {
            return;
        }
        let pick = |way: &u32| {
            let allowed = |it: &u32| self.excluded.get(*it as usize) == Some(&false);
            if self.index.is_package(*way) && allowed(way) {
                return Some(*way);
            }
            self.index.providers(*way).iter().copied().find(allowed)
        };
        if let Some(number) = ways.iter().find_map(pick) {
            self.add(number, reason());
        }
    }

    fn is_met(&self, number: u32) -> bool {
        let there = |number: u32| {
            self.installed.has(number) || self.chosen.get(number as usize) == Some(&true)
        };
        there(number) || self.index.providers(number).iter().any(|it| there(*it))
    }

    fn add(&mut self, number: u32, reason: Reason) {
        if self.installed.has(number) || self.chosen.get(number as usize) != Some(&false) {
            return;
        }
        if let Some(chosen) = self.chosen.get_mut(number as usize) {
            *chosen = true;
        }
        self.queue.push(number);
        self.closure.packages.push(AddedPackage {
            number,
            name: self.index.name(number).to_owned(),
            installed: self.index.installed_bytes(number),
            download: self.index.download_bytes(number),
            reason,
            may_be_there: self.installed.may_have(number),
            is_older: self.index.is_older(number),
        });
    }
}
