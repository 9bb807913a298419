//! The files that a step takes, and what it writes of them into its stage.

use std::rc::Rc;

use super::content::{Content, ContentFile, FileIdentity, Mark, Unnamed};
use super::key;
use super::known::KnownFiles;
use crate::dockerfile::Heredoc;
use crate::plan::{CopyStep, Mount, SourceForm, paths};
use crate::simulate::copy::{Outcome, Presence, SourceSelection, select, select_mount};
use crate::simulate::{SentContext, SourceTree};

/// What a step writes, as far as names are known.
#[derive(Debug)]
pub(super) enum Written {
    /// These files.
    Files(Vec<(String, FileIdentity)>),
    /// Anything.
    Unnamed,
}

/// A tree of files whose identities are known.
pub(super) trait Tree: SourceTree {
    /// What is at a path that the tree names.
    fn identity(&self, path: &str) -> Option<FileIdentity>;
    /// What nobody knows by name at a path.
    fn unnamed(&self, path: &str) -> Option<Unnamed>;
}

impl Tree for SentContext<'_> {
    fn identity(&self, path: &str) -> Option<FileIdentity> {
        // A folder that the ignore file empties is no entry of the context.
        Some(self.file(path).map_or_else(FileIdentity::folder, FileIdentity::of))
    }

    fn unnamed(&self, _: &str) -> Option<Unnamed> {
        None
    }
}

impl Tree for KnownFiles {
    fn identity(&self, path: &str) -> Option<FileIdentity> {
        self.get(path).cloned()
    }

    fn unnamed(&self, path: &str) -> Option<Unnamed> {
        self.unnamed_at(path)
    }
}

/// What a `COPY` takes from a tree; what it writes is listed where `is_read` says that somebody asks.
pub(super) fn copy_from(tree: &impl Tree, copy: &CopyStep, is_read: bool) -> (Content, Written) {
    let mut content = Content::default();
    let mut written = Vec::new();
    let mut all_named = is_read;
    // Whether a folder is at the destination changes where a file goes and nothing in the key.
    let selections = select(tree, copy, &|_| Presence::Unknown);
    for (number, (source, selection)) in copy.sources.iter().zip(&selections).enumerate() {
        match copy.form_of(source) {
            SourceForm::Path => take_selection(tree, source, number, selection, &mut content),
            _ => content.files.push(take_other(source, number, copy)),
        }
        let is_named = !matches!(copy.form_of(source), SourceForm::Url | SourceForm::Git);
        all_named &= is_named && !selection.matches.iter().any(|matched| matched.is_unpacked);
        if all_named {
            written.extend(list_written(tree, copy, selection));
        }
    }
    if all_named {
        written.extend(copy.heredocs.iter().map(|heredoc| write_heredoc(heredoc, copy)));
    }
    let written = match all_named && content.unnamed.is_empty() {
        true => Written::Files(written),
        false => Written::Unnamed,
    };
    (content, written)
}

/// What a bind mount shows of a tree.
pub(super) fn mount_from(tree: &impl Tree, mount: &Mount) -> Content {
    let mut content = Content::default();
    take_selection(tree, &mount.source, 0, &select_mount(tree, mount), &mut content);
    content
}

/// Files nobody knows the names of: all there is at a path.
pub(super) fn unnamed_only(tree: &KnownFiles, sources: &[String]) -> Content {
    let unnamed = sources.iter().filter_map(|source| tree.unnamed(&clean(source)));
    Content { files: Vec::new(), unnamed: unnamed.collect() }
}

fn take_selection(
    tree: &impl Tree,
    source: &str,
    number: usize,
    selection: &SourceSelection<'_>,
    content: &mut Content,
) {
    let has_wildcard = source.contains(['*', '?', '[']);
    let is_one_file = !has_wildcard
        && selection.outcome == Outcome::Taken
        && selection.matches.iter().all(|matched| !matched.is_folder);
    if !is_one_file {
        content.unnamed.extend(tree.unnamed(&clean(source)));
    }
    let nothing: Rc<str> = "".into();
    if selection.outcome.fails() {
        let identity = FileIdentity::plain(Mark::Missing);
        let path: Rc<str> = clean(source).into();
        let skipped = path.len();
        let label = Rc::clone(&nothing);
        content.files.push(ContentFile { source: number, label, path, skipped, identity });
    }
    for matched in &selection.matches {
        let root = matched.root.as_str();
        let label = if has_wildcard {
            root.rsplit('/').next().unwrap_or_default().into()
        } else {
            Rc::clone(&nothing)
        };
        for path in &matched.paths {
            let Some(identity) = tree.identity(path) else { continue };
            if identity.is_folder() && holds_any(&matched.paths, path) {
                continue;
            }
            let skipped = match (matched.is_folder, root.is_empty()) {
                (true, true) => 0,
                (true, false) => root.len() + 1,
                (false, _) => path.len(),
            };
            let (label, path) = (Rc::clone(&label), (*path).into());
            content.files.push(ContentFile { source: number, label, path, skipped, identity });
        }
    }
}

/// Whether one of `paths`, which are sorted, lies inside `folder`: what is in it tells of the folder.
fn holds_any(paths: &[&str], folder: &str) -> bool {
    let is_before = |path: &&str| path.bytes().cmp(folder.bytes().chain([b'/'])).is_lt();
    let next = paths.get(paths.partition_point(is_before));
    next.is_some_and(|path| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}

/// What comes from a heredoc, an address or a repository.
fn take_other(source: &str, number: usize, copy: &CopyStep) -> ContentFile {
    let mark = match copy.form_of(source) {
        SourceForm::Heredoc(name) => {
            let heredoc = copy.heredocs.iter().find(|heredoc| heredoc.name == name);
            Mark::Text(heredoc.map_or("", |heredoc| &heredoc.content).into())
        }
        _ => Mark::Remote(key::remote_name(source, copy).into()),
    };
    let (label, path) = ("".into(), source.into());
    let identity = FileIdentity::plain(mark);
    ContentFile { source: number, label, path, skipped: source.len(), identity }
}

fn list_written<'tree>(
    tree: &'tree impl Tree,
    copy: &'tree CopyStep,
    selection: &'tree SourceSelection<'_>,
) -> impl Iterator<Item = (String, FileIdentity)> {
    let all = selection.matches.iter().flat_map(|matched| {
        matched.paths.iter().map(move |path| (matched.destination_of(path), *path))
    });
    all.filter_map(|(destination, path)| Some((destination, owned(tree.identity(path)?, copy))))
}

fn write_heredoc(heredoc: &Heredoc, copy: &CopyStep) -> (String, FileIdentity) {
    let destination = match copy.destination.ends_with('/') {
        true => format!("{}{}", copy.destination, heredoc.name),
        false => copy.destination.clone(),
    };
    (
        clean(&destination),
        owned(FileIdentity::plain(Mark::Text(heredoc.content.as_str().into())), copy),
    )
}

/// A file as its copy is.
fn owned(mut identity: FileIdentity, copy: &CopyStep) -> FileIdentity {
    if copy.chown.is_some() || copy.chmod.is_some() {
        let (chown, chmod) = (copy.chown.as_deref(), copy.chmod.as_deref());
        let before = identity.owner.as_deref().unwrap_or_default();
        let owner = [before, chown.unwrap_or("-"), chmod.unwrap_or("-")];
        identity.owner = Some(owner.join(" ").into());
    }
    identity
}

fn clean(path: &str) -> String {
    paths::clean("/", path).trim_start_matches('/').to_owned()
}
