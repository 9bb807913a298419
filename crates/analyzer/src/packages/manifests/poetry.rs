//! `poetry.lock`. Poetry 2 says of each package the groups it is in, Poetry before 1.5 a category;
//! between these only the `pyproject.toml` beside it tells what is for development.

use super::graph::{Graph, Node};
use super::marker::Environment;
use super::requirement::normalise;
use super::requirements::PYTHON;
use super::toml::{Entry, packages, string, strings};
use super::{Listing, Package, Source, pyproject};

#[derive(Default)]
struct Locked {
    node: Node,
    is_optional: bool,
    /// What the file itself says.
    is_development: Option<bool>,
}

pub(super) fn read(source: &Source<'_>, listing: &mut Listing) {
    let mut packages = packages(source.text, Locked::note);
    packages.retain(|package| !package.is_optional && !package.node.is_left_out);
    if packages.iter().all(|package| package.is_development.is_some()) {
        listing.packages = packages.into_iter().map(Locked::into_package).collect();
        return;
    }
    let manifest = source.beside("pyproject.toml");
    let production = manifest.map(|text| pyproject::production(&text, "pyproject.toml"));
    if production.is_none() {
        listing.doubt(format!(
            "{} does not say what is for development; give the pyproject.toml beside it.",
            source.path
        ));
    }
    let mut graph = Graph::default();
    for Locked { node, .. } in packages {
        graph.add([node.name.clone()], node);
    }
    listing.packages = graph.list(production);
}

impl Locked {
    fn note(&mut self, entry: &Entry<'_>) {
        match (entry.section, entry.key) {
            ("package", "name") => {
                self.node.name = normalise(&string(&entry.value).unwrap_or_default())
            }
            ("package", "version") => self.node.version = string(&entry.value).unwrap_or_default(),
            ("package", "optional") => self.is_optional = entry.value == "true",
            ("package", "category") => {
                self.is_development = Some(string(&entry.value).as_deref() == Some("dev"));
            }
            ("package", "groups") => {
                self.is_development = Some(!strings(&entry.value).iter().any(|it| it == "main"));
            }
            // A marker for each group, or one for all, which is what can be decided.
            ("package", "markers") if !entry.value.starts_with('{') => {
                let environment = Environment { python: PYTHON, extra: "" };
                let marker = string(&entry.value).unwrap_or_default();
                self.node.is_left_out = environment.satisfies(&marker) == Some(false);
            }
            ("package.dependencies", name) => self.node.needs.push(normalise(name)),
            _ => {}
        }
    }

    fn into_package(self) -> Package {
        let Self { node, is_development, .. } = self;
        let is_development = is_development.unwrap_or_default();
        Package { name: node.name, version: Some(node.version), is_development }
    }
}
