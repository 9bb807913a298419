//! Files the person opens. They are read here and go nowhere.

use gloo::file::callbacks::{FileReader, read_as_text};
use gloo::file::{File, FileList};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

/// The largest file that is read, in bytes; no Dockerfile comes near it.
pub const MOST_BYTES: u64 = 4_000_000;

/// A file while it is read; dropping it stops the reading.
#[derive(Debug)]
pub struct Reading(#[allow(dead_code, reason = "dropping it stops the reading")] FileReader);

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It is larger than [`MOST_BYTES`].
    TooLarge,
    /// The browser could not read it.
    Unreadable,
}

/// Reads the file that was chosen in the field an event comes from, and empties the field so that
/// the same file can be chosen again.
#[must_use]
pub fn read_chosen(
    event: &Event,
    then: impl FnOnce(Result<String, FileError>) + 'static,
) -> Option<Reading> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let file: File = FileList::from(input.files()?).first()?.clone();
    input.set_value("");
    if file.size() > MOST_BYTES {
        then(Err(FileError::TooLarge));
        return None;
    }
    let done = move |text: Result<String, _>| then(text.map_err(|_| FileError::Unreadable));
    Some(Reading(read_as_text(&file, done)))
}
