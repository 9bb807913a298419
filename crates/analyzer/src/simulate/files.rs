//! What `COPY` and `ADD` write.

mod image;
mod stage;

use std::rc::Rc;

use super::archive;
use super::assumptions::Place;
use super::copy::wildcard::has_wildcard;
use super::copy::{MatchedSource, Outcome, Presence, select};
use super::simulation::{StageSimulator, folder};
use super::tree::look;
use crate::context::{ContextFile, FileKind};
use crate::layer::{ByteRange, Category, CauseIndex, EntryKind, FileEntry, LayerWriter};
use crate::plan::{CopySource, CopyStep, SourceForm, Step};
use crate::size::Evidence;
use image::{copy_from_image, write_system_path};
use stage::copy_from_stage;

/// The most paths of one source that are kept by name; of more, folders are kept with their sums.
const MOST_NAMED: usize = 4_000;

/// Units of work that a path counts which a copy takes of the context.
const SELECTED: usize = 3;

/// Writes what a `COPY` or an `ADD` copies.
pub(super) fn copy_files(
    simulator: &mut StageSimulator<'_>,
    step: &Step,
    copy: &CopyStep,
    writer: &mut LayerWriter,
) {
    match &copy.from {
        CopySource::Context => copy_from_context(simulator, copy, writer),
        CopySource::Stage(stage) => {
            let root = simulator.simulation.stages.get(*stage).map(|it| Rc::clone(&it.root));
            copy_from_stage(simulator, copy, &root.unwrap_or_default(), writer);
        }
        CopySource::Image(reference) => copy_from_image(simulator, copy, reference, writer),
        CopySource::Scratch => {}
        CopySource::Unresolved(_) => {
            let why = format!("`{}` copies from nowhere.", step.printed);
            write_unknown(simulator, copy, why, writer);
        }
    }
}

fn copy_from_context(
    simulator: &mut StageSimulator<'_>,
    copy: &CopyStep,
    writer: &mut LayerWriter,
) {
    let Some(sent) = simulator.world.sent else {
        let why = "The builder refuses the ignore file.".to_owned();
        return write_unknown(simulator, copy, why, writer);
    };
    let cause = simulator.note(format!("Copied from the build context to {}.", copy.destination));
    let selections = select(sent, copy, &|path| look(writer.root(), path));
    // A wildcard or a pattern looks at every path.
    let looks_at_all = copy.sources.iter().any(|source| has_wildcard(source))
        || copy.parents
        || !copy.excludes.is_empty();
    simulator.work.add(if looks_at_all { copy.sources.len() * sent.len() } else { 0 });
    for (source, selection) in copy.sources.iter().zip(&selections) {
        for matched in &selection.matches {
            simulator.work.add(SELECTED * matched.paths.len());
            match (&selection.outcome, copy.form_of(source)) {
                (Outcome::Inline, SourceForm::Heredoc(name)) => {
                    write_heredoc(copy, name, matched, cause, writer);
                }
                (Outcome::Remote, _) => write_remote(simulator, copy, (source, matched), writer),
                _ if matched.is_unpacked => {
                    unpack_from_context(simulator, copy, matched, cause, writer);
                }
                _ => {
                    let files = sent.files(matched.paths.iter().copied());
                    let files = files.map(|(path, file)| {
                        (path, context_entry(simulator, path, file, copy, cause))
                    });
                    write_files(matched, files, cause, writer);
                }
            }
        }
    }
}

/// Writes something of which nothing is known: the builder refuses the step.
fn write_unknown(
    simulator: &mut StageSimulator<'_>,
    copy: &CopyStep,
    why: String,
    writer: &mut LayerWriter,
) {
    simulator.unknowns.push(why.clone());
    let cause = simulator.note(why);
    let entry = FileEntry {
        bytes: ByteRange::NOTHING,
        evidence: Evidence::Unknown,
        ..exact_file(cause, Category::Code)
    };
    writer.add_contents(in_container(copy.destination.trim_end_matches('/')), entry);
}

