//! `yarn.lock` of Yarn 1 and of Yarn 2 and later ("Berry"). Neither says what is for development:
//! the `package.json` beside it does, followed through the file.

use super::graph::{Graph, Node};
use super::package_json::{asked, split_alias};
use super::platform::is_foreign_name;
use super::yaml::{lines, unquote};
use super::{Listing, Source};

/// An entry while its lines are read.
#[derive(Default)]
struct Entry {
    keys: Vec<String>,
    node: Node,
    is_in_dependencies: bool,
}

pub(super) fn read(source: &Source<'_>, listing: &mut Listing) {
    let mut graph = Graph::default();
    let mut entry: Option<Entry> = None;
    for line in lines(source.text) {
        if line.indent == 0 {
            finish(entry.take(), &mut graph);
            entry = (line.key != "__metadata").then(|| open(line.key));
            continue;
        }
        let Some(entry) = &mut entry else { continue };
        if line.indent == 2 {
            let section = line.key;
            entry.is_in_dependencies = matches!(section, "dependencies" | "optionalDependencies");
            match section {
                "version" => entry.node.version = line.value.to_owned(),
                "resolution" => resolve(&mut entry.node, line.value),
                "conditions" => entry.node.is_left_out |= is_foreign(line.value),
                _ => {}
            }
        } else if entry.is_in_dependencies {
            entry.node.needs.push(key(line.key, line.value));
        }
    }
    finish(entry, &mut graph);
    let production = production(source);
    if production.is_none() {
        listing.doubt(format!(
            "{} does not say what is for development; give the package.json beside it.",
            source.path
        ));
    }
    listing.packages = graph.list(production);
}

fn open(keys: &str) -> Entry {
    let inner = unquote(keys);
    let keys: Vec<&str> = inner.split(", ").map(unquote).collect();
    let (name, range) = split_range(keys.first().copied().unwrap_or_default());
    // Of `alias@npm:name@^1` the package is `name`.
    let real = range.strip_prefix("npm:").map(split_alias).filter(|(_, range)| !range.is_empty());
    let name = real.map_or(name, |(real, _)| real).to_owned();
    let is_left_out = is_foreign_name(&name) || range.starts_with("workspace:");
    let keys = keys.into_iter().map(split_range).map(|(name, range)| key(name, range)).collect();
    Entry { keys, node: Node { name, is_left_out, ..Node::default() }, is_in_dependencies: false }
}

fn finish(entry: Option<Entry>, graph: &mut Graph) {
    if let Some(Entry { keys, node, .. }) = entry {
        graph.add(keys, node);
    }
}

/// `name` and `range` of `name@range`, where the range may hold an `@` too.
fn split_range(key: &str) -> (&str, &str) {
    let from = usize::from(key.starts_with('@'));
    let at = key.get(from..).and_then(|rest| rest.find('@')).map(|at| at + from);
    match at {
        Some(at) => (key.get(..at).unwrap_or(key), key.get(at + 1..).unwrap_or_default()),
        None => (key, ""),
    }
}

/// One key for both Yarns: later ones write `npm:` before a range, or leave it out in needs.
fn key(name: &str, range: &str) -> String {
    let plain = range.strip_prefix("npm:").filter(|range| !range.contains('@')).unwrap_or(range);
    format!("{name}@{plain}")
}

/// Takes the name that a resolution gives (`string-width@npm:4.2.3` of an alias).
fn resolve(node: &mut Node, resolution: &str) {
    let (name, range) = split_range(resolution);
    node.name = name.to_owned();
    node.is_left_out |= range.starts_with("workspace:");
}

/// Whether `os=linux & cpu=x64 & libc=glibc` rules out the platform that stands for all.
fn is_foreign(conditions: &str) -> bool {
    conditions.split('&').any(|condition| match condition.trim().split_once('=') {
        Some(("os", system)) => system != "linux",
        Some(("cpu", processor)) => processor != "x64",
        Some(("libc", library)) => library != "glibc",
        _ => false,
    })
}

/// What production asks for; of a Yarn workspace also what its folders do is not known here.
fn production(source: &Source<'_>) -> Option<Vec<String>> {
    let (asked, _) = asked(&source.beside("package.json")?);
    let production = asked.into_iter().filter(|asked| !asked.is_development);
    Some(production.map(|asked| key(&asked.alias, &asked.range)).collect())
}
