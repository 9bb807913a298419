//! Following symbolic links without leaving the root.
//!
//! `RootPath` of <https://github.com/containerd/continuity/blob/11900e88c487/fs/path.go>: an absolute
//! target starts at the root of the tree, `..` stops there, and 255 links are the most.

use super::{SourceKind, SourceTree};
use crate::plan::paths;

/// The most links on the way to one file.
const MOST_LINKS: usize = 255;

/// Why a path leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DeadEnd {
    /// Nothing is at this path.
    Missing(String),
    /// Nothing is at this path, to which a link led.
    MissingTarget {
        /// The last link on the way.
        link: String,
        /// Where nothing is.
        path: String,
    },
    /// More links than the builder follows.
    TooManyLinks,
    /// The target of the link at this path is not known.
    UnknownTarget(String),
}

/// A path in the form of a [`SourceTree`]: no `.`, no empty part, `..` taken back as text.
pub(super) fn clean(path: &str) -> String {
    let mut cleaned = paths::clean("/", path);
    cleaned.remove(0);
    cleaned
}

/// Joins two cleaned paths.
fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

/// The path of what `path`, which is cleaned, names once every link on the way is followed, the
/// last part included, and the number of links.
///
/// # Errors
/// Where it leads nowhere.
pub(super) fn follow(tree: &dyn SourceTree, path: &str) -> Result<(String, usize), DeadEnd> {
    // What is a path of the tree itself has no link above it.
    if matches!(tree.kind(path), Some(SourceKind::File | SourceKind::Folder)) {
        return Ok((path.to_owned(), 0));
    }
    let mut links = 0;
    let mut last = None;
    let mut rest = path.to_owned();
    'again: loop {
        let mut end = 0;
        while end < rest.len() {
            end = rest
                .get(end + 1..)
                .and_then(|more| more.find('/'))
                .map_or(rest.len(), |at| end + 1 + at);
            let here = rest.get(..end).unwrap_or_default();
            match tree.kind(here) {
                Some(SourceKind::Link("")) => return Err(DeadEnd::UnknownTarget(here.to_owned())),
                Some(SourceKind::Link(target)) => {
                    links += 1;
                    if links > MOST_LINKS {
                        return Err(DeadEnd::TooManyLinks);
                    }
                    last = Some(here.to_owned());
                    let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
                    let folder = if target.starts_with('/') { "" } else { folder };
                    let target = clean(&format!("{folder}/{target}"));
                    let behind = rest.get(end + 1..).unwrap_or_default();
                    rest = join(&target, behind);
                    continue 'again;
                }
                Some(_) => {}
                None => {
                    return Err(match last {
                        Some(link) => DeadEnd::MissingTarget { link, path: rest },
                        None => DeadEnd::Missing(rest),
                    });
                }
            }
        }
        return Ok((rest, links));
    }
}
