//! Manifests and lock files as lists of packages. Each format is a row of `FORMATS` and a file.
//!
//! Reading never fails: what is not understood is listed, and the rest is used. A lock file lists
//! the packages of all platforms; those of others than 64-bit Linux are left out.

use super::modules::{Closure, Ecosystem, ModuleTable, Wanted};

mod graph;
pub(crate) mod json;
pub mod marker;
mod package_json;
mod package_lock;
mod pipfile_lock;
mod platform;
mod pnpm;
mod poetry;
mod pyproject;
pub mod requirement;
mod requirements;
mod toml;
mod uv;
mod yaml;
mod yarn;

pub(crate) use package_json::script;

/// A package that a file names.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Package {
    /// Its name; of Python normalised, with its extras in brackets.
    pub name: String,
    /// Its version, or the one a range opens with, when it says one.
    pub version: Option<String>,
    /// It is only there for development.
    pub is_development: bool,
}

/// What a file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Whose packages they are.
    pub ecosystem: Ecosystem,
    /// A lock file names everything that is installed, a manifest what is asked for.
    pub is_complete: bool,
    /// The packages, in the order of the file.
    pub packages: Vec<Package>,
    /// What was not understood, each a sentence.
    pub not_understood: Vec<String>,
}

impl Listing {
    /// What is installed of it, by a table of the same ecosystem.
    #[must_use]
    pub fn weigh<'table>(
        &self,
        table: &ModuleTable<'table>,
        with_development: bool,
    ) -> Closure<'table> {
        let packages = self.packages.iter().filter(|it| with_development || !it.is_development);
        let wanted = packages.map(|it| Wanted { name: &it.name, version: it.version.as_deref() });
        match self.is_complete {
            true => table.weigh(wanted),
            false => table.close(wanted),
        }
    }

    fn doubt(&mut self, sentence: impl Into<String>) {
        self.not_understood.push(sentence.into());
    }
}

/// Finds the text of another file of the project, by its path.
pub type Find<'own> = &'own dyn Fn(&str) -> Option<String>;

/// A file on its way to a listing.
struct Source<'own> {
    path: &'own str,
    text: &'own str,
    find: Find<'own>,
}

impl Source<'_> {
    /// The text of a file named from the folder of this one.
    fn beside(&self, name: &str) -> Option<String> {
        (self.find)(&self.path_beside(name))
    }

    fn path_beside(&self, name: &str) -> String {
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in name.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        parts.join("/")
    }
}

/// A format of manifests.
struct Format {
    /// Names of its files in lower case, `*` in front standing for anything.
    names: &'static [&'static str],
    ecosystem: Ecosystem,
    is_complete: bool,
    read: fn(&Source<'_>, &mut Listing),
}

#[rustfmt::skip]
const FORMATS: [Format; 9] = [
    Format::manifest(&["package.json"], Ecosystem::Npm, package_json::read),
    Format::lock(&["package-lock.json", "npm-shrinkwrap.json"], Ecosystem::Npm, package_lock::read),
    Format::lock(&["yarn.lock"], Ecosystem::Npm, yarn::read),
    Format::lock(&["pnpm-lock.yaml"], Ecosystem::Npm, pnpm::read),
    Format::manifest(&["*.txt"], Ecosystem::Pypi, requirements::read),
    Format::manifest(&["pyproject.toml"], Ecosystem::Pypi, pyproject::read),
    Format::lock(&["poetry.lock"], Ecosystem::Pypi, poetry::read),
    Format::lock(&["uv.lock"], Ecosystem::Pypi, uv::read),
    Format::lock(&["pipfile.lock"], Ecosystem::Pypi, pipfile_lock::read),
];

impl Format {
    const fn manifest(
        names: &'static [&'static str],
        ecosystem: Ecosystem,
        read: fn(&Source<'_>, &mut Listing),
    ) -> Self {
        Self { names, ecosystem, is_complete: false, read }
    }

    const fn lock(
        names: &'static [&'static str],
        ecosystem: Ecosystem,
        read: fn(&Source<'_>, &mut Listing),
    ) -> Self {
        Self { names, ecosystem, is_complete: true, read }
    }

    fn is_named(&self, file: &str) -> bool {
        self.names.iter().any(|own| match own.strip_prefix('*') {
            Some(ending) => file.ends_with(ending),
            None => *own == file,
        })
    }
}

/// Reads a manifest or lock file; `None` when its name is that of no known format. `find` gives
/// other files of the project: the manifest beside a lock file, what a requirements file includes.
#[must_use]
pub fn read(path: &str, text: &str, find: Find<'_>) -> Option<Listing> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let format = FORMATS.iter().find(|format| format.is_named(&name))?;
    let mut listing = Listing {
        ecosystem: format.ecosystem,
        is_complete: format.is_complete,
        packages: Vec::new(),
        not_understood: Vec::new(),
    };
    (format.read)(&Source { path, text, find }, &mut listing);
    Some(listing)
}

#[cfg(test)]
mod tests;
