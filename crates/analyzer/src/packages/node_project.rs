//! What the managers of Node.js share: which packages a project gets, and what becomes of its
//! `node_modules`.

mod amount;

pub(super) use amount::Amount;

use super::common::{PACKAGES, flag, join};
use super::manifests::{self, Listing};
use super::{CommandLine, Contents, Machine};
use crate::size::Evidence;

/// Under this name the machine remembers what lies in which `node_modules`.
const FACTS: &str = "node_modules";

/// Lock files of every manager.
const LOCKS: [&str; 6] = [
    "package-lock.json",
    "npm-shrinkwrap.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "bun.lock",
    "bun.lockb",
];

/// An installation into a project.
#[derive(Clone, Copy, Debug)]
pub(super) struct Install<'own> {
    /// Folder of the project, as the command names it; empty for the working directory.
    pub(super) folder: &'own str,
    /// Lock files that the manager reads, the first that is there.
    pub(super) locks: &'static [&'static str],
    /// Packages for development come too.
    pub(super) with_development: bool,
    /// What is there goes first, as with `npm ci`.
    pub(super) is_fresh: bool,
    /// Scripts of packages run, which may fetch programs of their own.
    pub(super) runs_scripts: bool,
}

impl Install<'_> {
    /// Path of a file of the project.
    pub(super) fn path(&self, name: &str) -> String {
        join(self.folder, name)
    }

    /// Whether a lock file is there, its text known or not.
    pub(super) fn is_locked(&self, machine: &dyn Machine) -> bool {
        self.locks.iter().any(|name| machine.holds(&self.path(name)))
    }

    /// Whether a command that names packages makes the project: where no `package.json` can be
    /// there, what it names is all that comes.
    pub(super) fn is_made_by(&self, named: &[String], machine: &dyn Machine) -> bool {
        !named.is_empty() && !machine.may_hold(&self.path("package.json"))
    }

    /// Whether the command stands in a branch for projects of this manager, and the project is
    /// another's.
    fn is_meant_for_others(&self, machine: &dyn Machine) -> bool {
        !machine.is_certain()
            && !self.is_locked(machine)
            && LOCKS.iter().any(|name| machine.holds(&self.path(name)))
    }

    /// Fills `node_modules`. What was fetched for it; `None` where all is there already.
    pub(super) fn perform(&self, machine: &mut dyn Machine) -> Option<Amount> {
        if self.is_meant_for_others(machine) {
            return None;
        }
        let modules = self.path("node_modules");
        let is_there = machine.bytes_below(&modules).high() > 0;
        let before = if is_there { self.recall(machine) } else { None };
        match (is_there, self.is_fresh, before) {
            (true, true, _) => machine.remove(&modules),
            (true, _, Some(true)) if !self.with_development => {
                self.prune(machine);
                return None;
            }
            (true, _, Some(false)) if self.with_development => {}
            (true, ..) => return self.fill_perhaps(&modules, machine),
            _ => {}
        }
        let amount = self.weigh(self.with_development, machine);
        let is_added = before == Some(false) && !self.is_fresh;
        let fetched = match is_added {
            true => amount.less(&self.weigh(false, machine)),
            false => amount,
        };
        self.add(&fetched, machine);
        self.remember(self.with_development, machine);
        Some(fetched)
    }

    /// A folder that is only assumed to come with the project may not be there, and then the
    /// packages are installed after all. What was fetched then, which is as likely as that.
    fn fill_perhaps(&self, modules: &str, machine: &mut dyn Machine) -> Option<Amount> {
        let there = machine.bytes_below(modules);
        if there.high() <= there.low().saturating_mul(4) {
            return None;
        }
        let amount = self.weigh(self.with_development, machine).doubtful();
        let contents = PACKAGES.of(&amount.modules);
        let bytes = contents.bytes.perhaps_gone(true);
        machine.doubt(format!(
            "Whether the project brings `{modules}` along: where it does, little is added, else a \
             whole installation."
        ));
        let why = "Nothing where the project brings its node_modules along; else a whole \
                   installation."
            .to_owned();
        machine.put(modules, Contents { bytes, evidence: Evidence::Assumed, why, ..contents });
        Some(amount)
    }

    /// Adds packages to `node_modules`.
    pub(super) fn add(&self, amount: &Amount, machine: &mut dyn Machine) {
        let modules = self.path("node_modules");
        machine.put(&modules, PACKAGES.of(&amount.modules));
        if self.runs_scripts {
            amount.run_scripts(&modules, machine);
        }
    }

    /// Removes what only development needs. What is left; `None` where it was not there.
    pub(super) fn prune(&self, machine: &mut dyn Machine) -> Option<Amount> {
        let modules = self.path("node_modules");
        if self.recall(machine) == Some(false) || machine.bytes_below(&modules).high() == 0 {
            return None;
        }
        let amount = self.weigh(false, machine);
        machine.shrink(&modules, PACKAGES.of(&amount.modules));
        self.remember(false, machine);
        Some(amount)
    }

    /// What the project's packages weigh.
    pub(super) fn weigh(&self, with_development: bool, machine: &mut dyn Machine) -> Amount {
        let listing = self.read(machine);
        let Some(listing) = listing else {
            let path = self.path("package.json");
            machine.doubt(format!(
                "What `{path}` asks for is not known; a typical project is assumed. Bring the file \
                 and the lock file beside it."
            ));
            return Amount::typical(with_development);
        };
        listing.not_understood.iter().take(2).for_each(|it| machine.doubt(it.clone()));
        // What a broken file would have named is not known to be nothing.
        let is_lost = listing.packages.is_empty() && !listing.not_understood.is_empty();
        let Some(table) = amount::table(machine).filter(|_| !is_lost) else {
            return Amount::typical(with_development);
        };
        let mut closure = listing.weigh(&table, with_development);
        closure.doubt().into_iter().for_each(|sentence| machine.doubt(sentence));
        // A lock file names small helpers too; a manifest what a project asks for.
        if !listing.is_complete {
            closure.widen();
        }
        Amount::of(&closure)
    }

    /// Whether the manager's cache lacks what the project needs; from now on it does not, where the
    /// amount is sure to be fetched.
    pub(super) fn fetches(&self, cache: &str, amount: &Amount, machine: &mut dyn Machine) -> bool {
        let is_filled = machine.bytes_below(cache).high() > 0;
        let [own, all] = [self.with_development, true]
            .map(|with| format!("{cache} for {}", self.fact(with, machine)));
        let is_certain = machine.is_certain() && !amount.is_doubtful();
        let facts = machine.installed(FACTS);
        let is_known = facts.contains(&own) || facts.contains(&all);
        if is_certain {
            facts.insert(own);
        }
        !(is_known && is_filled)
    }

    fn read(&self, machine: &dyn Machine) -> Option<Listing> {
        let find = |name: &str| machine.text(&self.path(name)).map(str::to_owned);
        let names = self.locks.iter().chain(&["package.json"]);
        let mut read =
            names.filter_map(|name| manifests::read(name, machine.text(&self.path(name))?, &find));
        read.next()
    }

    fn fact(&self, with_development: bool, machine: &dyn Machine) -> String {
        let folder = join(machine.working_directory(), self.folder);
        format!("{} {}", if with_development { "all" } else { "production" }, folder)
    }

    /// Whether what lies there came with packages for development, where a command of this stage
    /// brought it.
    fn recall(&self, machine: &mut dyn Machine) -> Option<bool> {
        let facts = [true, false].map(|with| (self.fact(with, machine), with));
        let known = machine.installed(FACTS);
        facts.into_iter().find(|(fact, _)| known.contains(fact)).map(|(_, with)| with)
    }

    fn remember(&self, with_development: bool, machine: &mut dyn Machine) {
        if machine.is_certain() {
            let [new, old] = [with_development, !with_development].map(|it| self.fact(it, machine));
            let facts = machine.installed(FACTS);
            facts.remove(&old);
            facts.insert(new);
        }
    }
}

