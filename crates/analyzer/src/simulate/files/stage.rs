//! What a `COPY --from` writes of another stage.

use super::{
    MOST_NAMED, assume_copied, in_container, land, write_files, write_named, write_system_path,
    write_unseen,
};
use crate::layer::{ByteRange, Category, EntryKind, FileEntry, LayerWriter, RootFs};
use crate::plan::CopyStep;
use crate::simulate::copy::wildcard::split;
use crate::simulate::copy::{MatchedSource, Outcome, SourceSelection, select};
use crate::simulate::links::clean;
use crate::simulate::simulation::StageSimulator;
use crate::simulate::tree::{self, StageTree, look};
use crate::size::Evidence;

/// Copies from what the source stage's filesystem holds, or is taken to hold.
pub(super) fn copy_from_stage(
    simulator: &mut StageSimulator<'_>,
    copy: &CopyStep,
    root: &RootFs,
    writer: &mut LayerWriter,
) {
    let tree = StageTree(root);
    let selections = select(&tree, copy, &|path| look(writer.root(), path));
    for (source, selection) in copy.sources.iter().zip(&selections) {
        match &selection.outcome {
            // Where no path by name matches, files without names may.
            Outcome::Taken | Outcome::NothingMatched => {
                take_from_stage(simulator, copy, root, selection, writer);
                take_unnamed(simulator, copy, root, (source, selection), writer);
            }
            Outcome::Missing(_) => {
                let name = source.rsplit('/').find(|name| !name.is_empty()).unwrap_or_default();
                match find_stand_in(root, source) {
                    Some(entry) => write_stand_in(simulator, copy, name, entry, writer),
                    None if write_system_path(simulator, copy, source, writer) => {}
                    None => write_unseen(simulator, copy, name, most_at(root, source), writer),
                }
            }
            _ => {}
        }
    }
}

fn take_from_stage(
    simulator: &mut StageSimulator<'_>,
    copy: &CopyStep,
    root: &RootFs,
    selection: &SourceSelection<'_>,
    writer: &mut LayerWriter,
) {
    for matched in &selection.matches {
        let cause = simulator.note(format!("Copied from the stage to {}.", copy.destination));
        let owned = |entry: &FileEntry| land(copy, FileEntry { cause, ..entry.clone() });
        let named = matched.paths.iter().filter_map(|path| Some((*path, root.get(path)?)));
        write_files(matched, named.map(|(path, it)| (path, owned(&it.entry))), cause, writer);
        if !matched.is_folder {
            continue;
        }
        let unnamed = root.below(&matched.root).filter(|(key, _)| key.number > 0);
        let unnamed: Vec<_> = unnamed.filter(|(key, _)| takes(copy, matched, &key.path)).collect();
        if unnamed.len() > MOST_NAMED {
            let sum = FileEntry::sum_up(unnamed.iter().map(|(_, placed)| &placed.entry));
            let folder = in_container(&matched.destination);
            sum.into_iter().for_each(|sum| writer.add_contents(folder, owned(&sum)));
            continue;
        }
        let all: ByteRange = unnamed.iter().map(|(_, it)| it.entry.bytes).sum();
        if all.likely() == 0 && all.high() > 0 {
            simulator.unknowns.push(format!(
                "How much of `/{}` is not there already: what is there is not written again, and \
                 the rest may be nothing.",
                matched.root
            ));
        }
        // What nobody knows by name goes to the same place below the destination.
        for (key, placed) in unnamed {
            let folder = matched.destination_of(&key.path);
            writer.add_contents(in_container(&folder), owned(&placed.entry));
        }
    }
}

