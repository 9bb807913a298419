//! `package.json`: what a project of Node.js asks for.

use super::json::{Value, walk};
use super::{Listing, Package, Source};

/// A dependency as `package.json` writes it.
pub(super) struct Asked {
    /// The name by which the project uses it.
    pub(super) alias: String,
    /// The range, as written.
    pub(super) range: String,
    pub(super) is_development: bool,
}

pub(super) fn read(source: &Source<'_>, listing: &mut Listing) {
    let (asked, end) = asked(source.text);
    if let Err(place) = end {
        listing.doubt(format!("{} is not JSON from byte {place} on.", source.path));
    }
    for Asked { alias, range, is_development } in asked {
        if is_local(&range) {
            continue;
        }
        let (name, range) = match range.strip_prefix("npm:").map(split_alias) {
            Some((name, range)) => (name.to_owned(), range),
            None => (alias, range.as_str()),
        };
        listing.packages.push(Package { name, version: version(range), is_development });
    }
}

/// What a `package.json` asks for, and where it stops being JSON if it does. Peers are installed
/// too, as npm does since version 7.
pub(super) fn asked(text: &str) -> (Vec<Asked>, Result<(), usize>) {
    let mut all: Vec<Asked> = Vec::new();
    let end = walk(text, &mut |path, value| {
        let ([section, alias], Value::Text(range)) = (path, value) else { return };
        let is_development = match section.as_str() {
            "dependencies" | "optionalDependencies" | "peerDependencies" => false,
            "devDependencies" => true,
            _ => return,
        };
        all.push(Asked { alias: alias.clone(), range, is_development });
    });
    (all, end)
}

/// A folder of the project itself, which no registry sends.
fn is_local(range: &str) -> bool {
    ["workspace:", "file:", "link:", "portal:"].iter().any(|start| range.starts_with(start))
}

/// `name` and `range` of `name@range`.
pub(super) fn split_alias(text: &str) -> (&str, &str) {
    match text.rfind('@') {
        Some(at) if at > 0 => (text.get(..at).unwrap_or(text), text.get(at + 1..).unwrap_or("")),
        _ => (text, ""),
    }
}

/// The version that the last alternative of a range opens with: `4.17.1` of `^4.17.1`.
fn version(range: &str) -> Option<String> {
    let last = range.rsplit("||").next().unwrap_or(range);
    let last = last.trim().trim_start_matches(['^', '~', '>', '<', '=', 'v', ' ']);
    let end = last.find([' ', ',']).unwrap_or(last.len());
    let version = last.get(..end).unwrap_or_default().trim_end_matches(".x").trim_end_matches(".*");
    let is_number = version.starts_with(|first: char| first.is_ascii_digit());
    (is_number && !version.contains(['/', ':'])).then(|| version.to_owned())
}

/// The command of a script.
pub(crate) fn script(text: &str, name: &str) -> Option<String> {
    let mut found = None;
    let _ = walk(text, &mut |path, value| {
        if let ([section, own], Value::Text(command)) = (path, value)
            && section == "scripts"
            && own == name
        {
            found = Some(command);
        }
    });
    found
}
