//! What removing packages takes away: of the step itself its bytes, of earlier ones their sight.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Installer, PACKAGE, Reached, SETTLED, bare};
use crate::layer::Category;
use crate::packages::{Kept, Machine, find};
use crate::size::Evidence;

/// Bytes that a removal writes: the package database, as a whole. 253 kB were measured where gcc was
/// removed from Debian 12 (`tests/measured/layers.md`). So much is taken to stay, too, of what a step
/// installs and removes again, and where apk removes.
pub(super) const DATABASE: [u64; 3] = [100_000, 245_000, 400_000];

/// So many packages of a step count as a unit of work when they are looked at.
const LOOKED_AT: usize = 4;

impl Installer<'_> {
    /// Packages are removed; with `sweeps` those they brought as well.
    pub(in crate::packages) fn remove(&mut self, names: &[String], sweeps: bool) {
        let mut names: Vec<String> = names.iter().map(|name| bare(name).to_owned()).collect();
        let is_earlier = self.remove_earlier(&names, sweeps);
        let ledger = self.machine.ledger();
        let mut is_own = ledger.all_automatic && sweeps;
        ledger.swept |= is_own;
        if sweeps {
            names.extend(ledger.removed.iter().cloned());
        }
        for plain in names.iter().map(String::as_str) {
            for wish in &mut ledger.wishes {
                let asked = wish.words.len();
                if wish.group.as_deref() == Some(plain) {
                    wish.words.clear();
                } else if sweeps {
                    wish.words.retain(|word| bare(word) != plain);
                }
                is_own |= wish.words.len() < asked || wish.words.iter().any(|it| bare(it) == plain);
            }
            if !sweeps {
                ledger.removed.push(plain.to_owned());
            }
        }
        ledger.wishes.retain(|wish| !wish.words.is_empty());
        ledger.reached = <[Reached; 2]>::default();
        if is_own {
            self.settle(Kept::default());
        } else if is_earlier || !names.is_empty() {
            let why = "The package database is written again; what lower layers hold stays there.";
            let is_measured = self.manager == "apt";
            let evidence = if is_measured { Evidence::Measured } else { Evidence::Modelled };
            self.put("/var/lib", Category::Other, DATABASE, evidence, why);
        }
    }

    /// Takes out of sight what earlier steps installed. Whether there was anything.
    fn remove_earlier(&mut self, names: &[String], sweeps: bool) -> bool {
        if !self.machine.is_certain() {
            return false;
        }
        let mut earlier = std::mem::take(&mut self.machine.ledger().earlier);
        let mut gone = Vec::new();
        let names: BTreeSet<String> = names.iter().cloned().collect();
        for step in &mut earlier {
            self.machine.work(1 + step.count() / LOOKED_AT);
            if !step.is_meant(&names, sweeps) {
                continue;
            }
            self.machine.work(SETTLED + step.count() * PACKAGE);
            let taken = Rc::make_mut(step).remove(&names, sweeps);
            self.machine.take("/usr", step.layer, taken.share);
            gone.extend(taken.names);
        }
        let ledger = self.machine.ledger();
        ledger.earlier = earlier;
        if let (Some(start), Some(index)) = (&mut ledger.start, ledger.index.and_then(find)) {
            let names: Vec<&str> = gone.iter().map(String::as_str).collect();
            index.remove(Rc::make_mut(start), &names);
        }
        !gone.is_empty()
    }

    /// A folder is removed by hand that holds nothing but what some packages bring.
    fn lose(&mut self, prefix: &str) {
        let steps = self.machine.ledger().earlier.clone();
        let earlier: Vec<String> = steps.iter().flat_map(|step| step.named_like(prefix)).collect();
        if !earlier.is_empty() {
            self.remove_earlier(&earlier, false);
        }
        let ledger = self.machine.ledger();
        let [all, _] = &ledger.reached;
        let own = all.closure.packages.iter().filter(|it| it.name.starts_with(prefix));
        let own: Vec<String> = own.map(|it| it.name.clone()).collect();
        if !own.is_empty() {
            ledger.removed.extend(own);
            self.settle(Kept::default());
        }
    }
}

/// Folders that hold what packages of one kind bring, and how the names of those open.
const FOLDERS: [(&str, &str); 3] =
    [("/usr/lib/jvm", "openjdk"), ("/usr/share/fonts", "fonts-"), ("/usr/share/nodejs", "node-")];

/// A path, absolute, was removed by hand: what packages brought below it is gone.
pub(crate) fn lose(path: &str, machine: &mut dyn Machine) {
    let is_whole = |folder: &str| {
        let inside = path.strip_prefix(folder).filter(|it| it.is_empty() || it.starts_with('/'));
        inside.is_some_and(|inside| !inside.trim_matches('/').contains('/'))
    };
    if let Some((_, prefix)) = FOLDERS.iter().find(|(folder, _)| is_whole(folder))
        && machine.is_certain()
    {
        let is_apk = machine.ledger().index.is_some_and(|name| name.starts_with("alpine"));
        let manager = if is_apk { "apk" } else { "apt" };
        Installer { manager, machine }.lose(prefix);
    }
}
