//! Opening files: chosen in the field of the workbench, or dropped anywhere on the page.

use std::cell::RefCell;
use std::rc::Rc;

use yew::{Callback, Event, hook, use_effect_with, use_mut_ref};

use crate::app::bringing::{Offer, is_text_by_name};
use crate::bindings::files::{FileError, TextFile, on_drop, read_chosen};
use crate::format;
use crate::session::{OpenedFile, Opening, has_work, is_like_dockerfile, open_file};
use crate::state::{Action, State};

/// Who is told what a file turns out to be.
pub(super) struct FileReceiver {
    /// The page as it is when the file has been read.
    pub(super) newest: Rc<RefCell<Rc<State>>>,
    /// Changes a text.
    pub(super) dispatch: Callback<Action>,
    /// Shows a page that was saved as a file.
    pub(super) open: Callback<Opening>,
    /// Asks whether a text may replace the one on the page.
    pub(super) ask: Callback<Offer>,
    /// Says why a file was not opened; with an empty text, takes back what was said last.
    pub(super) say: Callback<String>,
}

/// Opens files that are dropped on the page, and what a field for files is changed to.
#[hook]
pub(super) fn use_files(receiver: FileReceiver) -> Callback<Event> {
    let receiver = Rc::new(receiver);
    let reading = use_mut_ref(|| None);
    use_effect_with((), {
        let (receiver, reading) = (Rc::clone(&receiver), Rc::clone(&reading));
        move |()| {
            let keep = move |new| {
                reading.replace(new);
            };
            let receive = Rc::new(move |file| receiver.receive(file, Way::Dropped));
            let listeners = on_drop(keep, receive);
            move || drop(listeners)
        }
    });
    Callback::from(move |event: Event| {
        let receiver = Rc::clone(&receiver);
        let receive = Rc::new(move |file| receiver.receive(file, Way::Chosen));
        reading.replace(read_chosen(&event, receive));
    })
}

/// How a file came.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It was chosen to be opened: what it replaces, undo brings back.
    Chosen,
    /// It was dropped, perhaps by mistake, and replaces nothing of the person's unasked.
    Dropped,
}

impl FileReceiver {
    fn receive(&self, file: Result<TextFile, FileError>, way: Way) {
        if let Err(message) = self.open(file, way) {
            self.say.emit(message);
        }
    }

    /// Opens a file or asks whether to.
    ///
    /// # Errors
    /// A sentence that says why not.
    fn open(&self, file: Result<TextFile, FileError>, way: Way) -> Result<(), String> {
        let TextFile { name, text } = file.map_err(refusal)?;
        let state = Rc::clone(&self.newest.borrow());
        let is_named = is_text_by_name(&name) || is_like_dockerfile(&text);
        let offer = match open_file(&name, text, state.tab)? {
            OpenedFile::Page(opening) => {
                self.open.emit(*opening);
                return Ok(());
            }
            OpenedFile::Dockerfile(_) if way == Way::Dropped && !is_named => {
                let name = format::shorten(&name, 60);
                return Err(format!(
                    "{name} is neither named nor written like a Dockerfile and was not opened. \
                     Choose it with “Open…” to open it anyway."
                ));
            }
            OpenedFile::Dockerfile(text) => Offer { dockerfile: Some(text), ..Offer::default() },
            OpenedFile::Dockerignore(text) => {
                Offer { dockerignore: Some(text), ..Offer::default() }
            }
        };
        self.say.emit(String::new());
        match way == Way::Dropped && replaces_work(&offer, &state) {
            true => self.ask.emit(offer),
            false => offer.open(&self.dispatch),
        }
        Ok(())
    }
}

/// Whether something goes that the person would miss: an example that nobody changed is not.
fn replaces_work(offer: &Offer, state: &State) -> bool {
    let replaces = |offered: Option<&str>, there: &str| {
        !there.trim().is_empty() && offered.is_some_and(|text| text != there)
    };
    let (dockerfile, ignore) = (&state.input.dockerfile, state.input.dockerignore.as_deref());
    let is_other = replaces(offer.dockerfile.as_deref(), dockerfile)
        || replaces(offer.dockerignore.as_deref(), ignore.unwrap_or_default());
    is_other && has_work(state)
}

/// Why a file was not opened.
fn refusal(error: FileError) -> String {
    let told = match error {
        FileError::TooLarge => {
            "This file is larger than 4 MB and was not opened: it is no Dockerfile."
        }
        FileError::NotText => {
            "This file is not text in UTF-8, which is what the builder reads, and was not opened."
        }
        FileError::Unreadable => "The browser could not read this file. Try to open it again.",
    };
    told.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::EXAMPLE;

    #[test]
    fn only_what_somebody_wrote_is_missed() {
        let offer = || Offer { dockerfile: Some("FROM new\n".into()), ..Offer::default() };
        let with = |text: &str| State::default().apply(Action::EditDockerfile(text.into()));
        assert!(replaces_work(&offer(), &with("FROM mine\n")));
        for text in ["", " \n", "FROM new\n"] {
            assert!(!replaces_work(&offer(), &with(text)), "{text:?}");
        }
        let example = Action::Set { key: EXAMPLE.into(), value: "one".into() };
        assert!(!replaces_work(&offer(), &with("FROM example\n").apply(example)));
        let ignore = Offer { dockerignore: Some("*.md\n".into()), ..Offer::default() };
        let mine = with("FROM mine\n").apply(Action::EditDockerignore(Some("docs\n".into())));
        assert!(replaces_work(&ignore, &mine));
        assert!(!replaces_work(&ignore, &with("FROM mine\n")), "there is no ignore file yet");
    }
}
