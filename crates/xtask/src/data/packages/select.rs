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

/// The names that are wanted and what they may bring with them: of every need the first way that
/// exists, whether or not something else would meet it already.
pub(super) fn keep(all: &BTreeMap<String, Row>, wanted: &BTreeSet<String>) -> BTreeSet<String> {
    let providers = providers(all.values());
    let pick = |name: &str| {
        let provider = || providers.get(name).and_then(|own| own.first()).copied();
        all.get(name).or_else(provider)
    };
    let mut keep = BTreeSet::new();
    let mut open: Vec<&Row> = wanted.iter().filter_map(|name| pick(name)).collect();
    while let Some(row) = open.pop() {
        if keep.insert(row.name.clone()) {
            let first = |need: &Need| need.iter().find_map(|name| pick(name));
            open.extend(row.needs().filter_map(first));
        }
    }
    keep
}

/// What the named packages bring onto a system that has none, without recommendations.
pub(super) fn close(rows: &BTreeMap<String, Row>, names: &[String]) -> BTreeSet<String> {
    let providers = providers(rows.values());
    let mut inside: BTreeSet<&str> = BTreeSet::new();
    let provided = |name: &str| providers.get(name).map(Vec::as_slice).unwrap_or_default();
    let pick = |name: &String| rows.get(name).or(provided(name).first().copied());
    let mut open: Vec<&Row> = names.iter().filter_map(pick).collect();
    while let Some(row) = open.pop() {
        if !inside.insert(&row.name) {
            continue;
        }
        for need in &row.depends {
            let met = need.iter().any(|name| {
                inside.contains(name.as_str())
                    || open.iter().any(|row| row.name == *name)
                    || provided(name).iter().any(|row| inside.contains(row.name.as_str()))
            });
            if !met {
                open.extend(need.iter().find_map(pick));
            }
        }
    }
    inside.into_iter().map(String::from).collect()
}
