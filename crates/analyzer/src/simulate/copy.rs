//! What the sources of a `COPY`, an `ADD` or a bind mount take, and where it comes to lie.
//!
//! `dispatchCopy` of
//! <https://github.com/moby/buildkit/blob/12fa12887c47/frontend/dockerfile/dockerfile2llb/convert_copy.go>
//! says what is asked for, `docopy` of
//! <https://github.com/moby/buildkit/blob/09e845f572ed/solver/llbsolver/file/backend.go> and `Copy`
//! of
//! <https://github.com/moby/moby/blob/16db27c89c25/vendor/github.com/tonistiigi/fsutil/copy/copy.go>
//! what happens, and `Checksum` of
//! <https://github.com/moby/buildkit/blob/00c5f6e09c2f/cache/contenthash/checksum.go> what fails
//! before. These commits, of 2024 to 2026, are the nearest to BuildKit v0.33 that could be read.

mod filter;
mod folders;
mod landing;
mod remote;
mod request;
mod requested;
mod selection;
pub(super) mod wildcard;

pub use landing::Presence;
pub use requested::{Requested, request_context};
pub use selection::{MatchedSource, Outcome, SourceSelection};

use super::links::{DeadEnd, clean, follow};
use super::{SourceKind, SourceTree};
use crate::plan::{CopyStep, Mount, SourceForm};
use filter::Filter;
use landing::{Landing, Place};
use request::Request;

/// The most links inside copied folders that are looked up, so that no tree of links takes long.
const MOST_LINKS: usize = 200_000;

/// What each source of `step` takes from `tree`, in the order of the sources. `look` tells what
/// is at an absolute path of the image before the step.
#[must_use]
pub fn select<'tree>(
    tree: &'tree dyn SourceTree,
    step: &CopyStep,
    look: &dyn Fn(&str) -> Presence,
) -> Vec<SourceSelection<'tree>> {
    let mut landing = match Landing::new(step, look) {
        Ok(landing) => landing,
        Err(blocked) => return step.sources.iter().map(|_| blocked.clone().into()).collect(),
    };
    let mut take = |source: &String| match step.form_of(source) {
        SourceForm::Path => take_path(tree, step, source, &mut landing),
        form => take_other(form, step, source, &mut landing),
    };
    let mut selections: Vec<_> = step.sources.iter().map(|source| (source, None)).collect();
    // The builder copies heredocs last.
    for are_heredocs in [false, true] {
        for (source, selection) in &mut selections {
            let is_heredoc = matches!(step.form_of(source), SourceForm::Heredoc(_));
            if is_heredoc == are_heredocs {
                *selection = Some(take(source).unwrap_or_else(|outcome| outcome.into()));
            }
        }
    }
    selections.into_iter().filter_map(|(_, selection)| selection).collect()
}

/// What a bind mount shows of `tree`. The source of other mounts is no path of a tree.
#[must_use]
pub fn select_mount<'tree>(tree: &'tree dyn SourceTree, mount: &Mount) -> SourceSelection<'tree> {
    let source = clean(&mount.source);
    let place = Place { path: mount.target.clone(), certain: true };
    match follow(tree, &source) {
        Ok((root, _)) => match take_below(tree, root, place, &Filter::default()) {
            Ok(matched) => SourceSelection { outcome: Outcome::Taken, matches: vec![matched] },
            Err(outcome) => outcome.into(),
        },
        Err(dead_end) => Outcome::of(dead_end, &source).into(),
    }
}

