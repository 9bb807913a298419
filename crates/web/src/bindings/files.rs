//! Files the person opens and saves. They are read and made here and go nowhere else.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::file::callbacks::{FileReader, read_as_bytes};
use gloo::file::{Blob, File, FileList, ObjectUrl};
use gloo::timers::callback::Timeout;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DataTransfer, DragEvent, Event, HtmlElement, HtmlInputElement};

/// The largest file that is read, in bytes; no Dockerfile comes near it.
pub const MOST_BYTES: u64 = 4_000_000;
/// Milliseconds after which every browser has begun to save a file.
const SAVING: u32 = 60_000;

/// A file while it is read; dropping it stops the reading.
#[derive(Debug)]
pub struct Reading(#[allow(dead_code, reason = "dropping it stops the reading")] FileReader);

/// A text file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFile {
    /// Its name, without folders.
    pub name: String,
    /// Its text, to the byte.
    pub text: String,
}

/// Takes a file. One type for all: code that reads files would else be there for each.
pub type Receive = Rc<dyn Fn(Result<TextFile, FileError>)>;

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It is larger than [`MOST_BYTES`].
    TooLarge,
    /// It is not text in UTF-8.
    NotText,
    /// The browser could not read it.
    Unreadable,
}

/// Reads the file that was chosen in the field an event comes from, and empties the field so that
/// the same file can be chosen again.
#[must_use]
pub fn read_chosen(event: &Event, then: Receive) -> Option<Reading> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let file: File = FileList::from(input.files()?).first()?.clone();
    input.set_value("");
    read(&file, then)
}

/// Reads a file that is dropped anywhere on the page, for as long as the listeners live; `keep` is
/// given each reading. Drops of several files and of folders are left to others.
#[must_use]
pub fn on_drop(keep: impl Fn(Option<Reading>) + 'static, then: Receive) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    // Before the editor, which would put the file's text where it was dropped.
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        ..EventListenerOptions::enable_prevent_default()
    };
    let over = |event: &Event| {
        if dragged(event).is_some_and(|data| data.types().includes(&"Files".into(), 0)) {
            // Only then does the browser let go of the file here.
            event.prevent_default();
        }
    };
    let drop = move |event: &Event| {
        if let Some(file) = dragged(event).as_ref().and_then(single_file) {
            event.prevent_default();
            event.stop_propagation();
            keep(read(&file, Rc::clone(&then)));
        }
    };
    vec![
        EventListener::new_with_options(&window, "dragover", options, over),
        EventListener::new_with_options(&window, "drop", options, drop),
    ]
}

fn dragged(event: &Event) -> Option<DataTransfer> {
    event.dyn_ref::<DragEvent>()?.data_transfer()
}

/// The only file of a drop; `None` for a folder.
fn single_file(data: &DataTransfer) -> Option<File> {
    let files = FileList::from(data.files()?);
    let [file] = &*files else { return None };
    let entry = data.items().get(0)?.webkit_get_as_entry().ok()?;
    (!entry.is_some_and(|entry| entry.is_directory())).then(|| file.clone())
}

fn read(file: &File, then: Receive) -> Option<Reading> {
    if file.size() > MOST_BYTES {
        then(Err(FileError::TooLarge));
        return None;
    }
    let name = file.name();
    // As bytes: read as text, a byte order mark would be lost, and what is no text would pass.
    let done = move |bytes: Result<Vec<u8>, _>| {
        let bytes = bytes.map_err(|_| FileError::Unreadable);
        let text = bytes.and_then(|it| String::from_utf8(it).map_err(|_| FileError::NotText));
        then(text.map(|text| TextFile { name, text }));
    };
    Some(Reading(read_as_bytes(file, done)))
}

#[wasm_bindgen(module = "/js/picture.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = savePicture)]
    async fn draw_and_save(name: &str, svg: &str) -> Result<JsValue, JsValue>;
}

/// Has the browser draw SVG and save it as a PNG called `name`; false where it cannot.
pub async fn save_picture(name: &str, svg: &str) -> bool {
    draw_and_save(name, svg).await.is_ok()
}

/// Has the browser save `text` as a file called `name`. Its type is that of any bytes, because
/// browsers add an ending to the name of a text that has none.
pub fn save(name: &str, text: &str) {
    let url = ObjectUrl::from(Blob::new_with_options(text, Some("application/octet-stream")));
    let document = web_sys::window().and_then(|window| window.document());
    let link = document.and_then(|document| document.create_element("a").ok());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _ = link.set_attribute("href", &url);
        let _ = link.set_attribute("download", name);
        link.click();
    }
    Timeout::new(SAVING, move || drop(url)).forget();
}
