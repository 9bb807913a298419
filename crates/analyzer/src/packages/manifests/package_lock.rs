//! `package-lock.json` of versions 1 to 3: what npm installed, and what of it is for development.

use std::collections::BTreeMap;

use super::json::{Value, walk};
use super::platform::{is_foreign_name, leaves_out};
use super::{Listing, Package, Source};

/// What a lock file says of a place in `node_modules`.
#[derive(Default)]
struct Entry {
    order: usize,
    name: Option<String>,
    version: Option<String>,
    is_development: bool,
    /// A link to a folder of the project, or shipped inside another package's archive.
    is_left_out: bool,
    systems: Vec<String>,
    processors: Vec<String>,
    libraries: Vec<String>,
}

/// Entries by their path below the project.
type Entries = BTreeMap<String, Entry>;

pub(super) fn read(source: &Source<'_>, listing: &mut Listing) {
    let (mut nested, mut flat) = (Entries::new(), Entries::new());
    let end = walk(source.text, &mut |path, value| match path {
        [first, place, field @ ..] if first == "packages" => {
            note(&mut flat, place.clone(), field, &value);
        }
        [first, ..] if first == "dependencies" => note_nested(&mut nested, path, &value),
        _ => {}
    });
    if let Err(place) = end {
        listing.doubt(format!("{} is not JSON from byte {place} on.", source.path));
    }
    // Version 2 says all twice, for npm 6 and for npm 7.
    let entries = if flat.is_empty() { nested } else { flat };
    let mut entries: Vec<(String, Entry)> = entries.into_iter().collect();
    crate::order::sort_by_key(&mut entries, |(_, entry)| entry.order);
    listing.packages.extend(entries.into_iter().filter_map(|(path, entry)| package(&path, entry)));
}

/// Notes a field of version 1, where what is nested stands in the `dependencies` of its parent.
fn note_nested(entries: &mut Entries, path: &[String], value: &Value<'_>) {
    let (mut place, mut rest) = (String::new(), path);
    while let [dependencies, name, inner @ ..] = rest
        && dependencies == "dependencies"
    {
        place.push_str(if place.is_empty() { "node_modules/" } else { "/node_modules/" });
        place.push_str(name);
        rest = inner;
    }
    if !place.is_empty() {
        note(entries, place, rest, value);
    }
}

fn note(entries: &mut Entries, place: String, field: &[String], value: &Value<'_>) {
    let order = entries.len();
    let entry = entries.entry(place).or_insert_with(|| Entry { order, ..Entry::default() });
    let Some(name) = field.first() else { return };
    match name.as_str() {
        "version" => entry.version = Some(value.text().to_owned()),
        "name" => entry.name = Some(value.text().to_owned()),
        // `devOptional` is what production may use too: npm leaves it there with `--omit=dev`.
        "dev" => entry.is_development |= value.is_true(),
        "link" | "inBundle" | "bundled" => entry.is_left_out |= value.is_true(),
        "os" if field.len() == 2 => entry.systems.push(value.text().to_owned()),
        "cpu" if field.len() == 2 => entry.processors.push(value.text().to_owned()),
        "libc" if field.len() == 2 => entry.libraries.push(value.text().to_owned()),
        _ => {}
    }
}

fn package(path: &str, entry: Entry) -> Option<Package> {
    // The project itself and its workspaces lie outside.
    let (_, folder) = path.rsplit_once("node_modules/")?;
    let alias = entry.version.as_deref().and_then(|version| version.strip_prefix("npm:"));
    let alias = alias.map(super::package_json::split_alias);
    let name =
        alias.map(|(name, _)| name.to_owned()).or(entry.name).unwrap_or_else(|| folder.into());
    let is_foreign = is_foreign_name(&name)
        || leaves_out(&entry.systems, "linux")
        || leaves_out(&entry.processors, "x64")
        || leaves_out(&entry.libraries, "glibc");
    if entry.is_left_out || is_foreign {
        return None;
    }
    let version = alias.map(|(_, version)| version.to_owned()).or(entry.version);
    Some(Package { name, version, is_development: entry.is_development })
}
