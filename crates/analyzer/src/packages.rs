//! Package managers as values, and packages of distributions: what a command adds, computed and not
//! guessed.
//!
//! Every manager is a file of its own and a line of [`MANAGERS`]. A manager knows the machine only
//! as [`Machine`], so that its file says nothing of layers: the simulation decides what a write
//! means on a mount, in a branch that may not run, or above a lower layer.
//!
//! A [`PackageIndex`] holds the packages of one release of Debian or Alpine with what they need and
//! what they weigh. [`PackageIndex::base`] says what an image has already, [`PackageIndex::close`]
//! what the named packages bring besides, and [`weigh`] what that makes of a layer. The tables are
//! `crates/analyzer/data/packages/`, each with source and date; `cargo xtask data debian` and
//! `cargo xtask data alpine` make of them the indexes (`crates/analyzer/data/indexes/`) that are
//! read here. The command line compiles them in; a page brings the one it needs with [`install`].
//!
//! Packages of languages are apart: [`manifests`] reads what a project asks for, [`modules`] what
//! that weighs.

mod apk;
mod apt;
mod base;
mod bun;
mod bundler;
mod cargo;
mod closure;
mod command_line;
mod common;
mod composer;
mod conda;
mod distribution;
mod dnf;
mod dotnet;
mod gem;
mod go;
mod gradle;
mod index;
mod machine;
mod made;
mod make;
mod manager;
pub mod manifests;
mod maven;
pub mod modules;
mod node_project;
mod node_scripts;
mod node_tools;
mod node_versions;
mod npm;
mod pacman;
mod pecl;
mod php;
mod pip;
mod pipenv;
mod pnpm;
mod poetry;
mod python;
mod python_tools;
mod reading;
mod rustup;
mod stand_in;
#[cfg(test)]
mod trial;
mod uv;
mod venv;
mod weight;
mod word;
pub mod workspaces;
mod yarn;
mod zypper;

use std::sync::OnceLock;

pub use base::InstalledSet;
pub use closure::{AddedPackage, Closure, Reason};
pub use command_line::{Argument, CommandLine};
pub(crate) use distribution::lose;
pub use distribution::{Ledger, Wish, index_of};
pub use index::PackageIndex;
pub use machine::{Contents, Machine};
pub use manager::{Action, ActionKind, CacheFolder, PackageManager};
pub use reading::UnreadableIndex;
pub use weight::{Kept, PackageLayer, package_lists, weigh};

/// Every package manager that is known, those of distributions first, then by language.
#[rustfmt::skip]
pub static MANAGERS: &[&PackageManager] = &[
    &apt::MANAGER,
    &apk::MANAGER,
    &dnf::MANAGER,
    &zypper::MANAGER,
    &pacman::MANAGER,
    &node_versions::MANAGER,
    &npm::MANAGER,
    &yarn::MANAGER,
    &pnpm::MANAGER,
    &bun::MANAGER,
    &node_tools::MANAGER,
    &go::MANAGER,
    &cargo::MANAGER,
    &rustup::MANAGER,
    &maven::MANAGER,
    &gradle::MANAGER,
    &dotnet::MANAGER,
    &composer::MANAGER,
    &php::MANAGER,
    &pecl::MANAGER,
    &gem::MANAGER,
    &bundler::MANAGER,
    &pip::MANAGER,
    &venv::MANAGER,
    &uv::MANAGER,
    &poetry::MANAGER,
    &pipenv::MANAGER,
    &conda::MANAGER,
    &python_tools::MANAGER,
    &make::MANAGER,
];

/// What a command line asks of a package manager; `None` where it is none's.
#[must_use]
pub fn recognize(line: &CommandLine) -> Option<Action> {
    let name = line.program_name();
    let managers = MANAGERS.iter().filter(|manager| manager.runs_as(name));
    managers
        .copied()
        .find_map(|manager| (manager.read)(line).map(|it| Action { manager: Some(manager), ..it }))
}

/// The index that answers for a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexChoice {
    /// Its name, and without `.index` the name of its file.
    pub name: &'static str,
    /// Whether it is of the very release; otherwise it stands in for it, and what is computed from
    /// it is an assumption.
    pub exact: bool,
}

