//! A `COPY` of the build context goes below the installs that follow it.

mod conditions;
mod landing;

use super::installs::{Installs, Reads};
use super::{Files, Move, Subject};
use crate::context::{is_within, normalize_path};
use crate::dockerfile::{CopyArguments, Instruction, InstructionKind};
use crate::plan::{CopySource, CopyStep, SourceForm, StepKind};
use crate::text::shorten;

/// What a `COPY` takes of the context, and where it puts it.
struct Taken<'step> {
    /// Paths of the context; empty for its root.
    sources: Vec<String>,
    /// Absolute, without `/` at its end.
    destination: &'step str,
    /// Whether all sources are plain names, so that it is known what they bring.
    is_plain: bool,
    files: Files<'step>,
}

/// The move of a `COPY`, where it has one.
pub(super) fn find(subject: &Subject<'_>, at: usize, files: Files<'_>) -> Option<Move> {
    let instruction = subject.instruction(at)?;
    let (InstructionKind::Copy(arguments) | InstructionKind::Add(arguments)) = &instruction.kind
    else {
        return None;
    };
    let StepKind::Copy(copy) = &subject.steps.get(&at)?.kind else { return None };
    let taken = take(instruction, arguments, copy, files)?;
    let is_absolute = arguments.destination.text.starts_with('/');
    let mut passed: Option<Move> = None;
    for (place, other) in subject.rest_of_stage(at) {
        match &other.kind {
            InstructionKind::Run(_) => {
                let Some(installs) = subject.installs(place) else { break };
                // A manifest of each package is read, and nobody says where they lie.
                if subject.has_workspaces && installs.reads.iter().any(Reads::is_of_node) {
                    break;
                }
                let Some(way) = taken.way_past(installs) else { break };
                let Way { manifests, conditions, ignore } = way;
                let is_last = !manifests.is_empty() || installs.split.is_some();
                if installs.split.is_some() && manifests.is_empty() {
                    break;
                }
                if installs.is_slow {
                    let instead = instead(subject, instruction, arguments, &taken, &manifests)?;
                    passed = Some(Move {
                        instruction: at,
                        below: place,
                        split: installs.split,
                        instead,
                        told: tell(subject.written(instruction), installs, &manifests),
                        names: manifests.into_iter().map(|wanted| wanted.path).collect(),
                        conditions,
                        ignore,
                    });
                }
                // What lies below is looked at with the next move.
                if is_last {
                    break;
                }
            }
            InstructionKind::Copy(_) | InstructionKind::Add(_)
                if subject.steps.get(&place).is_some_and(|step| taken.is_apart_from(step)) => {}
            InstructionKind::Workdir(_) if !is_absolute => break,
            InstructionKind::Workdir(_)
            | InstructionKind::Env(_)
            | InstructionKind::Arg(_)
            | InstructionKind::Label(_)
            | InstructionKind::User(_)
            | InstructionKind::Expose(_)
            | InstructionKind::Cmd(_)
            | InstructionKind::Entrypoint(_)
            | InstructionKind::Healthcheck(_)
            | InstructionKind::Stopsignal(_)
            | InstructionKind::Maintainer(_) => {}
            _ => break,
        }
    }
    passed
}

/// What a `COPY` takes; `None` for one that is not to be moved.
fn take<'step>(
    instruction: &Instruction,
    arguments: &CopyArguments,
    copy: &'step CopyStep,
    files: Files<'step>,
) -> Option<Taken<'step>> {
    const FLAGS: [&str; 3] = ["chown", "chmod", "link"];
    let mut words = arguments.sources.iter().chain([&arguments.destination]);
    let is_movable = copy.from == CopySource::Context
        && copy.heredocs.is_empty()
        && instruction.flags.iter().all(|flag| FLAGS.contains(&flag.name.as_str()))
        && words.all(|word| !word.text.contains(['$', '"', '\\', '`']))
        && copy.sources.iter().all(|source| copy.form_of(source) == SourceForm::Path);
    let path = |source: &String| normalize_path(source).unwrap_or_default();
    let taken = Taken {
        sources: copy.sources.iter().map(path).collect(),
        destination: copy.destination.trim_end_matches('/'),
        is_plain: !copy.sources.iter().any(|source| source.contains(['*', '?', '['])),
        files,
    };
    (is_movable && !taken.may_set_up_the_system()).then_some(taken)
}

/// How a `COPY` comes below an install.
#[derive(Default)]
struct Way {
    /// What has to be copied before it: paths of the context.
    manifests: Vec<Wanted>,
    conditions: Vec<String>,
    ignore: Option<String>,
}

/// A file to copy by itself.
#[derive(PartialEq, Eq)]
struct Wanted {
    /// In the context; may be a wildcard.
    path: String,
    /// Its folder below the destination; empty for that itself.
    folder: String,
}

