//! Takes what is read of a folder: from its listing to a context.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use layerwise_analyzer::context::{
    BuildContext, ContextFile, ContextOrigin, FileKind, KnownContext, normalize_path,
};

use super::Offer;
use super::choosing::Choice;
use crate::bindings::files::MOST_BYTES;
use crate::bindings::folders::{Content, Listed, Take};
use crate::format;

/// Files of the largest folder that is read: more is hardly a build context, and would not fit.
pub(super) const MOST_FILES: usize = 300_000;

/// How far a reading is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::app) struct Progress {
    /// The folder; empty where several things were brought.
    pub(in crate::app) name: String,
    /// Files found so far.
    pub(in crate::app) files: usize,
    /// Files whose content is read, and of how many; `None` before that begins.
    pub(in crate::app) contents: Option<(usize, usize)>,
}

/// What was read of a folder so far.
#[derive(Default)]
pub(super) struct Reading {
    progress: Progress,
    files: Vec<Listed>,
    context: BuildContext,
    /// The Dockerfile and ignore file at its root.
    texts: Offer,
    step: Step,
}

/// What is read of the files next.
#[derive(Default)]
enum Step {
    /// The Dockerfile and the ignore file.
    #[default]
    Texts,
    /// What [`Choice`] chooses, while it chooses.
    Choose(Choice),
    /// Everything was asked for.
    Done,
}

/// What was read.
#[derive(Debug, PartialEq)]
pub(super) struct Brought {
    /// The context; `None` where only a Dockerfile or an ignore file was brought.
    pub(super) context: Option<Rc<KnownContext>>,
    /// The Dockerfile and ignore file that came with it.
    pub(super) texts: Offer,
    /// The folder's name; empty where several things were brought.
    pub(super) name: String,
    /// What was read, for screen readers.
    pub(super) sentence: String,
}

/// Why a folder was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// It holds more than [`MOST_FILES`].
    TooMany,
    /// It holds no file, or the browser does not let the page see any.
    Empty,
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany => write!(
                formatter,
                "This folder holds more than {} files and was not read. Bring the folder that you \
                 give to docker build.",
                format::number(MOST_FILES as u64)
            ),
            Self::Empty => formatter.write_str(
                "There is no file in what you brought, or the browser does not let the page see \
                 it. Bring a folder, or paste a listing of it.",
            ),
        }
    }
}

impl Reading {
    /// Begins with a folder of this name.
    pub(super) fn new(name: String) -> Self {
        Self { progress: Progress { name, ..Progress::default() }, ..Self::default() }
    }

    /// Whether this is no folder but a Dockerfile, an ignore file or both.
    fn is_loose(&self) -> bool {
        self.progress.name.is_empty()
            && self.files.iter().all(|file| loose_text(&file.path).is_some())
    }

    /// What was read, after all of it was.
    ///
    /// # Errors
    /// [`Failure`], whose text says what to do instead.
    pub(super) fn finish(self) -> Result<Brought, Failure> {
        if self.files.len() > MOST_FILES {
            return Err(Failure::TooMany);
        }
        if self.files.is_empty() {
            return Err(Failure::Empty);
        }
        let files = self.amount();
        let context = (!self.is_loose()).then_some(self.context);
        let name = self.progress.name;
        let sentence = match name.as_str() {
            "" => format!("Read {files}."),
            name => format!("Read the folder {name}: {files}."),
        };
        let origin = ContextOrigin::Folder(name.clone());
        let known = |context| Rc::new(KnownContext { origin, context });
        Ok(Brought { context: context.map(known), texts: self.texts, name, sentence })
    }

    /// How many files there are, and how many folders with nothing in them.
    fn amount(&self) -> String {
        let files = format::files(self.progress.files as u64);
        match self.files.len() - self.progress.files {
            0 => files,
            empty => {
                format!("{files} and {}", format::count(empty, "empty folder", "empty folders"))
            }
        }
    }

    /// Numbers of the Dockerfile and ignore file, that of the Dockerfile's own ignore file last.
    fn text_numbers(&self) -> Vec<(usize, bool)> {
        let kind = if self.is_loose() { loose_text } else { text_of_folder };
        let of = |wanted: TextKind| {
            let small = |file: &Listed| file.bytes.is_some_and(|bytes| bytes <= MOST_BYTES);
            self.files.iter().position(|file| kind(&file.path) == Some(wanted) && small(file))
        };
        let kinds = [TextKind::Dockerfile, TextKind::Ignore, TextKind::OwnIgnore];
        kinds.into_iter().filter_map(of).map(|number| (number, true)).collect()
    }