/// Where the index of one release is kept: the bytes that are compiled in, and the index once read.
struct Shelf {
    name: &'static str,
    #[cfg(feature = "embedded-packages")]
    bytes: &'static [u8],
    read: OnceLock<PackageIndex>,
}

macro_rules! shelf {
    ($name:literal) => {
        Shelf {
            name: $name,
            #[cfg(feature = "embedded-packages")]
            bytes: include_bytes!(concat!("../data/indexes/", $name, ".index")),
            read: OnceLock::new(),
        }
    };
}

/// Every index there is: Debian's releases, then Alpine's, each from the oldest.
static SHELVES: [Shelf; 11] = [
    shelf!("debian-bullseye"),
    shelf!("debian-bookworm"),
    shelf!("debian-trixie"),
    shelf!("alpine-3.11"),
    shelf!("alpine-3.14"),
    shelf!("alpine-3.16"),
    shelf!("alpine-3.17"),
    shelf!("alpine-3.19"),
    shelf!("alpine-3.20"),
    shelf!("alpine-3.21"),
    shelf!("alpine-3.22"),
];

/// Chooses the index for a distribution as [`crate::images::BaseImage::distribution`] writes it:
/// `debian 12`, `alpine 3.22`. Ubuntu is answered by the Debian release it was made from. `None` for
/// distributions without tables: what their packages weigh is not known here.
#[must_use]
pub fn choose(distribution: &str) -> Option<IndexChoice> {
    let (family, version) = distribution.split_once(' ').unwrap_or((distribution, ""));
    let mut parts = version.split('.').map(|part| part.parse::<u32>().ok());
    let (major, minor) = (parts.next().flatten(), parts.next().flatten());
    let (name, exact) = match (family, major) {
        ("debian", Some(11)) => ("debian-bullseye", true),
        ("debian", Some(12)) => ("debian-bookworm", true),
        ("debian", Some(13)) => ("debian-trixie", true),
        ("debian", Some(0..11)) => ("debian-bullseye", false),
        ("debian", _) => ("debian-trixie", false),
        ("ubuntu", Some(0..22)) => ("debian-bullseye", false),
        ("ubuntu", Some(22..24)) => ("debian-bookworm", false),
        ("ubuntu", _) => ("debian-trixie", false),
        ("alpine", Some(3)) => return Some(alpine(minor.unwrap_or(u32::MAX))),
        ("alpine", None) => return Some(alpine(u32::MAX)),
        _ => return None,
    };
    Some(IndexChoice { name, exact })
}

/// The newest index of Alpine that is not newer than 3.`minor`, or the oldest there is.
fn alpine(minor: u32) -> IndexChoice {
    const MINORS: [(u32, &str); 8] = [
        (11, "alpine-3.11"),
        (14, "alpine-3.14"),
        (16, "alpine-3.16"),
        (17, "alpine-3.17"),
        (19, "alpine-3.19"),
        (20, "alpine-3.20"),
        (21, "alpine-3.21"),
        (22, "alpine-3.22"),
    ];
    let not_newer = MINORS.iter().rev().find(|(own, _)| *own <= minor);
    let (own, name) = not_newer.copied().unwrap_or((11, "alpine-3.11"));
    IndexChoice { name, exact: own == minor }
}

/// Brings an index by its name; only the first of a name counts.
///
/// # Errors
/// When the bytes are no index, or none of this name is known.
pub fn install(name: &str, bytes: &[u8]) -> Result<(), UnreadableIndex> {
    let shelf = SHELVES.iter().find(|shelf| shelf.name == name);
    let shelf = shelf.ok_or(UnreadableIndex("no release has an index of this name"))?;
    // A second one of the same name has nothing to say.
    let _ = shelf.read.set(PackageIndex::read(bytes)?);
    Ok(())
}

/// The index of a name, read at the first question. `None` while it was not brought and is not
/// compiled in: the caller says that it is loading.
#[must_use]
pub fn find(name: &str) -> Option<&'static PackageIndex> {
    let shelf = SHELVES.iter().find(|shelf| shelf.name == name)?;
    #[cfg(feature = "embedded-packages")]
    if shelf.read.get().is_none() {
        let _ = shelf.read.set(PackageIndex::read(shelf.bytes).ok()?);
    }
    shelf.read.get()
}

#[cfg(test)]
mod tests;