impl Taken<'_> {
    /// How to come below an install; `None` where there is no way.
    fn way_past(&self, installs: &Installs) -> Option<Way> {
        if installs.reads_anything {
            return None;
        }
        let mut way = Way::default();
        for reads in &installs.reads {
            self.provide(reads, &mut way)?;
        }
        Some(way)
    }

    /// Adds what one command reads of what is copied.
    fn provide(&self, reads: &Reads, way: &mut Way) -> Option<()> {
        if !self.is_plain {
            return None;
        }
        let mut names: Vec<&str> = reads.named.iter().map(String::as_str).collect();
        names.extend(reads.manifests.iter().flat_map(|own| own.required.iter().copied()));
        let required: Vec<(&str, String)> =
            names.iter().filter_map(|name| Some((*name, self.find(reads, name)?))).collect();
        if let Some(manifests) = reads.manifests {
            self.check_manifests(reads, &manifests, way)?;
        }
        for name in &reads.named {
            self.check_named(reads, name, way)?;
        }
        if names.iter().any(|name| self.may_hide(reads, name)) {
            return None;
        }
        let Some((_, first)) = required.first() else { return Some(()) };
        if required.len() < names.len() {
            return None;
        }
        let optional = reads.manifests.iter().flat_map(|own| own.optional);
        let optional = optional.filter_map(|name| self.find(reads, name));
        let found: Vec<String> =
            required.iter().map(|(_, path)| path.clone()).chain(optional).collect();
        if !self.brings_more_than(&found) {
            return None;
        }
        let start =
            first.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let paths: Vec<String> = match reads.manifests {
            Some(own) if !self.files.are_known => {
                own.usual.iter().map(|name| format!("{start}{name}")).collect()
            }
            _ => found,
        };
        for path in paths {
            let folder = self.folder_of(&path)?;
            let wanted = Wanted { path, folder };
            if wanted.path.contains(char::is_whitespace) {
                return None;
            }
            if !way.manifests.contains(&wanted) {
                way.manifests.push(wanted);
            }
        }
        Some(())
    }

    /// Whether a path that is sent and copied is like this.
    fn has(&self, is_it: impl Fn(&str) -> bool) -> bool {
        let mut all = self.files.context.files.keys();
        // What is sent is asked last: it takes the longest.
        all.any(|path| {
            self.sources.iter().any(|source| is_within(path, source))
                && is_it(path)
                && self.files.sent.file(path).is_some()
        })
    }

    /// The path of the context that comes to be `name` where a command runs.
    fn find(&self, reads: &Reads, name: &str) -> Option<String> {
        let place = reads.place_of(name)?;
        let destination = self.destination.trim_start_matches('/');
        let rest = place.strip_prefix(destination).filter(|_| is_within(&place, destination))?;
        let rest = rest.trim_start_matches('/');
        let of_source = |source: &String| {
            let is_it = rest.is_empty() || source.rsplit('/').next() == Some(rest);
            let inside = normalize_path(&format!("{source}/{rest}"));
            [is_it.then(|| source.clone()), inside].into_iter().flatten()
        };
        self.sources.iter().flat_map(of_source).find(|path| self.files.sent.file(path).is_some())
    }

    /// Whether a folder that is copied would bring a file that is not there, as far as is known.
    fn may_hide(&self, reads: &Reads, name: &str) -> bool {
        let place = reads.place_of(name).unwrap_or_default();
        let is_file = |source: &String| self.files.context.files.contains_key(source);
        is_within(&place, self.destination.trim_start_matches('/'))
            && !self.sources.iter().all(is_file)
            && self.find(reads, name).is_none()
    }

    /// The folder of a path below the destination.
    fn folder_of(&self, path: &str) -> Option<String> {
        let source = self.sources.iter().find(|source| is_within(path, source))?;
        let rest = path.strip_prefix(source.as_str())?.trim_start_matches('/');
        Some(rest.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned()))
    }

    fn brings_more_than(&self, found: &[String]) -> bool {
        self.has(|path| !found.iter().any(|own| own == path))
    }
}

/// The lines that copy manifests by themselves, in the style of the `COPY` that is moved.
fn instead(
    subject: &Subject<'_>,
    instruction: &Instruction,
    arguments: &CopyArguments,
    taken: &Taken<'_>,
    manifests: &[Wanted],
) -> Option<Vec<String>> {
    let start = subject.read.text.get(..instruction.span.start)?;
    let indent = start.rsplit('\n').next().unwrap_or_default();
    let flags =
        instruction.flags.iter().map(|flag| format!("{} ", flag.span.slice(subject.read.text)));
    // A manifest is no archive, so that `ADD` has nothing to unpack.
    let keyword = match instruction.keyword.text.as_str() {
        "add" | "copy" => "copy",
        _ => "COPY",
    };
    let head = format!("{indent}{keyword} {}", flags.collect::<String>());
    let written = match arguments.destination.text.trim_end_matches('/') {
        "" if taken.destination.is_empty() => "",
        "" => return None,
        written => written,
    };
    let mut folders: Vec<&str> = Vec::new();
    for wanted in manifests {
        if !folders.contains(&wanted.folder.as_str()) {
            folders.push(&wanted.folder);
        }
    }
    let line = |folder: &str| {
        let own = manifests.iter().filter(|wanted| wanted.folder == folder);
        let own: Vec<&str> = own.map(|wanted| wanted.path.as_str()).collect();
        let below = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        format!("{head}{} {written}/{below}", own.join(" "))
    };
    Some(folders.into_iter().map(line).collect())
}

/// What is moved, as a sentence.
fn tell(copy: &str, installs: &Installs, manifests: &[Wanted]) -> String {
    let copy = shorten(copy);
    let command = installs.reads.first().map_or(&installs.name, |reads| &reads.command);
    match manifests {
        [] => format!("`{copy}` goes below `{}`, which does not need it.", installs.name),
        _ => {
            let names: Vec<&str> = manifests.iter().map(|wanted| wanted.path.as_str()).collect();
            format!("`{command}` gets {} alone, and `{copy}` follows it.", names.join(", "))
        }
    }
}
