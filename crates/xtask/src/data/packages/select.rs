//! Which packages of a distribution the project's table keeps.

use std::collections::{BTreeMap, BTreeSet};

use super::control;
use super::table::{Need, Row};

/// Who provides what, best first: apt takes the provider of the highest priority.
pub(super) fn providers<'row>(
    rows: impl IntoIterator<Item = &'row Row>,
) -> BTreeMap<&'row str, Vec<&'row Row>> {
    let mut providers: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        for name in &row.provides {
            let own = providers.entry(name).or_default();
            if own.last().is_none_or(|last| last.name != row.name) {
                own.push(row);
            }
        }
    }
    for own in providers.values_mut() {
        own.sort_by_key(|row| (control::rank(row), row.name.as_str()));
    }
    providers
}

/// The packages of a release and who provides what.
pub(super) struct Chooser<'row> {
    rows: BTreeMap<&'row str, &'row Row>,
    providers: BTreeMap<&'row str, Vec<&'row Row>>,
}

impl<'row> Chooser<'row> {
    pub(super) fn of(rows: impl IntoIterator<Item = &'row Row> + Clone) -> Self {
        let by_name = rows.clone().into_iter().map(|row| (row.name.as_str(), row)).collect();
        Self { rows: by_name, providers: providers(rows) }
    }

    /// The names that are wanted and what they may bring with them: of every need the first way
    /// that exists, whether or not something else would meet it already.
    pub(super) fn keep(&self, wanted: &BTreeSet<String>) -> BTreeSet<String> {
        let mut keep = BTreeSet::new();
        let mut open: Vec<&Row> = wanted.iter().filter_map(|name| self.pick(name)).collect();
        while let Some(row) = open.pop() {
            if keep.insert(row.name.clone()) {
                let first = |need: &Need| need.iter().find_map(|name| self.pick(name));
                open.extend(row.needs().filter_map(first));
            }
        }
        keep
    }

    /// What the named packages bring onto a system that has none, without recommendations.
    pub(super) fn close(&self, names: &[String]) -> BTreeSet<String> {
        let mut open: Vec<&Row> = names.iter().filter_map(|name| self.pick(name)).collect();
        let mut chosen: BTreeSet<&str> = open.iter().map(|row| row.name.as_str()).collect();
        while let Some(row) = open.pop() {
            for need in &row.depends {
                let met = need.iter().any(|name| {
                    chosen.contains(name.as_str())
                        || self.provided(name).iter().any(|row| chosen.contains(row.name.as_str()))
                });
                let way = || need.iter().find_map(|name| self.pick(name));
                if let Some(way) = (!met).then(way).flatten() {
                    chosen.insert(&way.name);
                    open.push(way);
                }
            }
        }
        chosen.into_iter().map(String::from).collect()
    }

    /// The package of a name, or the best of those that provide it.
    fn pick(&self, name: &str) -> Option<&'row Row> {
        self.rows.get(name).or(self.provided(name).first()).copied()
    }

    fn provided(&self, name: &str) -> &[&'row Row] {
        self.providers.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}