/// What packages weigh that a command names, with all that they need.
pub(super) fn weigh_named(names: &[String], machine: &mut dyn Machine) -> Amount {
    match amount::table(machine) {
        Some(table) => {
            let mut closure = amount::close(&table, names);
            closure.doubt().into_iter().for_each(|sentence| machine.doubt(sentence));
            closure.widen();
            Amount::of(&closure)
        }
        None => Amount::unmeasured(names.len() as u64),
    }
}

/// Removes packages by name from a folder of modules, with what came along with them.
pub(super) fn remove_named(modules: &str, names: &[String], machine: &mut dyn Machine) {
    if machine.bytes_below(modules).high() > 0 {
        let gone = weigh_named(names, machine).modules.likely().map_or(0, |it| it.0);
        super::common::lessen(modules, gone, machine);
    }
}

/// Names of packages as a command line writes them, folders of the project left out.
pub(super) fn named(words: &[&str]) -> Vec<String> {
    let names = words.iter().filter(|word| !matches!(**word, "." | "./" | ""));
    names.map(|&word| word.to_owned()).collect()
}

/// Writes the manager's lock file where there was none.
pub(super) fn write_lock(path: &str, amount: &Amount, machine: &mut dyn Machine) {
    if !machine.holds(path) {
        machine.write(path, amount.lists(400, "The lock file"));
    }
}

/// Fills a cache with archives that were fetched, and index pages.
pub(super) fn keep(folder: &str, amount: &Amount, with_pages: bool, machine: &mut dyn Machine) {
    machine.put(folder, amount.packed());
    if with_pages {
        machine.put(folder, amount.read_pages());
    }
}

/// Whether the environment calls it production.
pub(super) fn is_production(machine: &dyn Machine) -> bool {
    machine.variable("NODE_ENV").is_some_and(|value| value == "production")
}

/// Whether a flag is on: there, and not `=false`.
pub(super) fn is_on(line: &CommandLine, names: &[&str]) -> bool {
    line.has_flag(names) && flag(line, names) != Some("false")
}
