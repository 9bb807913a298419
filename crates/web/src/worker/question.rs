//! What the page asks and the worker answers. A build context may hold 100,000 files: it is sent
//! once, and named by a number as long as it stays the same.

use std::rc::Rc;

use layerwise_analyzer::context::KnownContext;
use layerwise_analyzer::report::{self, Input};

use crate::state::{Brought, Building, Listing};
use crate::worker::{Answer, answer_cache};

/// An input on its way to the worker.
#[derive(Default, serde::Serialize, serde::Deserialize)]
struct Question {
    /// The input without its context.
    input: Input,
    /// Number of its context; `None` where it has none.
    context: Option<u32>,
    /// The context, where the worker does not have it yet.
    brought: Option<Rc<KnownContext>>,
    /// The edit whose rebuilds are wanted beside the report, as [`crate::state::State::edit`] holds
    /// it, and who builds after it.
    cache: Option<(String, Building)>,
    /// Where not the report is wanted but the context, in about so many entries.
    condensed: Option<usize>,
    /// Where not the report is wanted but this listing, read; the input is empty.
    listing: Option<String>,
}

/// The page's end of one worker: it remembers which context the worker has. A worker that was
/// started anew needs a new one.
#[derive(Debug, Default)]
pub struct Asker {
    number: u32,
    sent: Option<Rc<KnownContext>>,
}

impl Asker {
    /// An input as the bytes that the worker's [`Answerer`] reads; `cache` is the edit whose rebuilds
    /// are wanted as well, and who builds after it.
    #[must_use]
    pub fn ask(&mut self, input: &Input, cache: Option<(&str, Building)>) -> Option<Vec<u8>> {
        let cache = cache.map(|(edit, building)| (edit.to_owned(), building));
        self.write(input, Question { cache, ..Question::default() })
    }

    /// The same, asking for the input's context in about `most` entries instead of its report.
    #[must_use]
    pub fn ask_condensed(&mut self, input: &Input, most: usize) -> Option<Vec<u8>> {
        self.write(input, Question { condensed: Some(most), ..Question::default() })
    }

    /// Asks for a listing to be read, as the bytes of [`crate::worker::read_brought`].
    #[must_use]
    pub fn ask_listing(text: String) -> Option<Vec<u8>> {
        let question = Question { listing: Some(text), ..Question::default() };
        Self::default().write(&Input::default(), question)
    }

    /// Writes what `question` wants of `input`.
    fn write(&mut self, input: &Input, question: Question) -> Option<Vec<u8>> {
        let mut input = input.clone();
        let context = input.context.take();
        let brought = context.clone().filter(|context| !self.has(context));
        if let Some(context) = &brought {
            self.number = self.number.wrapping_add(1);
            self.sent = Some(Rc::clone(context));
        }
        let context = context.map(|_| self.number);
        let question = Question { input, context, brought, ..question };
        postcard::to_allocvec(&question).ok()
    }

    fn has(&self, context: &Rc<KnownContext>) -> bool {
        self.sent.as_ref().is_some_and(|sent| Rc::ptr_eq(sent, context))
    }
}

/// The worker's end: it keeps the context it was sent last.
#[derive(Debug, Default)]
pub struct Answerer {
    kept: Option<(u32, Rc<KnownContext>)>,
}

impl Answerer {
    /// The report on an input, both as bytes; `None` when the bytes are no question about a report,
    /// or name a context that was never sent.
    #[must_use]
    pub fn answer(&mut self, question: &[u8]) -> Option<Vec<u8>> {
        let question = self.read(question)?;
        let is_apart = question.condensed.is_some() || question.listing.is_some();
        // Nothing of the cache is computed here, and nothing that could be written of it is linked.
        let outline = || (report::outline(&question.input), None::<()>);
        (!is_apart).then(|| postcard::to_allocvec(&outline()).ok())?
    }

    /// The answer to any question. The page's own wasm does without, so that it holds no more than
    /// the first look needs.
    #[must_use]
    pub fn answer_apart(&mut self, question: &[u8]) -> Option<Vec<u8>> {
        let Question { input, cache, condensed, listing, .. } = self.read(question)?;
        if let Some(text) = listing {
            let (context, listing) = Listing::read(text);
            // The page has the text.
            let listing = Listing { text: String::new(), ..Rc::unwrap_or_clone(listing) };
            return postcard::to_allocvec::<Brought>(&(context, Rc::new(listing))).ok();
        }
        match condensed {
            None => {
                let report = report::analyze(&input);
                let cache =
                    cache.map(|(edit, building)| answer_cache(&input, &report, &edit, building));
                postcard::to_allocvec::<Answer>(&(report, cache)).ok()
            }
            Some(most) => {
                let condensed = report::condense_context(&input, most).map(Rc::new);
                postcard::to_allocvec::<Brought>(&(condensed, Rc::default())).ok()
            }
        }
    }