/// What a source with a wildcard takes of files without names: `*` all below its folder. How much
/// another pattern takes is not known; where it takes nothing by name, that is said.
fn take_unnamed(
    simulator: &mut StageSimulator<'_>,
    copy: &CopyStep,
    root: &RootFs,
    (source, selection): (&str, &SourceSelection<'_>),
    writer: &mut LayerWriter,
) {
    let source = clean(source);
    let (folder, Some(pattern)) = split(&source) else { return };
    if copy.parents {
        return;
    }
    let is_taken = |path: &str| {
        let mut roots = selection.matches.iter().filter_map(|it| path.strip_prefix(&*it.root));
        roots.any(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let rest = root.below(folder).filter(|(key, _)| key.number > 0 && !is_taken(&key.path));
    let rest: Vec<&FileEntry> = rest.map(|(_, placed)| &placed.entry).collect();
    match FileEntry::sum_up(rest.iter().copied()).filter(|_| pattern == "*") {
        Some(sum) => {
            let cause = simulator.note(format!("Copied from the stage to {}.", copy.destination));
            let folder = in_container(copy.destination.trim_end_matches('/'));
            writer.add_contents(folder, land(copy, FileEntry { cause, ..sum }));
        }
        None if selection.matches.is_empty() => {
            write_unseen(simulator, copy, pattern, most_at(root, &source), writer);
        }
        None => {}
    }
}

/// Whether files without names in a folder are copied too: with `--parents` those of the folder that
/// is named, or of one below it, and without them those that `--exclude` leaves.
fn takes(copy: &CopyStep, matched: &MatchedSource<'_>, folder: &str) -> bool {
    if !copy.parents && copy.excludes.is_empty() {
        return true;
    }
    let inside = folder.strip_prefix(matched.root.as_str()).unwrap_or(folder);
    let inside = inside.trim_start_matches('/');
    let is_in = |wanted: &str| {
        wanted.is_empty()
            || inside.strip_prefix(wanted).is_some_and(|it| it.is_empty() || it.starts_with('/'))
    };
    // Of a pattern nobody knows which of the files below its folder match.
    let is_asked = |source: &String| {
        let pattern = source.split_once("/./").map_or(source.as_str(), |(_, pattern)| pattern);
        let wanted = clean(pattern);
        is_in(split(&wanted).0.trim_end_matches('/'))
    };
    let is_meant = !copy.parents || copy.sources.iter().any(is_asked);
    is_meant && !copy.excludes.iter().any(|pattern| is_in(&clean(pattern)))
}

/// The most that may lie at a path that nobody wrote by name: all that the contents of folders
/// above it hold. A base of unknown size may hold anything.
fn most_at(root: &RootFs, source: &str) -> u64 {
    let path = tree::container_path("/", source);
    let most = |entry: &FileEntry| match entry.evidence {
        Evidence::Unknown => u64::MAX,
        _ => entry.bytes.high(),
    };
    let above = root.contents_above(&path).map(|(_, placed)| most(&placed.entry));
    above.fold(0, u64::saturating_add)
}

/// The largest file that a build wrote into the same folder with the same suffix: the name of what
/// a build makes is only guessed where its manifest is not known, its folder is not.
fn find_stand_in<'root>(root: &'root RootFs, source: &str) -> Option<&'root FileEntry> {
    let path = tree::container_path("/", source);
    let (folder, name) = path.rsplit_once('/')?;
    let suffix = |name: &str| name.rsplit_once('.').map(|(_, suffix)| suffix.to_owned());
    let is_alike = |path: &str| {
        let rest = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
        rest.is_some_and(|rest| !rest.contains('/') && suffix(rest) == suffix(name))
    };
    let built = root.below(folder).filter(|(key, placed)| {
        let entry = &placed.entry;
        key.number == 0
            && entry.kind == EntryKind::File
            && entry.category == Category::Build
            && is_alike(&key.path)
    });
    built.map(|(_, placed)| &placed.entry).max_by_key(|entry| entry.bytes.likely())
}

fn write_stand_in(
    simulator: &mut StageSimulator<'_>,
    copy: &CopyStep,
    name: &str,
    entry: &FileEntry,
    writer: &mut LayerWriter,
) {
    let why = format!("`{name}` is taken for what the build writes into the same folder.");
    let cause = simulator.note(why);
    // What was typed for what it is taken for holds for it.
    let evidence = if entry.assumption.is_some() { entry.evidence } else { Evidence::Assumed };
    let entry = FileEntry { cause, evidence, ..entry.clone() };
    let entry = assume_copied(simulator, copy, name, entry);
    write_named(copy, name, entry, writer);
}
