//! What earlier steps installed, and what a later one takes out of sight of it.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Wish, bare};
use crate::packages::weight::lacking;
use crate::packages::{Closure, InstalledSet, find};

/// A step that installed packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Earlier {
    /// Its layer.
    pub(super) layer: u32,
    index: &'static str,
    /// What was there when it began.
    start: Rc<InstalledSet>,
    wishes: Vec<Wish>,
    closure: Rc<Closure>,
    /// What of it is not there any more.
    gone: BTreeSet<String>,
    /// What was removed by name.
    removed: BTreeSet<String>,
    /// Whether what those brought is still there.
    is_unswept: bool,
}

/// What is taken away of a step.
pub(super) struct Taken {
    /// Bytes that are gone, and those that were there, as the index counts them.
    pub(super) share: [u64; 2],
    /// Packages that are gone.
    pub(super) names: Vec<String>,
}

impl Earlier {
    pub(super) fn new(
        (layer, index): (u32, &'static str),
        start: Rc<InstalledSet>,
        wishes: Vec<Wish>,
        closure: Rc<Closure>,
        removed: Vec<String>,
    ) -> Self {
        let removed: BTreeSet<String> = removed.into_iter().collect();
        let is_unswept = !removed.is_empty();
        Self { layer, index, start, wishes, closure, gone: removed.clone(), removed, is_unswept }
    }

    /// How many packages it brought.
    pub(super) fn count(&self) -> usize {
        self.closure.packages.len()
    }

    /// Names of its packages that are still there, and what each takes.
    fn packages(&self) -> impl Iterator<Item = (&str, u64)> {
        let known = self.closure.packages.iter().map(|it| (it.name.as_str(), it.installed));
        let is_apk = self.index.starts_with("alpine");
        let unknown = self.closure.missing.iter().map(move |word| {
            let [_, likely, _] = lacking(word, is_apk);
            (bare(word), likely)
        });
        known.chain(unknown).filter(|(name, _)| !self.gone.contains(*name))
    }

    /// Names of packages that open with a prefix.
    pub(super) fn named_like(&self, prefix: &str) -> Vec<String> {
        let names = self.packages().map(|(name, _)| name.to_owned());
        names.filter(|name| name.starts_with(prefix)).collect()
    }

    /// Whether a removal means anything that it brought.
    pub(super) fn is_meant(&self, names: &BTreeSet<String>, sweeps: bool) -> bool {
        let mut asked = self.wishes.iter().flat_map(|wish| wish.words.iter().chain(&wish.group));
        sweeps && self.is_unswept
            || !names.is_empty()
                && (self.packages().any(|(name, _)| names.contains(name))
                    || asked.any(|word| names.contains(bare(word))))
    }

    /// Removes packages by name or group; with `sweeps` all that they brought and nothing else of
    /// the step needs.
    pub(super) fn remove(&mut self, names: &BTreeSet<String>, sweeps: bool) -> Taken {
        self.removed.extend(names.iter().cloned());
        self.is_unswept = !sweeps;
        let needed = if sweeps { self.needed() } else { None };
        let is_gone = |name: &str| {
            self.removed.contains(name) || needed.as_ref().is_some_and(|it| !it.contains(name))
        };
        let whole = self.packages().map(|(_, bytes)| bytes).fold(0, u64::saturating_add);
        let gone = self.packages().filter(|(name, _)| is_gone(name));
        let part = gone.map(|(_, bytes)| bytes).fold(0, u64::saturating_add);
        let gone = self.packages().filter(|(name, _)| is_gone(name));
        let names: Vec<String> = gone.map(|(name, _)| name.to_owned()).collect();
        self.gone.extend(names.iter().cloned());
        Taken { share: [part, whole], names }
    }

    /// What the step would install without what was removed by name.
    fn needed(&self) -> Option<BTreeSet<String>> {
        let index = find(self.index)?;
        let mut there = (*self.start).clone();
        let mut needed = BTreeSet::new();
        let is_left = |name: &str| !self.removed.contains(bare(name));
        let left = |wish: &&Wish| wish.group.as_deref().is_none_or(is_left);
        for wish in self.wishes.iter().filter(left) {
            let words: Vec<&str> = wish.words.iter().map(String::as_str).collect();
            let words: Vec<&str> = words.into_iter().filter(|it| is_left(it)).collect();
            let closure = index.close(&words, &there, wish.recommends);
            there.add(&closure);
            needed.extend(closure.packages.into_iter().map(|it| it.name));
            needed.extend(closure.missing.iter().map(|word| bare(word).to_owned()));
        }
        Some(needed)
    }
}
