//! What a command line of pip, or of one that takes pip's words, asks for.

use super::super::common::{join, last_name};
use super::super::manifests::requirement::Requirement;
use super::super::manifests::{self, Listing, Package};
use super::super::modules::Ecosystem;
use super::super::{CommandLine, Machine};
use super::project::lock_beside;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Asked {
    /// Lists of packages, one for the names and one for each file.
    pub(in super::super) listings: Vec<Listing>,
    /// Files whose text is not known.
    pub(in super::super) unread: Vec<String>,
    /// Folders that are installed themselves, and whether their files are copied.
    pub(in super::super) folders: Vec<(String, bool)>,
    /// Folders of wheels that were made before.
    pub(in super::super) wheels: Vec<String>,
    /// What is not known.
    pub(in super::super) doubts: Vec<String>,
}

/// Flags whose value is a word of its own.
pub(in super::super) const VALUED: &[&str] = &[
    "-r",
    "--requirement",
    "--requirements",
    "-c",
    "--constraint",
    "-e",
    "--editable",
    "-t",
    "--target",
    "--prefix",
    "--root",
    "-i",
    "--index-url",
    "--extra-index-url",
    "--index",
    "--default-index",
    "-f",
    "--find-links",
    "--trusted-host",
    "--timeout",
    "--retries",
    "--cache-dir",
    "-w",
    "--wheel-dir",
    "-d",
    "--dest",
    "--only-binary",
    "--no-binary",
    "--platform",
    "--python-version",
    "--python",
    "-p",
    "--progress-bar",
    "--src",
    "--upgrade-strategy",
    "--log",
    "--link-mode",
    "--group",
    "--extra",
];

impl Asked {
    /// Takes in a file that names packages.
    pub(in super::super) fn read_file(&mut self, path: &str, machine: &dyn Machine) {
        let Some(text) = machine.text(path).map(str::to_owned) else {
            // Often made from the lock file beside it: `poetry export`, `uv export`.
            match lock_beside(path, machine) {
                Some(listing) => self.listings.push(listing),
                None => self.unread.push(path.to_owned()),
            }
            return;
        };
        let known = [".txt", ".toml", ".lock"].iter().any(|end| path.ends_with(end));
        let name = if known { path.to_owned() } else { format!("{path}.txt") };
        if let Some(listing) = read_listing(&name, &text, machine) {
            self.listings.push(listing);
        }
    }

    fn read_folder(&mut self, word: &str, is_copied: bool, machine: &dyn Machine) {
        let (folder, extras) = word.split_once('[').unwrap_or((word, ""));
        let folder = folder.strip_prefix("file://").unwrap_or(folder);
        if !extras.is_empty() {
            self.doubts.push(format!("What the extras of `{word}` bring is not known."));
        }
        self.folders.push((folder.to_owned(), is_copied));
        let manifest = join(folder, "pyproject.toml");
        match machine.text(&manifest).map(str::to_owned) {
            Some(text) => {
                if let Some(mut listing) = read_listing(&manifest, &text, machine) {
                    listing.packages.retain(|package| !package.is_development);
                    self.listings.push(listing);
                }
            }
            None => self.unread.push(manifest),
        }
    }
}

/// Reads a manifest with the files that it names.
pub(super) fn read_listing(path: &str, text: &str, machine: &dyn Machine) -> Option<Listing> {
    let root = if path.starts_with('/') { "/" } else { "" };
    manifests::read(path, text, &|other| machine.text(&format!("{root}{other}")).map(str::to_owned))
}

/// Reads the words behind `install`.
pub(in super::super) fn read_operands(line: &CommandLine, machine: &dyn Machine) -> Asked {
    let mut asked = Asked::default();
    for path in line.values_of(&["-r", "--requirement", "--requirements"]) {
        asked.read_file(path, machine);
    }
    for folder in line.values_of(&["-e", "--editable"]) {
        asked.read_folder(folder, false, machine);
    }
    let mut packages = Vec::new();
    for argument in line.operands(VALUED).into_iter().skip(1) {
        let word = argument.text.trim_matches(['"', '\'']);
        let is_file = [".whl", ".tar.gz", ".zip"].iter().any(|end| word.ends_with(end));
        if word.is_empty() {
            asked.doubts.push("Which packages a variable names is not known.".to_owned());
        } else if word.contains("://") || word.starts_with("git+") {
            packages.push(of_address(word));
        } else if is_file || argument.has_glob && !stays(word) {
            let folder = word.rsplit_once('/').map_or(".", |(folder, _)| folder);
            asked.wheels.push(folder.to_owned());
        } else if word.starts_with(['.', '/']) || word.contains('/') {
            asked.read_folder(word, true, machine);
        } else if let Some(requirement) = Requirement::read(word) {
            let version = requirement.version.map(str::to_owned);
            packages.push(Package {
                name: requirement.full_name(),
                version,
                is_development: false,
            });
        } else {
            asked.doubts.push(format!("`{word}` is no requirement by name."));
        }
    }
    asked.listings.push(Listing {
        ecosystem: Ecosystem::Pypi,
        is_complete: line.has_flag(&["--no-deps"]),
        packages,
        not_understood: Vec::new(),
    });
    if line.has_flag(&["--no-deps"]) {
        asked.listings.iter_mut().for_each(|listing| listing.is_complete = true);
    }
    asked
}

/// Whether the shell leaves a pattern as it is, for no file is called so: brackets hold extras
/// (`celery[redis]`, `.[dev]`), and a star ends a version (`django==4.*`).
fn stays(pattern: &str) -> bool {
    !pattern.contains(['*', '?']) || Requirement::read(pattern).is_some()
}

/// A package by the address of its sources or its archive: its name as far as that tells it.
fn of_address(address: &str) -> Package {
    let named = address.split_once(" @ ").map(|(name, _)| name.trim());
    let path = address.split(['#', '?']).next().unwrap_or(address);
    let path = path.rsplit_once(".git").map_or(path, |(path, _)| path);
    let name = named.unwrap_or_else(|| last_name(path, address));
    let is_wheel = name.ends_with(".whl");
    let name = if is_wheel { name.split('-').next().unwrap_or(name) } else { name };
    let name = manifests::requirement::normalise(name);
    Package { name, version: None, is_development: false }
}