fn take_path<'tree>(
    tree: &'tree dyn SourceTree,
    step: &CopyStep,
    source: &str,
    landing: &mut Landing<'_>,
) -> Result<SourceSelection<'tree>, Outcome> {
    let request = Request::read(step, source)?;
    if let Some(required) = &request.required {
        follow(tree, required).map_err(|dead_end| Outcome::of(dead_end, required))?;
    }
    let has_pattern = request.filter.include.is_some();
    let has_wildcard = wildcard::has_wildcard(&request.path);
    let mut matches = Vec::new();
    for path in find(tree, &request.path)? {
        let (root, _) = follow(tree, &path).map_err(|dead_end| Outcome::of(dead_end, &path))?;
        let is_folder = tree.kind(&root) == Some(SourceKind::Folder);
        let is_unpacked = !is_folder && request.unpack && remote::names_an_archive(&root);
        let place = match is_folder || is_unpacked {
            true => landing.place_folder()?,
            false => landing.place_file(name_of(&path))?,
        };
        let mut matched = take_below(tree, root, place, &request.filter)?;
        matched.is_unpacked = is_unpacked;
        matches.push(matched);
    }
    if has_wildcard || request.filter.is_set() {
        check_links(tree, &matches)?;
    }
    let is_empty = || matches.iter().all(|matched| matched.paths.is_empty());
    let nothing = matches.is_empty() || has_pattern && is_empty();
    let outcome = if nothing { Outcome::NothingMatched } else { Outcome::Taken };
    Ok(SourceSelection { outcome, matches })
}

/// The paths that a cleaned source names.
fn find(tree: &dyn SourceTree, source: &str) -> Result<Vec<String>, Outcome> {
    let (folder, Some(pattern)) = wildcard::split(source) else {
        return Ok(vec![source.to_owned()]);
    };
    // The checksum matches the whole source, the copy only what is behind the folder.
    let malformed = || Outcome::Malformed(source.to_owned());
    wildcard::Wildcard::compile(source).ok_or_else(malformed)?;
    let pattern = wildcard::Wildcard::compile(pattern).ok_or_else(malformed)?;
    let (root, _) = follow(tree, folder).map_err(|dead_end| Outcome::of(dead_end, folder))?;
    if tree.kind(&root) != Some(SourceKind::Folder) {
        return Ok(Vec::new());
    }
    Ok(pattern.find(tree, &root).into_iter().map(str::to_owned).collect())
}

fn take_below<'tree>(
    tree: &'tree dyn SourceTree,
    root: String,
    place: Place,
    filter: &Filter,
) -> Result<MatchedSource<'tree>, Outcome> {
    let own = tree.named(&root).filter(|_| tree.kind(&root) != Some(SourceKind::Folder));
    let is_folder = own.is_none();
    let paths = if is_folder { filter.take(tree, &root)? } else { own.into_iter().collect() };
    Ok(MatchedSource {
        root,
        is_folder,
        destination: place.path,
        is_destination_certain: place.certain,
        is_unpacked: false,
        paths,
    })
}

/// With a wildcard or patterns, the builder follows every link it copies to compute the key of
/// the step, and stops where one leads nowhere (<https://github.com/moby/buildkit/issues/4946>).
fn check_links(tree: &dyn SourceTree, matches: &[MatchedSource<'_>]) -> Result<(), Outcome> {
    let mut followed = 0;
    for path in matches.iter().flat_map(|matched| &matched.paths) {
        if followed > MOST_LINKS || !matches!(tree.kind(path), Some(SourceKind::Link(_))) {
            continue;
        }
        match follow(tree, path) {
            Ok((_, links)) => followed += links,
            Err(DeadEnd::UnknownTarget(_)) => followed += 1,
            Err(_) => return Err(Outcome::DeadLink((*path).to_owned())),
        }
    }
    Ok(())
}

/// What does not come from the tree.
fn take_other<'tree>(
    form: SourceForm<'_>,
    step: &CopyStep,
    source: &str,
    landing: &mut Landing<'_>,
) -> Result<SourceSelection<'tree>, Outcome> {
    let (outcome, root) = match form {
        SourceForm::Heredoc(name) => (Outcome::Inline, name.to_owned()),
        SourceForm::Url => (Outcome::Remote, remote::file_name(source)),
        SourceForm::Git | SourceForm::Path => (Outcome::Remote, String::new()),
    };
    let is_folder = root.is_empty();
    let is_unpacked =
        form == SourceForm::Url && step.unpack == Some(true) && remote::names_an_archive(&root);
    let place = match is_folder || is_unpacked {
        true => landing.place_folder()?,
        false => landing.place_file(&root)?,
    };
    let matched = MatchedSource {
        root,
        is_folder,
        destination: place.path,
        is_destination_certain: place.certain,
        is_unpacked,
        paths: Vec::new(),
    };
    Ok(SourceSelection { outcome, matches: vec![matched] })
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