    fn take_text(&mut self, path: &str, text: Option<String>) {
        match loose_text(path) {
            Some(TextKind::Dockerfile) => self.texts.dockerfile = text,
            // The ignore file of one Dockerfile wins over that of any.
            Some(TextKind::Ignore) if self.texts.dockerignore.is_some() => {}
            Some(TextKind::Ignore | TextKind::OwnIgnore) => self.texts.dockerignore = text,
            None => {}
        }
    }
}

/// Hands everything to a shared [`Reading`], and tells how far it is.
pub(super) struct Taker {
    pub(super) reading: Rc<RefCell<Reading>>,
    /// The ignore file on the page; the folder's own stands in for it where there is none.
    pub(super) ignore: Option<String>,
    pub(super) tell: Box<dyn Fn(&Progress)>,
}

impl Take for Taker {
    fn listed(&mut self, files: Vec<Listed>) {
        let mut reading = self.reading.borrow_mut();
        for file in files {
            add(&mut reading.context, &file);
            reading.progress.files += usize::from(!file.path.ends_with('/'));
            reading.files.push(file);
        }
        (self.tell)(&reading.progress);
    }

    fn wanted(&mut self) -> Option<Vec<(usize, bool)>> {
        let reading = &mut *self.reading.borrow_mut();
        match &mut reading.step {
            Step::Texts => {
                let texts = reading.text_numbers();
                let ignore = self.ignore.take();
                reading.step = match reading.is_loose() {
                    true => Step::Done,
                    false => Step::Choose(Choice::new(ignore, &reading.files)),
                };
                Some(texts)
            }
            Step::Choose(choice) => {
                let own = reading.texts.dockerignore.as_deref();
                if choice.go_on(&reading.files, own) {
                    return Some(Vec::new());
                }
                let chosen = choice.take();
                reading.progress.contents = Some((0, chosen.len()));
                reading.step = Step::Done;
                Some(chosen)
            }
            Step::Done => None,
        }
    }

    fn content(&mut self, content: Content) {
        let reading = &mut *self.reading.borrow_mut();
        let Some(path) = reading.files.get(content.number).map(|file| file.path.clone()) else {
            return;
        };
        let Some((done, _)) = &mut reading.progress.contents else {
            reading.take_text(&path, content.text);
            return;
        };
        *done += 1;
        if *done % 50 == 0 {
            (self.tell)(&reading.progress);
        }
        let Some(path) = normalize_path(&path) else {
            return;
        };
        if let Some(file) = reading.context.files.get_mut(&path) {
            file.digest = content.digest;
        }
        if let Some(text) = content.text {
            reading.context.manifests.insert(path, text);
        }
    }
}

fn add(context: &mut BuildContext, listed: &Listed) {
    if let Some(path) = normalize_path(&listed.path) {
        let kind = if listed.path.ends_with('/') { FileKind::Folder } else { FileKind::File };
        let file = ContextFile { kind, bytes: listed.bytes, mode: None, digest: None };
        context.files.insert(path, file);
    }
}

/// What a file at the root of a context is opened as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextKind {
    Dockerfile,
    /// The one for any Dockerfile.
    Ignore,
    /// The one for this Dockerfile, which wins.
    OwnIgnore,
}

/// What `docker build` takes of a folder by itself.
fn text_of_folder(path: &str) -> Option<TextKind> {
    match path {
        "Dockerfile" | ".dockerignore" | "Dockerfile.dockerignore" => loose_text(path),
        _ => None,
    }
}

/// Whether a file that was brought by itself is named like a Dockerfile or an ignore file.
pub(in crate::app) fn is_text_by_name(name: &str) -> bool {
    loose_text(name).is_some()
}

/// What a file is that was brought by itself, such as `prod.Dockerfile`.
fn loose_text(path: &str) -> Option<TextKind> {
    let name = path.to_ascii_lowercase();
    if path.contains('/') {
        None
    } else if let Some(of) = name.strip_suffix(".dockerignore") {
        Some(if of.is_empty() { TextKind::Ignore } else { TextKind::OwnIgnore })
    } else if name.starts_with("dockerfile")
        || name.starts_with("containerfile")
        || name.ends_with(".dockerfile")
    {
        Some(TextKind::Dockerfile)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