fn write_files<'file>(
    matched: &MatchedSource<'_>,
    files: impl Iterator<Item = (&'file str, FileEntry)>,
    cause: CauseIndex,
    writer: &mut LayerWriter,
) {
    let mut folders = Folders::default();
    if matched.is_folder {
        writer.write(in_container(&matched.destination), folder(cause));
    }
    for (path, entry) in files {
        if matched.paths.len() > MOST_NAMED {
            let destination = matched.destination_of(path);
            if !writer.root().has_same(in_container(&destination), &entry) {
                folders.add(&destination, entry, writer);
            }
        } else {
            writer.write(in_container(&matched.destination_of(path)), entry);
        }
    }
    folders.finish(writer);
}

/// Sums of folders, for more files than are kept by name. Files come folder by folder, or nearly.
#[derive(Default)]
struct Folders {
    open: Option<(String, FileEntry)>,
}

impl Folders {
    fn add(&mut self, path: &str, entry: FileEntry, writer: &mut LayerWriter) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        match &mut self.open {
            Some((own, sum)) if own == folder => {
                sum.bytes = sum.bytes + entry.bytes;
                sum.evidence = sum.evidence.max(entry.evidence);
            }
            _ => {
                let entry = FileEntry { identity: None, mode: None, ..entry };
                let before = self.open.replace((folder.to_owned(), entry));
                Self { open: before }.finish(writer);
            }
        }
    }

    fn finish(self, writer: &mut LayerWriter) {
        if let Some((folder, entry)) = self.open {
            writer.add_contents(in_container(&folder), entry);
        }
    }
}

/// What archives of the context unpack to.
fn unpack_from_context(
    simulator: &mut StageSimulator<'_>,
    copy: &CopyStep,
    matched: &MatchedSource<'_>,
    cause: CauseIndex,
    writer: &mut LayerWriter,
) {
    let folder = in_container(&matched.destination);
    if matched.is_folder {
        writer.write(folder, super::simulation::folder(cause));
    }
    let Some(sent) = simulator.world.sent else { return };
    for (path, file) in sent.files(matched.paths.iter().copied()) {
        let archive = context_entry(simulator, path, file, copy, cause);
        let place = Place { path: &format!("/{folder}"), origin: path, replaces: None };
        let unpacked = simulator.assume(place, archive::unpack(path, &archive));
        writer.add_contents(folder, unpacked);
    }
}

fn context_entry(
    simulator: &mut StageSimulator<'_>,
    path: &str,
    file: &ContextFile,
    copy: &CopyStep,
    cause: CauseIndex,
) -> FileEntry {
    let world = simulator.world;
    let assumed = world.assumed.and_then(|sizes| sizes.get(path));
    let assumption = assumed.map(|size| {
        let replaced = world.replaced.and_then(|sizes| sizes.get(path));
        simulator.simulation.assumptions.note_file((path, file), size, replaced, cause)
    });
    let (bytes, evidence) = match (assumed, file.bytes) {
        (Some(size), _) => (ByteRange::of(size), size.evidence()),
        (None, Some(bytes)) => (ByteRange::exact(bytes), Evidence::Exact),
        (None, None) => (ByteRange::NOTHING, Evidence::Unknown),
    };
    let (kind, bytes, evidence) = match &file.kind {
        FileKind::File | FileKind::Summary { .. } => (EntryKind::File, bytes, evidence),
        FileKind::Folder => (EntryKind::Folder, ByteRange::NOTHING, Evidence::Exact),
        // A link's bytes are those of its target's name.
        FileKind::Link(_) => (EntryKind::Link, bytes, evidence),
    };
    let identity = match &file.digest {
        Some(digest) => format!("digest:{digest}"),
        None => format!("context:{path}"),
    };
    let entry = FileEntry {
        bytes,
        evidence,
        kind,
        packing: archive::packing_of(path),
        mode: file.mode,
        identity: Some(identity.into()),
        context_path: Some(path.into()),
        assumption,
        ..exact_file(cause, Category::Code)
    };
    land(copy, entry)
}

