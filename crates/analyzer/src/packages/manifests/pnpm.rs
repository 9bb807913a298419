//! `pnpm-lock.yaml` of versions 5 to 9. Up to version 6 a package says that it is for development;
//! version 9 says what the project asks for, and it is followed through `snapshots`.

use std::collections::BTreeMap;

use super::graph::{Graph, Node};
use super::package_json::split_alias;
use super::platform::{is_foreign_name, leaves_out};
use super::yaml::{Line, elements, lines};
use super::{Listing, Package, Source};

/// What `packages` says of a key.
#[derive(Default)]
struct Entry {
    is_development: bool,
    is_left_out: bool,
}

#[derive(Default)]
struct Lock<'text> {
    major: u64,
    packages: BTreeMap<&'text str, Entry>,
    order: Vec<&'text str>,
    /// What each key of version 9 needs.
    needs: BTreeMap<&'text str, Vec<String>>,
    /// Keys that production asks for.
    production: Vec<String>,
}

pub(super) fn read(source: &Source<'_>, listing: &mut Listing) {
    let mut lock = Lock::default();
    let mut path: Vec<Line<'_>> = Vec::new();
    for line in lines(source.text) {
        while path.last().is_some_and(|outer| outer.indent >= line.indent) {
            path.pop();
        }
        lock.note(&path, line);
        path.push(line);
    }
    if !(5..=9).contains(&lock.major) {
        listing.doubt(format!("{} is of no version from 5 to 9.", source.path));
    }
    listing.packages = if lock.major >= 9 { lock.graph() } else { lock.flat() };
}

impl<'text> Lock<'text> {
    fn note(&mut self, path: &[Line<'text>], line: Line<'text>) {
        match path.iter().map(|line| line.key).collect::<Vec<_>>().as_slice() {
            [] if line.key == "lockfileVersion" => {
                self.major = super::super::modules::major_version(line.value)
            }
            ["packages"] => {
                self.order.push(line.key);
                self.packages.insert(line.key, Entry::default());
            }
            ["packages", key] => {
                let entry = self.packages.entry(key).or_default();
                let foreign = |own| leaves_out(&elements(line.value), own);
                match line.key {
                    "dev" => entry.is_development = line.value == "true",
                    "os" => entry.is_left_out |= foreign("linux"),
                    "cpu" => entry.is_left_out |= foreign("x64"),
                    "libc" => entry.is_left_out |= foreign("glibc"),
                    _ => {}
                }
            }
            ["snapshots"] => drop(self.needs.entry(line.key).or_default()),
            ["snapshots", key, "dependencies" | "optionalDependencies"] => {
                self.needs.entry(key).or_default().push(key_of(line.key, line.value));
            }
            ["importers", _, "dependencies" | "optionalDependencies", alias]
                if line.key == "version" =>
            {
                self.production.push(key_of(alias, line.value));
            }
            _ => {}
        }
    }

    /// Up to version 6.
    fn flat(self) -> Vec<Package> {
        let entries = self.order.iter().filter_map(|key| Some((*key, self.packages.get(key)?)));
        let packages = entries.filter_map(|(key, entry)| {
            let (name, version) = name_and_version(key)?;
            let is_left_out = entry.is_left_out || is_foreign_name(name);
            let is_development = entry.is_development;
            let (name, version) = (name.to_owned(), Some(version.to_owned()));
            (!is_left_out).then_some(Package { name, version, is_development })
        });
        packages.collect()
    }

    /// Version 9.
    fn graph(self) -> Vec<Package> {
        let mut graph = Graph::default();
        for (key, needs) in self.needs {
            let bare = key.split('(').next().unwrap_or(key);
            let Some((name, version)) = name_and_version(bare) else { continue };
            let is_left_out = self.packages.get(bare).is_some_and(|entry| entry.is_left_out);
            let is_left_out = is_left_out || is_foreign_name(name);
            let (name, version) = (name.to_owned(), version.to_owned());
            graph.add([key.to_owned()], Node { name, version, needs, is_left_out });
        }
        graph.list(Some(self.production))
    }
}

/// The key of what a package needs: `version`, or the whole key where it has another name.
fn key_of(name: &str, version: &str) -> String {
    let bare = version.split('(').next().unwrap_or(version);
    match bare.rfind('@') {
        Some(at) if at > 0 => version.to_owned(),
        _ => format!("{name}@{version}"),
    }
}

/// Of `/name/1.0.0_peer` (version 5), `/name@1.0.0(peer)` (6) and `name@1.0.0` (9).
fn name_and_version(key: &str) -> Option<(&str, &str)> {
    let bare = key.split('(').next()?;
    let bare = bare.strip_prefix('/').unwrap_or(bare);
    let (name, version) = match split_alias(bare) {
        (_, "") => bare.rsplit_once('/')?,
        // A peer of version 5 may have a scope: `/a/1.0.0_@b+c@2.0.0`.
        (name, _) if name.contains('_') && key.starts_with('/') => {
            bare.split_once('_')?.0.rsplit_once('/')?
        }
        found => found,
    };
    let version = version.split('_').next()?;
    version.starts_with(|first: char| first.is_ascii_digit()).then_some((name, version))
}
