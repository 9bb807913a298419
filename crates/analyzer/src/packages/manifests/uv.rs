//! `uv.lock`: the project itself is among the packages, and what it asks for is followed.

use std::collections::BTreeSet;

use super::graph::{Graph, Node};
use super::marker::Environment;
use super::requirement::normalise;
use super::requirements::PYTHON;
use super::toml::{Entry, field, packages, string, strings, tables};
use super::{Listing, Source};

#[derive(Default)]
struct Locked {
    node: Node,
    /// What each extra adds.
    extras: Vec<(String, Vec<String>)>,
    /// What development alone asks for.
    development: Vec<String>,
}

pub(super) fn read(source: &Source<'_>, listing: &mut Listing) {
    let packages = packages(source.text, Locked::note);
    let roots = packages.iter().filter(|package| package.node.is_left_out);
    let production: Vec<String> =
        roots.clone().flat_map(|root| root.node.needs.iter().cloned()).collect();
    let mut all = production.clone();
    all.extend(roots.flat_map(|root| root.development.iter().cloned()));
    let wanted = names(graph(&packages), all);
    let production_names = names(graph(&packages), production);
    for Locked { node, .. } in packages.into_iter().filter(|it| wanted.contains(&it.node.name)) {
        let is_development = !production_names.contains(&node.name);
        let version = Some(node.version);
        listing.packages.push(super::Package { name: node.name, version, is_development });
    }
}

/// Names of the packages that `keys` lead to.
fn names(graph: Graph, keys: Vec<String>) -> BTreeSet<String> {
    let packages = graph.list(Some(keys)).into_iter();
    packages.filter(|it| !it.is_development && !it.name.contains('[')).map(|it| it.name).collect()
}

/// A package under its name, and each of its extras as one of its own.
fn graph(packages: &[Locked]) -> Graph {
    let mut graph = Graph::default();
    for Locked { node, extras, .. } in packages {
        graph.add([node.name.clone()], node.clone());
        for (extra, needs) in extras {
            let name = format!("{}[{extra}]", node.name);
            let (needs, version) = (needs.clone(), node.version.clone());
            graph.add([name.clone()], Node { name, version, needs, is_left_out: false });
        }
    }
    graph
}

impl Locked {
    fn note(&mut self, entry: &Entry<'_>) {
        let text = || string(&entry.value).unwrap_or_default();
        match (entry.section, entry.key) {
            ("package", "name") => self.node.name = normalise(&text()),
            ("package", "version") => self.node.version = text(),
            ("package", "source") => {
                let is_folder =
                    |key| tables(&entry.value).iter().any(|it| field(it, key).is_some());
                self.node.is_left_out = is_folder("virtual") || is_folder("editable");
            }
            ("package", "dependencies") => self.node.needs = needs(&entry.value),
            ("package.optional-dependencies", extra) => {
                self.extras.push((normalise(extra), needs(&entry.value)));
            }
            ("package.dev-dependencies", _) => self.development.extend(needs(&entry.value)),
            _ => {}
        }
    }
}

/// Keys of `[{ name = "a", extra = ["x"], marker = "…" }]`, without what markers rule out.
fn needs(value: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for table in tables(value) {
        let marker = field(table, "marker").and_then(string).unwrap_or_default();
        let environment = Environment { python: PYTHON, extra: "" };
        if environment.satisfies(&marker) == Some(false) {
            continue;
        }
        let name = normalise(&field(table, "name").and_then(string).unwrap_or_default());
        let extras = field(table, "extra").map(strings).unwrap_or_default();
        keys.extend(extras.iter().map(|extra| format!("{name}[{}]", normalise(extra))));
        keys.push(name);
    }
    keys
}
