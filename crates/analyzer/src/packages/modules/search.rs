//! Finding what a list of packages installs.

use std::collections::BTreeSet;

use super::{Closed, Closure, ModuleRow, ModuleTable};

/// A package that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<'name> {
    /// Its name, with extras in brackets where it has some (`uvicorn[standard]`).
    pub name: &'name str,
    /// Its version or the first numbers of one, when known.
    pub version: Option<&'name str>,
}

impl<'table> ModuleTable<'table> {
    /// What a project installs that names `wanted` and has no lock file: these and all that they
    /// need, by the rows' own lists. Takes time in proportion to what is found.
    #[must_use]
    pub fn close<'name>(&self, wanted: impl IntoIterator<Item = Wanted<'name>>) -> Closure<'table> {
        let mut search = Search::new(self);
        for Wanted { name, version } in wanted {
            search.ask(name, version);
        }
        while let Some((row, extra)) = search.open.pop() {
            search.follow(row, extra.as_deref());
        }
        let bytes = self.head.whole.of(count(&search.unknown));
        search.finish(bytes)
    }

    /// What a complete list installs, such as that of a lock file: these and nothing else.
    #[must_use]
    pub fn weigh<'name>(&self, wanted: impl IntoIterator<Item = Wanted<'name>>) -> Closure<'table> {
        let mut search = Search::new(self);
        for Wanted { name, version } in wanted {
            let (name, _) = split_extras(name);
            search.ask(name, version);
        }
        let bytes = self.head.alone.of(count(&search.unknown));
        search.finish(bytes)
    }
}

fn count<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}

/// `uvicorn` and `standard` of `uvicorn[standard]`.
fn split_extras(name: &str) -> (&str, &str) {
    name.split_once('[').map_or((name, ""), |(name, extras)| (name, extras.trim_end_matches(']')))
}

/// `chalk` and `4` of `chalk@4`; the `@` of a scope opens the name.
fn split_version(name: &str) -> (&str, Option<&str>) {
    match name.rfind('@') {
        Some(at) if at > 0 => (name.get(..at).unwrap_or(name), name.get(at + 1..)),
        _ => (name, None),
    }
}

/// A row that is not followed yet, by itself or for one of its extras.
type Open<'table> = (ModuleRow<'table>, Option<String>);

struct Search<'own, 'table> {
    table: &'own ModuleTable<'table>,
    seen: BTreeSet<(&'table str, &'table str, Option<String>)>,
    missed: BTreeSet<String>,
    open: Vec<Open<'table>>,
    packages: Vec<Closed<'table>>,
    unknown: Vec<String>,
}

impl<'own, 'table> Search<'own, 'table> {
    fn new(table: &'own ModuleTable<'table>) -> Self {
        Self {
            table,
            seen: BTreeSet::new(),
            missed: BTreeSet::new(),
            open: Vec::new(),
            packages: Vec::new(),
            unknown: Vec::new(),
        }
    }

    fn ask(&mut self, name: &str, version: Option<&str>) {
        let (name, extras) = split_extras(name);
        let Some((row, fit)) = self.table.size_of_version(name, version) else {
            return self.miss(name.to_owned());
        };
        if self.seen.insert((row.name, row.version, None)) {
            self.packages.push(Closed { row, fit });
            self.open.push((row, None));
        }
        for extra in extras.split(',').map(str::trim).filter(|extra| !extra.is_empty()) {
            if self.seen.insert((row.name, row.version, Some(extra.to_owned()))) {
                self.open.push((row, Some(extra.to_owned())));
            }
        }
    }

    fn miss(&mut self, name: String) {
        if self.missed.insert(name.clone()) {
            self.unknown.push(name);
        }
    }

    /// Asks for what a row needs by itself, or for one of its extras.
    fn follow(&mut self, row: ModuleRow<'table>, extra: Option<&str>) {
        let mut is_recorded = extra.is_none();
        for (_, need) in row.needs().filter(|(of, _)| *of == extra) {
            is_recorded = true;
            // An extra that needs nothing is recorded by an empty name.
            if !need.is_empty() {
                let (name, version) = split_version(need);
                self.ask(name, version);
            }
        }
        if let Some(extra) = extra.filter(|_| !is_recorded) {
            self.miss(format!("{}[{extra}]", row.name));
        }
    }

    fn finish(self, unknown_bytes: [u64; 3]) -> Closure<'table> {
        let Self { packages, unknown, table, .. } = self;
        Closure {
            packages,
            unknown,
            unknown_bytes,
            ecosystem: table.ecosystem(),
            date: table.date(),
        }
    }
}
