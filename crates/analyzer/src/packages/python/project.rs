//! What a project's own files ask for: the lock file, or else the manifest.

use super::super::Machine;
use super::super::common::join;
use super::super::manifests::Listing;
use super::asked::{Asked, read_listing};

/// What is installed of a project.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Locked {
    /// The lists.
    pub(in super::super) asked: Asked,
    /// Whether a lock file is known: then nothing is asked of the index.
    pub(in super::super) is_locked: bool,
}

/// Reads the first of the files that is known; where none is, the last one stays unread.
pub(in super::super) fn read_project(
    folder: &str,
    files: &[&str],
    with_development: bool,
    machine: &dyn Machine,
) -> Locked {
    let mut asked = Asked::default();
    for name in files {
        let path = join(folder, name);
        let Some(text) = machine.text(&path).map(str::to_owned) else { continue };
        let Some(mut listing) = read_listing(&path, &text, machine) else { continue };
        listing.packages.retain(|package| with_development || !package.is_development);
        let is_locked = listing.is_complete;
        asked.listings.push(listing);
        return Locked { asked, is_locked };
    }
    let first = files.first().copied().unwrap_or_default();
    asked.unread.push(join(folder, first));
    Locked { asked, is_locked: false }
}

/// The lock file beside a list that nobody wrote by hand.
pub(super) fn lock_beside(path: &str, machine: &dyn Machine) -> Option<Listing> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    [folder, ""].iter().find_map(|folder| {
        ["poetry.lock", "uv.lock", "Pipfile.lock"].iter().find_map(|name| {
            let path = join(folder, name);
            let text = machine.text(&path)?;
            let mut listing = read_listing(&path, text, machine)?;
            listing.packages.retain(|package| !package.is_development);
            Some(listing)
        })
    })
}
