//! The worker's end: bytes of an input in, bytes of a report out.
//!
//! The analysis runs here, in its own instance of the page's wasm, so that a trap or a hang takes
//! nothing with it: the page starts another one ([`crate::analysis`]). What the first look does not
//! need is answered by the engine, a second wasm without the page that is loaded when it is asked.

mod cache;
mod question;
mod secrets;
mod views;

use std::cell::RefCell;

use layerwise_analyzer::images;
use layerwise_analyzer::packages::{self, modules};
use layerwise_analyzer::report::Report;

pub use cache::{
    CacheAnswer, Drawn, MOST_STAGES, Replayed, ReplayedStep, UsualChoice, answer_cache, caused,
    outcome_class, outcome_word, weight,
};
pub use question::{Answerer, Asker};
pub use secrets::look_through;
#[cfg(test)]
pub(crate) use views::EMBEDDED;
pub use views::{ViewWish, lay_out};

use crate::bindings::worker;
use crate::state::Brought;
use crate::view::{Laid, Outlook};

/// Starts answering the page.
pub fn start() {
    let has_images = take_images();
    let answerer = RefCell::new(Answerer::default());
    let answer = move |question: Vec<u8>| answerer.borrow_mut().answer(&question);
    // An outline needs no tables.
    worker::serve(has_images, answer, |_, _| {});
}

/// Starts answering the page's other questions: the engine's end.
pub fn start_engine() {
    let has_images = take_images();
    let answerer = RefCell::new(Answerer::default());
    let answer = move |question: Vec<u8>| answerer.borrow_mut().answer_apart(&question);
    worker::serve(has_images, answer, take_table);
}

/// Takes the table of base images; whether there is one.
fn take_images() -> bool {
    let images = worker::take_base_images();
    let has_images = images.is_some();
    if let Some(images) = images {
        images::install(images);
    }
    has_images
}

/// Takes a table of packages. One that cannot be used stays wanted, which the page notices.
fn take_table(name: &str, bytes: Vec<u8>) {
    if packages::install(name, &bytes).is_err()
        && let Ok(text) = String::from_utf8(bytes)
    {
        let _ = modules::install(name, text);
    }
}

/// A report, what an edit rebuilds, a panel that was laid out and what the advice comes to, where
/// these were asked for.
pub type Answer = (Report, Option<CacheAnswer>, Option<Laid>, Option<Outlook>);

/// What an [`Answerer`] wrote on an input.
#[must_use]
pub fn read_answer(bytes: &[u8]) -> Option<Answer> {
    postcard::from_bytes(bytes).ok()
}

/// What the browser kept, or what an [`Answerer`] wrote for [`Asker::ask_condensed`], a context
/// alone, or for [`Asker::ask_listing`], the listing without its text.
#[must_use]
pub fn read_brought(bytes: &[u8]) -> Option<Brought> {
    postcard::from_bytes(bytes).ok()
}
