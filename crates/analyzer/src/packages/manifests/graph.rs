//! Which packages of a lock file production needs, where the file does not say it.

use std::collections::{BTreeMap, BTreeSet};

use super::Package;

/// A package of a lock file.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) version: String,
    /// Keys of what it needs.
    pub(super) needs: Vec<String>,
    /// Part of the project itself, or made for another platform: not installed.
    pub(super) is_left_out: bool,
}

/// The packages of a lock file and what they need.
#[derive(Debug, Default)]
pub(super) struct Graph {
    nodes: Vec<Node>,
    places: BTreeMap<String, usize>,
}

impl Graph {
    /// Adds a package under the keys by which others need it.
    pub(super) fn add(&mut self, keys: impl IntoIterator<Item = String>, node: Node) {
        for key in keys {
            self.places.insert(key, self.nodes.len());
        }
        self.nodes.push(node);
    }

    /// The packages in order; those that `production` does not lead to are for development.
    /// Without `production` nothing is.
    pub(super) fn list(self, production: Option<Vec<String>>) -> Vec<Package> {
        let reached = production.map(|keys| self.reach(keys));
        let packages = self.nodes.into_iter().enumerate();
        let packages = packages.filter(|(_, node)| !node.is_left_out).map(|(place, node)| {
            let is_development = reached.as_ref().is_some_and(|reached| !reached.contains(&place));
            Package { name: node.name, version: Some(node.version), is_development }
        });
        packages.collect()
    }

    fn reach(&self, mut open: Vec<String>) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        while let Some(key) = open.pop() {
            let Some(place) = self.places.get(&key) else { continue };
            if reached.insert(*place)
                && let Some(node) = self.nodes.get(*place)
            {
                open.extend(node.needs.iter().cloned());
            }
        }
        reached
    }
}