/// An entry as the flags of the copy leave it.
fn land(copy: &CopyStep, entry: FileEntry) -> FileEntry {
    let mode = copy.chmod.as_deref().and_then(|mode| u32::from_str_radix(mode, 8).ok());
    FileEntry {
        owner: copy.chown.as_deref().map(Rc::from),
        mode: mode.or(entry.mode),
        // A linked copy is a layer of its own, whatever lies below.
        identity: entry.identity.filter(|_| !copy.link),
        ..entry
    }
}

fn write_heredoc(
    copy: &CopyStep,
    name: &str,
    matched: &MatchedSource<'_>,
    cause: CauseIndex,
    writer: &mut LayerWriter,
) {
    let Some(heredoc) = copy.heredocs.iter().find(|heredoc| heredoc.name == name) else { return };
    let content = heredoc.content.as_str();
    let entry = FileEntry {
        bytes: ByteRange::exact(content.len() as u64),
        identity: Some(format!("heredoc:{content}").into()),
        ..exact_file(cause, Category::Code)
    };
    writer.write(in_container(&matched.destination), land(copy, entry));
}

fn write_remote(
    simulator: &mut StageSimulator<'_>,
    copy: &CopyStep,
    (source, matched): (&str, &MatchedSource<'_>),
    writer: &mut LayerWriter,
) {
    let (bytes, why) = archive::remote_size(source);
    let cause = simulator.note(format!("Fetched from {source}: {why}"));
    let entry = FileEntry {
        bytes,
        evidence: Evidence::Assumed,
        packing: archive::packing_of(source),
        ..exact_file(cause, Category::Download)
    };
    let destination = in_container(&matched.destination);
    let entry = match matched.is_unpacked {
        true => archive::unpack(source, &land(copy, entry)),
        false => land(copy, entry),
    };
    let path = format!("/{destination}");
    let entry = simulator.assume(Place { path: &path, origin: source, replaces: None }, entry);
    simulator.doubt(&entry, archive::doubt_about(source));
    match matched.is_unpacked || matched.is_folder {
        true => writer.add_contents(destination, entry),
        false => writer.write(destination, entry),
    }
}

/// Writes a file that the destination may only be the folder of.
fn write_named(copy: &CopyStep, name: &str, entry: FileEntry, writer: &mut LayerWriter) {
    let destination = in_container(&copy.destination);
    let is_folder =
        copy.destination.ends_with('/') || look(writer.root(), destination) == Presence::Folder;
    let entry = land(copy, entry);
    match is_folder {
        true => writer.write(&join(destination, name), entry),
        false => writer.write(destination, entry),
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Something is copied that no step is known to have written: a program that a build made, or a
/// part of the base.
fn write_unseen(
    simulator: &mut StageSimulator<'_>,
    copy: &CopyStep,
    name: &str,
    most: u64,
    writer: &mut LayerWriter,
) {
    let most = most.min(UNSEEN[2]);
    let bytes = ByteRange::new([0, UNSEEN[1].min(most), most]);
    let cause = simulator.note(format!("`{name}`, which no step is known to write."));
    let entry =
        FileEntry { bytes, evidence: Evidence::Assumed, ..exact_file(cause, Category::Other) };
    let entry = assume_copied(simulator, copy, name, entry);
    simulator.doubt(&entry, format!("No step is known to write `{name}`, which is copied."));
    writer.add_contents(in_container(copy.destination.trim_end_matches('/')), entry);
}

/// Bytes assumed of what is copied and was never seen.
const UNSEEN: [u64; 3] = [0, 10_000_000, 100_000_000];

/// What is assumed of something that a `COPY` copies, by where that copies it to.
fn assume_copied(
    simulator: &mut StageSimulator<'_>,
    copy: &CopyStep,
    source: &str,
    entry: FileEntry,
) -> FileEntry {
    let path = format!("/{}", in_container(&copy.destination));
    simulator.assume(Place { path: &path, origin: source, replaces: None }, entry)
}

/// A file of root's that weighs nothing yet.
pub(super) fn exact_file(cause: CauseIndex, category: Category) -> FileEntry {
    FileEntry { kind: EntryKind::File, category, identity: None, ..folder(cause) }
}

/// An absolute path as keys have it.
fn in_container(path: &str) -> &str {
    path.trim_matches('/')
}
