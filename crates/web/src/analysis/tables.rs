//! Which tables of packages the engine has, which are on their way, and which did not come.

use std::collections::BTreeSet;

/// What is known of the tables that reports ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tables {
    loading: BTreeSet<String>,
    handed: BTreeSet<String>,
    failed: BTreeSet<String>,
}

impl Tables {
    /// Forgets what the engine had: another one starts without.
    pub(super) fn on_start(&mut self) {
        self.handed.clear();
    }

    /// Gives those another try that did not come.
    pub(super) fn on_edit(&mut self) {
        self.failed.clear();
    }

    /// Takes what a report still asks for; those that are to be loaded now.
    pub(super) fn want(&mut self, wanted: &[String]) -> Vec<String> {
        let mut missing = Vec::new();
        for name in wanted {
            if self.handed.contains(name) {
                // The engine was given it and asks again, so it was no table of this version.
                self.failed.insert(name.clone());
            } else if !self.failed.contains(name) && self.loading.insert(name.clone()) {
                missing.push(name.clone());
            }
        }
        missing
    }

    /// A table was handed to the engine, or could not be loaded.
    pub(super) fn on_loaded(&mut self, name: &str, is_handed: bool) {
        self.loading.remove(name);
        let known = if is_handed { &mut self.handed } else { &mut self.failed };
        known.insert(name.to_owned());
    }

    /// Those that did not come, in order.
    pub(super) fn failed(&self) -> Vec<String> {
        self.failed.iter().cloned().collect()
    }
}

/// The address of a table's file below the page's.
pub(super) fn address(name: &str) -> String {
    match name {
        "npm" | "pypi" => format!("packages/{name}.tsv"),
        _ => format!("indexes/{name}.index"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_table_is_loaded_once_and_again_for_another_engine() {
        let mut tables = Tables::default();
        let wanted = names(&["debian-trixie", "npm"]);
        assert_eq!(tables.want(&wanted), wanted);
        assert!(tables.want(&wanted).is_empty(), "they are on their way");
        tables.on_loaded("npm", true);
        tables.on_loaded("debian-trixie", true);
        tables.on_start();
        assert_eq!(tables.want(&wanted), wanted);
    }

    #[test]
    fn what_does_not_come_is_tried_again_after_an_edit() {
        let mut tables = Tables::default();
        let wanted = names(&["npm"]);
        tables.want(&wanted);
        tables.on_loaded("npm", false);
        assert_eq!((tables.want(&wanted), tables.failed()), (Vec::new(), wanted.clone()));
        tables.on_edit();
        assert_eq!((tables.want(&wanted), tables.failed()), (wanted, Vec::new()));
    }

    #[test]
    fn a_table_that_the_engine_cannot_use_is_not_loaded_for_ever() {
        let mut tables = Tables::default();
        let wanted = names(&["npm"]);
        tables.want(&wanted);
        tables.on_loaded("npm", true);
        assert_eq!((tables.want(&wanted), tables.failed()), (Vec::new(), wanted.clone()));
        tables.on_edit();
        assert!(tables.want(&wanted).is_empty(), "it would be the same file");
    }

    #[test]
    fn every_table_has_an_address() {
        assert_eq!(address("npm"), "packages/npm.tsv");
        assert_eq!(address("alpine-3.22"), "indexes/alpine-3.22.index");
    }
}
