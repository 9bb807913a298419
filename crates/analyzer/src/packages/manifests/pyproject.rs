//! `pyproject.toml`: the standard tables, dependency groups, and those of Poetry.
//!
//! After <https://packaging.python.org/en/latest/specifications/pyproject-toml/>.

use super::marker::Environment;
use super::requirement::{Requirement, normalise};
use super::requirements::PYTHON;
use super::toml::{Entry, entries, field, string, strings, tables};
use super::{Listing, Package, Source};

pub(super) fn read(source: &Source<'_>, listing: &mut Listing) {
    let entries = entries(source.text);
    for entry in &entries {
        match (entry.section, entry.key) {
            ("project", "dependencies") => standard(entry, false, listing),
            ("dependency-groups", _) => standard(entry, true, listing),
            ("tool.uv", "dev-dependencies") => standard(entry, true, listing),
            (_, "python") => {}
            ("tool.poetry.dependencies", _) => poetry(entry, false, listing),
            ("tool.poetry.dev-dependencies", _) => poetry(entry, true, listing),
            (section, _) if poetry_group(section).is_some() => poetry(entry, true, listing),
            _ => {}
        }
    }
    let is_dynamic = entries.iter().any(|entry| {
        (entry.section, entry.key) == ("project", "dynamic")
            && strings(&entry.value).iter().any(|it| it == "dependencies")
    });
    if is_dynamic {
        listing.doubt(format!(
            "{} leaves its dependencies to the build; name the file they come from.",
            source.path
        ));
    }
}

/// `dev` of `tool.poetry.group.dev.dependencies`.
fn poetry_group(section: &str) -> Option<&str> {
    section.strip_prefix("tool.poetry.group.")?.strip_suffix(".dependencies")
}

fn standard(entry: &Entry<'_>, is_development: bool, listing: &mut Listing) {
    // `{ include-group = "x" }` names a group that is read by itself.
    let value =
        tables(&entry.value).iter().fold(entry.value.clone(), |it, table| it.replace(table, ""));
    for text in strings(&value) {
        let Some(requirement) = Requirement::read(&text) else {
            listing.doubt(format!("`{text}` is no requirement by name."));
            continue;
        };
        let environment = Environment { python: PYTHON, extra: "" };
        if requirement.marker.is_empty() || environment.satisfies(requirement.marker) != Some(false)
        {
            let (name, version) = (requirement.full_name(), requirement.version.map(str::to_owned));
            listing.packages.push(Package { name, version, is_development });
        }
    }
}

/// `name = "^1.0"` or `name = { version = "^1.0", extras = ["x"], optional = true }`.
fn poetry(entry: &Entry<'_>, is_development: bool, listing: &mut Listing) {
    let (mut name, mut range) = (normalise(entry.key), string(&entry.value));
    if let Some(table) = tables(&entry.value).first() {
        if field(table, "optional") == Some("true") {
            return;
        }
        if field(table, "path").is_some() {
            return listing.doubt(format!("`{name}` is a folder, which has needs of its own."));
        }
        range = field(table, "version").and_then(string);
        let extras = field(table, "extras").map(strings).unwrap_or_default();
        if !extras.is_empty() {
            let extras: Vec<String> = extras.iter().map(|extra| normalise(extra)).collect();
            name = format!("{name}[{}]", extras.join(","));
        }
    }
    let version = range.map(|range| {
        let range = range.trim_start_matches(['^', '~', '>', '=', ' ']);
        range.split([',', ' ']).next().unwrap_or_default().trim_end_matches(".*").to_owned()
    });
    let version = version.filter(|it| it.starts_with(|first: char| first.is_ascii_digit()));
    listing.packages.push(Package { name, version, is_development });
}

/// Names that production asks for, for lock files that do not say it.
pub(super) fn production(text: &str, path: &str) -> Vec<String> {
    let mut listing = Listing {
        ecosystem: super::Ecosystem::Pypi,
        is_complete: false,
        packages: Vec::new(),
        not_understood: Vec::new(),
    };
    read(&Source { path, text, find: &|_| None }, &mut listing);
    let production = listing.packages.into_iter().filter(|package| !package.is_development);
    production.map(|it| it.name.split('[').next().unwrap_or_default().to_owned()).collect()
}
