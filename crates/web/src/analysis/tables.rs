//! Which tables of packages the engine has, which are on their way, and which did not come.

use std::collections::BTreeSet;

/// What is known of the tables that reports ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tables {
    /// Counts the engines: what one was handed, the next one does not have.
    engine: u32,
    loading: BTreeSet<String>,
    handed: BTreeSet<String>,
    failed: BTreeSet<String>,
    /// Whether the next answer is to a question that was asked before the last table came.
    is_next_answer_older: bool,
}

impl Tables {
    /// Forgets what the engine had and what is on its way to it: another one starts without.
    pub(super) fn on_start(&mut self) {
        let (engine, failed) = (self.engine.wrapping_add(1), std::mem::take(&mut self.failed));
        *self = Self { engine, failed, ..Self::default() };
    }

    /// Gives those another try that did not come.
    pub(super) fn on_edit(&mut self) {
        self.failed.clear();
    }

    /// The number of the engine, which a table that is loaded for it names.
    pub(super) fn engine(&self) -> u32 {
        self.engine
    }

    /// Takes what a report still asks for; those that are to be loaded now.
    pub(super) fn want(&mut self, wanted: &[String]) -> Vec<String> {
        let is_older = std::mem::take(&mut self.is_next_answer_older);
        self.failed.retain(|name| wanted.contains(name));
        let mut missing = Vec::new();
        for name in wanted {
            if self.handed.contains(name) {
                // The engine was given it and asks again, so it was no table of this version.
                if !is_older {
                    self.failed.insert(name.clone());
                }
            } else if !self.failed.contains(name) && self.loading.insert(name.clone()) {
                missing.push(name.clone());
            }
        }
        missing
    }

    /// A table was handed to the engine of this number, or could not be loaded. `is_busy` where
    /// that engine was asked something before. Whether it counts.
    pub(super) fn on_loaded(
        &mut self,
        name: &str,
        engine: u32,
        is_handed: bool,
        is_busy: bool,
    ) -> bool {
        if engine != self.engine {
            return false;
        }
        self.loading.remove(name);
        self.is_next_answer_older |= is_handed && is_busy;
        let known = if is_handed { &mut self.handed } else { &mut self.failed };
        known.insert(name.to_owned());
        true
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
        assert!(tables.on_loaded("npm", 0, true, false));
        tables.on_start();
        assert_eq!(tables.want(&wanted), wanted);
        assert!(!tables.on_loaded("debian-trixie", 0, true, false), "the first engine is gone");
        assert!(tables.want(&wanted).is_empty(), "they are still on their way to the second");
        assert_eq!(tables.failed(), names(&[]));
    }

    #[test]
    fn what_does_not_come_is_tried_again_after_an_edit() {
        let mut tables = Tables::default();
        let wanted = names(&["npm"]);
        tables.want(&wanted);
        tables.on_loaded("npm", 0, false, false);
        assert_eq!((tables.want(&wanted), tables.failed()), (Vec::new(), wanted.clone()));
        tables.on_edit();
        assert_eq!((tables.want(&wanted), tables.failed()), (wanted, Vec::new()));
    }

    #[test]
    fn a_table_that_the_engine_cannot_use_is_not_loaded_for_ever() {
        let mut tables = Tables::default();
        let wanted = names(&["npm"]);
        tables.want(&wanted);
        tables.on_loaded("npm", 0, true, false);
        assert_eq!((tables.want(&wanted), tables.failed()), (Vec::new(), wanted.clone()));
        tables.on_edit();
        assert!(tables.want(&wanted).is_empty(), "it would be the same file");
        assert!(tables.want(&[]).is_empty());
        assert_eq!(tables.failed(), names(&[]), "nobody asks for it any more");
    }

    #[test]
    fn an_answer_to_an_older_question_says_nothing_of_a_table_that_came_since() {
        let mut tables = Tables::default();
        let wanted = names(&["npm"]);
        tables.want(&wanted);
        tables.on_loaded("npm", 0, true, true);
        assert_eq!((tables.want(&wanted), tables.failed()), (Vec::new(), Vec::new()));
        assert_eq!(
            (tables.want(&wanted), tables.failed()),
            (Vec::new(), wanted),
            "a newer one does"
        );
    }

    #[test]
    fn every_table_has_an_address() {
        assert_eq!(address("npm"), "packages/npm.tsv");
        assert_eq!(address("alpine-3.22"), "indexes/alpine-3.22.index");
    }
}