    /// Reads a question and gives its input the context that it names.
    fn read(&mut self, question: &[u8]) -> Option<Question> {
        let mut question: Question = postcard::from_bytes(question).ok()?;
        if let Some(number) = question.context {
            if let Some(brought) = question.brought.take() {
                self.kept = Some((number, brought));
            }
            let (_, kept) = self.kept.as_ref().filter(|(kept, _)| *kept == number)?;
            question.input.context = Some(Rc::clone(kept));
        }
        Some(question)
    }
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::cache::{Export, Runner};
    use layerwise_analyzer::context::{ContextOrigin, read_listing};

    use super::*;
    use crate::worker::read_answer;

    fn input(files: usize) -> Input {
        let listing: String = (0..files).map(|file| format!("12 src/{file}.js\n")).collect();
        let (context, _) = read_listing(&listing);
        let known = KnownContext { origin: ContextOrigin::Listing, context };
        Input {
            dockerfile: "FROM node:22 AS build\nCOPY . .\nFROM scratch\nCOPY --from=build / /\n"
                .into(),
            dockerignore: Some("# é🐳\n".into()),
            image_sizes: vec![("acme/base".into(), u64::MAX)],
            context: (files > 0).then(|| Rc::new(known)),
            ..Input::default()
        }
    }

    #[test]
    fn a_report_arrives_as_it_was_made() {
        for input in [input(0), input(3)] {
            let bytes = Asker::default().ask(&input, None).expect("an input has bytes");
            let report = Answerer::default().answer(&bytes).and_then(|bytes| read_answer(&bytes));
            assert_eq!(report, Some((report::outline(&input), None)));
        }
    }

    #[test]
    fn what_an_edit_rebuilds_comes_with_the_report_where_it_is_asked_for() {
        let input = input(3);
        let fresh = Runner::Fresh(Export::Nothing);
        let alone = Building { cores: 1, runner: fresh, ..Building::default() };
        for cache in [None, Some(""), Some("modify:src/1.js"), Some("no edit")] {
            let cache = cache.map(|edit| (edit, alone));
            let bytes = Asker::default().ask(&input, cache).expect("an input has bytes");
            let answer = Answerer::default().answer_apart(&bytes);
            let report = report::analyze(&input);
            let wanted =
                cache.map(|(edit, building)| answer_cache(&input, &report, edit, building));
            let read = answer.and_then(|bytes| read_answer(&bytes));
            assert_eq!(read, Some((report, wanted)), "{cache:?}");
            let outline = Answerer::default().answer(&bytes).and_then(|bytes| read_answer(&bytes));
            assert_eq!(outline, Some((report::outline(&input), None)), "{cache:?}");
        }
    }

    #[test]
    fn a_context_is_sent_once_and_again_when_it_or_the_worker_changes() {
        let (mut asker, mut answerer) = (Asker::default(), Answerer::default());
        let first = input(1_000);
        let typed = Input { dockerfile: "FROM scratch\nCOPY . /\n".into(), ..first.clone() };
        let other = input(2_000);
        let none = Input { context: None, ..first.clone() };
        let mut sizes = Vec::new();
        for input in [&first, &typed, &none, &typed, &other, &other] {
            let bytes = asker.ask(input, None).expect("an input has bytes");
            sizes.push(bytes.len() > 5_000);
            let report = answerer.answer(&bytes).and_then(|bytes| read_answer(&bytes));
            assert_eq!(report, Some((report::outline(input), None)), "question {}", sizes.len());
        }
        assert_eq!(sizes, [true, false, false, false, true, false], "which questions are large");
        let bytes = Asker::default().ask(&other, None).expect("an input has bytes");
        assert!(bytes.len() > 5_000, "a new worker gets the context again");
    }

    #[test]
    fn a_context_comes_back_condensed_with_all_of_its_bytes() {
        let input = input(2_000);
        let bytes = Asker::default().ask_condensed(&input, 100).expect("an input has bytes");
        let answer = Answerer::default().answer_apart(&bytes);
        let brought = answer.and_then(|bytes| crate::worker::read_brought(&bytes));
        let condensed = brought.and_then(|(context, _)| context).expect("there is a context");
        let files = &condensed.context.files;
        let bytes: u64 = files.values().filter_map(|file| file.bytes).sum();
        assert!(files.len() <= 100, "{} entries", files.len());
        assert_eq!(bytes, 2_000 * 12);
    }

    #[test]
    fn a_listing_comes_back_read_without_its_text() {
        let text = "12 a.js\nwhat is this\n30 b/c.js\n";
        let bytes = Asker::ask_listing(text.into()).expect("a listing has bytes");
        let answer = Answerer::default().answer_apart(&bytes);
        let read = answer.and_then(|bytes| crate::worker::read_brought(&bytes));
        let (context, listing) = Listing::read(text.into());
        let listing = Listing { text: String::new(), ..Listing::clone(&listing) };
        assert_eq!(read, Some((context, Rc::new(listing))));
    }

    #[test]
    fn questions_that_cannot_be_read_are_not_answered() {
        let mut asker = Asker::default();
        let known = input(3);
        let _ = asker.ask(&known, None);
        let named = asker.ask(&known, None).expect("an input has bytes");
        assert_eq!(Answerer::default().answer(&named), None, "the context was never sent");
        assert_eq!(Answerer::default().answer(&[0xFF; 40]), None);
        assert_eq!(read_answer(&[0xFF; 3]), None);
    }
}
