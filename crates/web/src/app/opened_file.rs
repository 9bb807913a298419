//! Opening files: chosen in the field of the workbench, or dropped anywhere on the page.

use std::cell::RefCell;
use std::rc::Rc;

use yew::{Callback, Event, hook, use_effect_with, use_mut_ref};

use crate::bindings::files::{FileError, TextFile, on_drop, read_chosen};
use crate::session::{OpenedFile, Opening, open_file};
use crate::state::{Action, EditorTab, State};

/// Who is told what a file turns out to be.
#[derive(Clone)]
pub(super) struct FileReceiver {
    /// The page as it is when the file has been read.
    pub(super) newest: Rc<RefCell<Rc<State>>>,
    /// Changes a text.
    pub(super) dispatch: Callback<Action>,
    /// Shows a page that was saved as a file.
    pub(super) open: Callback<Opening>,
    /// Says why a file was not opened.
    pub(super) say: Callback<String>,
}

/// Opens files that are dropped on the page, and what a field for files is changed to.
#[hook]
pub(super) fn use_files(receiver: FileReceiver) -> Callback<Event> {
    let reading = use_mut_ref(|| None);
    use_effect_with((), {
        let (receiver, reading) = (receiver.clone(), Rc::clone(&reading));
        move |()| {
            let keep = move |new| {
                reading.replace(new);
            };
            let listeners = on_drop(keep, move |file| receiver.receive(file));
            move || drop(listeners)
        }
    });
    Callback::from(move |event: Event| {
        let receiver = receiver.clone();
        reading.replace(read_chosen(&event, move |file| receiver.receive(file)));
    })
}

impl FileReceiver {
    fn receive(&self, file: Result<TextFile, FileError>) {
        let tab = self.newest.borrow().tab;
        let opened = file
            .map_err(|error| refusal(error).to_owned())
            .and_then(|file| open_file(&file.name, file.text, tab));
        match opened {
            Ok(OpenedFile::Page(opening)) => self.open.emit(*opening),
            Ok(OpenedFile::Dockerfile(text)) => {
                self.dispatch.emit(Action::EditDockerfile(text));
                self.dispatch.emit(Action::OpenTab(EditorTab::Dockerfile));
            }
            Ok(OpenedFile::Dockerignore(text)) => {
                self.dispatch.emit(Action::EditDockerignore(Some(text)));
                self.dispatch.emit(Action::OpenTab(EditorTab::Dockerignore));
            }
            Err(message) => self.say.emit(message),
        }
    }
}

/// Why a file was not opened.
fn refusal(error: FileError) -> &'static str {
    match error {
        FileError::TooLarge => {
            "This file is larger than 4 MB and was not opened: it is no Dockerfile."
        }
        FileError::NotText => {
            "This file is not text in UTF-8, which is what the builder reads, and was not opened."
        }
        FileError::Unreadable => "The browser could not read this file. Try to open it again.",
    }
}
