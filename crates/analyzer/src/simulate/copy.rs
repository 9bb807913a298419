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
mod wildcard;

pub use landing::Presence;

use super::links::{DeadEnd, clean, follow};
use super::{SourceKind, SourceTree};
use crate::dockerignore::MalformedPattern;
use crate::plan::{CopyStep, Mount, SourceForm};
use filter::Filter;
use landing::{Blocked, Landing, Place};
use request::Request;

/// The most links inside copied folders that are looked up, so that no tree of links takes long.
const MOST_LINKS: usize = 200_000;

/// What becomes of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is copied, be it an empty folder.
    Taken,
    /// A wildcard, or the pattern of `--parents`, matches nothing; the build goes on.
    NothingMatched,
    /// Nothing is at this path, links followed, without `/` in front; the build fails.
    Missing(String),
    /// The link at this path leads nowhere or in a circle; the build fails.
    DeadLink(String),
    /// The target of the link at this path is not known.
    UnknownLink(String),
    /// The source or an `--exclude` is this malformed pattern; the build fails.
    Malformed(String),
    /// What is at this path of the image stands in the way; the build fails.
    Blocked(String),
    /// A URL or a Git repository.
    Remote,
    /// A heredoc.
    Inline,
}

impl Outcome {
    /// Whether the build stops here.
    #[must_use]
    pub fn fails(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::DeadLink(_) | Self::Malformed(_) | Self::Blocked(_))
    }
}

/// One source of a `COPY` and what it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSelection<'tree> {
    /// What becomes of it.
    pub outcome: Outcome,
    /// What it takes: one without wildcard; with one, each path that matches, in the order in
    /// which they are copied. Empty where the build fails.
    pub matches: Vec<MatchedSource<'tree>>,
}

/// A path that is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchedSource<'tree> {
    /// Its path in the tree, links followed; for a heredoc and a URL, the name of the file. Empty
    /// for the root and for a Git repository.
    pub root: String,
    /// Whether it is a folder, whose content is copied.
    pub is_folder: bool,
    /// Absolute path of the image: of the file or, for a folder and an archive, of the folder into
    /// which the content goes. Without slash at the end, so empty for the root.
    pub destination: String,
    /// False where the destination may be a folder, into which the file would then go.
    pub is_destination_certain: bool,
    /// Whether `ADD` unpacks it, going by its name.
    pub is_unpacked: bool,
    /// Files, links and named folders that are taken, in bytewise order: the root itself, or what
    /// lies below it. Empty for what does not come from a tree.
    pub paths: Vec<&'tree str>,
}

impl MatchedSource<'_> {
    /// Where one of [`MatchedSource::paths`] goes.
    #[must_use]
    pub fn destination_of(&self, path: &str) -> String {
        if !self.is_folder {
            return self.destination.clone();
        }
        let below = path.strip_prefix(self.root.as_str()).unwrap_or(path);
        format!("{}/{}", self.destination, below.strip_prefix('/').unwrap_or(below))
    }
}

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

impl Outcome {
    /// Why `path` leads nowhere.
    fn of(dead_end: DeadEnd, path: &str) -> Self {
        match dead_end {
            DeadEnd::Missing(missing) => Self::Missing(missing),
            DeadEnd::TooManyLinks => Self::DeadLink(path.to_owned()),
            DeadEnd::UnknownTarget(link) => Self::UnknownLink(link),
        }
    }
}

impl From<Blocked> for Outcome {
    fn from(Blocked(path): Blocked) -> Self {
        Self::Blocked(path)
    }
}

impl From<MalformedPattern> for Outcome {
    fn from(MalformedPattern(pattern): MalformedPattern) -> Self {
        Self::Malformed(pattern)
    }
}

impl From<Outcome> for SourceSelection<'_> {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, matches: Vec::new() }
    }
}

impl From<Blocked> for SourceSelection<'_> {
    fn from(blocked: Blocked) -> Self {
        Outcome::from(blocked).into()
    }
}
