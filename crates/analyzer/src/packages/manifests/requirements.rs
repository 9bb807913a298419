//! `requirements.txt`: what pip installs.
//!
//! After <https://pip.pypa.io/en/stable/reference/requirements-file-format/>.

use std::collections::BTreeSet;

use super::marker::Environment;
use super::requirement::Requirement;
use super::{Listing, Package, Source};

/// The Python for which markers are decided where nothing names another.
pub(super) const PYTHON: &str = "3.13.5";

pub(super) fn read(source: &Source<'_>, listing: &mut Listing) {
    let is_development = is_for_development(source.path);
    let mut seen = BTreeSet::from([source.path.to_owned()]);
    read_file(source, is_development, listing, &mut seen);
}

/// Whether a requirements file's name says that production does without it.
fn is_for_development(path: &str) -> bool {
    let name = path.to_ascii_lowercase();
    ["dev", "test", "lint", "docs", "ci"].iter().any(|word| {
        name.split(['-', '_', '.', '/', ' '])
            .any(|part| part.trim_end_matches('s') == word.trim_end_matches('s'))
    })
}

fn read_file(
    source: &Source<'_>,
    is_development: bool,
    listing: &mut Listing,
    seen: &mut BTreeSet<String>,
) {
    for line in logical_lines(source.text) {
        let (option, rest) = line.split_once([' ', '=']).unwrap_or((&line, ""));
        match option {
            "-r" | "--requirement" => include(source, rest.trim(), is_development, listing, seen),
            option if option.starts_with("-r") && option.len() > 2 => {
                include(source, line.get(2..).unwrap_or_default(), is_development, listing, seen);
            }
            "-e" | "--editable" => {
                listing.doubt(format!("`{line}` installs a folder, which has needs of its own."));
            }
            // Constraints, indexes, and how to fetch: nothing that is installed.
            option if option.starts_with('-') => {}
            _ => requirement(&line, is_development, listing),
        }
    }
}

fn requirement(line: &str, is_development: bool, listing: &mut Listing) {
    // Hashes and other options stand behind.
    let line = line.split(" --").next().unwrap_or(line).trim();
    let Some(requirement) = Requirement::read(line) else {
        return listing.doubt(format!("`{line}` is no requirement by name."));
    };
    let environment = Environment { python: PYTHON, extra: "" };
    if requirement.marker.is_empty() || environment.satisfies(requirement.marker) != Some(false) {
        let (name, version) = (requirement.full_name(), requirement.version.map(str::to_owned));
        listing.packages.push(Package { name, version, is_development });
    }
}

fn include(
    source: &Source<'_>,
    name: &str,
    is_development: bool,
    listing: &mut Listing,
    seen: &mut BTreeSet<String>,
) {
    let path = source.path_beside(name);
    if !seen.insert(path.clone()) {
        return;
    }
    match (source.find)(&path) {
        Some(text) => {
            let source = Source { path: &path, text: &text, find: source.find };
            read_file(&source, is_development, listing, seen);
        }
        None => listing.doubt(format!("{path} is included, but it is not there.")),
    }
}

/// Lines without comments; a backslash joins the next one.
fn logical_lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut open = String::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = line.trim_end();
        let line = match line.trim_start().starts_with('#') {
            true => "",
            false => line.split(" #").next().unwrap_or(line).trim_end(),
        };
        match line.strip_suffix('\\') {
            Some(start) => open.push_str(start),
            None => {
                open.push_str(line);
                lines.push(std::mem::take(&mut open).trim().to_owned());
            }
        }
    }
    lines.push(open.trim().to_owned());
    lines.retain(|line| !line.is_empty());
    lines
}
