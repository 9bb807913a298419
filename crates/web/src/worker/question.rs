//! What the page asks and the worker answers. A build context may hold 100,000 files: it is sent
//! once, and named by a number as long as it stays the same.

use std::rc::Rc;

use layerwise_analyzer::context::KnownContext;
use layerwise_analyzer::report::{self, Input};

use crate::state::{Brought, Listing, Trial, Version};
use crate::worker::views::{foresee, lay_out};
use crate::worker::{Answer, ViewWish, answer_cache};

/// An input on its way to the worker.
#[derive(Default, serde::Serialize, serde::Deserialize)]
struct Question {
    /// The input without its context.
    input: Input,
    /// Number of its context; `None` where it has none.
    context: Option<u32>,
    /// The edit whose rebuilds are wanted beside the report.
    cache: Option<Trial>,
    /// The panel that is wanted beside the report.
    view: Option<ViewWish>,
    /// Where not the report is wanted but what the advice comes to.
    outlook: bool,
    /// Numbers of the contexts of its [`Question::versions`].
    contexts_before: [Option<u32>; 3],
    /// The contexts that the worker does not have yet.
    brought: Vec<(u32, Rc<KnownContext>)>,
    /// Where not the report is wanted but the context, in about so many entries.
    condensed: Option<usize>,
    /// Where not the report is wanted but this listing, read; the input is empty.
    listing: Option<String>,
}

impl Question {
    /// The versions before that it names.
    fn versions(&mut self) -> [Option<&mut Rc<Version>>; 3] {
        let tried = self.cache.as_mut().and_then(|trial| trial.before.as_mut());
        let (seen, fixed) = match &mut self.view {
            Some(wish) => (wish.before.as_mut(), wish.before_fix.as_mut()),
            None => (None, None),
        };
        [tried, seen, fixed]
    }
}

/// Numbered contexts: that of the newest question, and those of its versions before.
type Contexts = Vec<(u32, Rc<KnownContext>)>;

/// The page's end of one worker: it remembers which contexts the worker has. A worker that was
/// started anew needs a new one.
#[derive(Debug, Default)]
pub struct Asker {
    number: u32,
    sent: Contexts,
}

impl Asker {
    /// An input as the bytes that the worker's [`Answerer`] reads; `cache` is the edit whose rebuilds
    /// are wanted as well, `view` the panel that is to be laid out.
    #[must_use]
    pub fn ask(
        &mut self,
        input: &Input,
        cache: Option<&Trial>,
        view: Option<&ViewWish>,
    ) -> Option<Vec<u8>> {
        let (cache, view) = (cache.cloned(), view.cloned());
        self.write(input, Question { cache, view, ..Question::default() })
    }

    /// The same, asking for what the advice comes to instead of the report.
    #[must_use]
    pub fn ask_outlook(&mut self, input: &Input) -> Option<Vec<u8>> {
        self.write(input, Question { outlook: true, ..Question::default() })
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
    fn write(&mut self, input: &Input, mut question: Question) -> Option<Vec<u8>> {
        let before = question.versions().map(|before| before.and_then(|it| it.context.clone()));
        let mut named = Contexts::new();
        question.input = input.clone();
        let context = question.input.context.take();
        question.context = context.map(|context| self.number_of(context, &mut named));
        question.contexts_before =
            before.map(|context| context.map(|context| self.number_of(context, &mut named)));
        let is_sent = |number: u32| self.sent.iter().any(|(sent, _)| *sent == number);
        question.brought = named.iter().filter(|(number, _)| !is_sent(*number)).cloned().collect();
        if !named.is_empty() {
            self.sent = named;
        }
        postcard::to_allocvec(&question).ok()
    }

    /// The number of a context, which is noted among those of the question.
    fn number_of(&mut self, context: Rc<KnownContext>, named: &mut Contexts) -> u32 {
        let mut known = named.iter().chain(&self.sent);
        let number = match known.find(|(_, other)| Rc::ptr_eq(other, &context)) {
            Some((number, _)) => *number,
            None => {
                self.number = self.number.wrapping_add(1);
                self.number
            }
        };
        if !named.iter().any(|(known, _)| *known == number) {
            named.push((number, context));
        }
        number
    }
}

/// The worker's end: it keeps the contexts it was asked about last.
#[derive(Debug, Default)]
pub struct Answerer {
    kept: Contexts,
}

impl Answerer {
    /// The report on an input, both as bytes; `None` when the bytes are no question about a report,
    /// or name a context that was never sent.
    #[must_use]
    pub fn answer(&mut self, question: &[u8]) -> Option<Vec<u8>> {
        let question = self.read(question)?;
        let is_apart = question.condensed.is_some() || question.listing.is_some();
        // Nothing of the cache is computed here, and nothing that could be written of it is linked.
        let outline = || (report::outline(&question.input), None::<()>, None::<()>, None::<()>);
        (!is_apart).then(|| postcard::to_allocvec(&outline()).ok())?
    }

    /// The answer to any question. The page's own wasm does without, so that it holds no more than
    /// the first look needs.
    #[must_use]
    pub fn answer_apart(&mut self, question: &[u8]) -> Option<Vec<u8>> {
        let Question { input, cache, view, condensed, listing, outlook, .. } =
            self.read(question)?;
        if outlook {
            // Nobody looks at this report.
            let report = report::outline(&Input::default());
            let answer = (report, None, None, Some(foresee(&input)));
            return postcard::to_allocvec::<Answer>(&answer).ok();
        }
        if let Some(text) = listing {
            let (context, listing) = Listing::read(text);
            // The page has the text.
            let listing = Listing { text: String::new(), ..Rc::unwrap_or_clone(listing) };
            return postcard::to_allocvec::<Brought>(&(context, Rc::new(listing))).ok();
        }
        match condensed {
            None => {
                let mut report = report::analyze(&input);
                let cache = cache.map(|trial| answer_cache(&input, &report, &trial));
                let mut wanted = report.wanted_tables.clone();
                let view = view
                    .and_then(|wish| lay_out(&input, &report, cache.as_ref(), &wish, &mut wanted));
                report.wanted_tables = wanted;
                postcard::to_allocvec::<Answer>(&(report, cache, view, None)).ok()
            }
            Some(most) => {
                let condensed = report::condense_context(&input, most).map(Rc::new);
                postcard::to_allocvec::<Brought>(&(condensed, Rc::default())).ok()
            }
        }
    }

    /// Reads a question and gives its input, and the version before, the contexts that it names.
    fn read(&mut self, question: &[u8]) -> Option<Question> {
        let mut question: Question = postcard::from_bytes(question).ok()?;
        self.kept.append(&mut question.brought);
        let (now, before) = (question.context, question.contexts_before);
        if now.is_some() || before != [None; 3] {
            let is_named = |number| now == Some(number) || before.contains(&Some(number));
            self.kept.retain(|(number, _)| is_named(*number));
        }
        let kept = |wanted: u32| self.kept.iter().find(|(number, _)| *number == wanted);
        if let Some(number) = question.context {
            question.input.context = Some(Rc::clone(&kept(number)?.1));
        }
        for (version, number) in question.versions().into_iter().zip(before) {
            if let (Some(version), Some(number)) = (version, number) {
                Rc::make_mut(version).context = Some(Rc::clone(&kept(number)?.1));
            }
        }
        Some(question)
    }
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::cache::{Export, Runner};
    use layerwise_analyzer::context::{ContextOrigin, read_listing};

    use super::*;
    use crate::state::Building;
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
            let bytes = Asker::default().ask(&input, None, None).expect("an input has bytes");
            let report = Answerer::default().answer(&bytes).and_then(|bytes| read_answer(&bytes));
            assert_eq!(report, Some((report::outline(&input), None, None, None)));
        }
    }

    #[test]
    fn what_an_edit_rebuilds_comes_with_the_report_where_it_is_asked_for() {
        let input = input(3);
        let fresh = Runner::Fresh(Export::Nothing);
        let building = Building { cores: 1, runner: fresh, ..Building::default() };
        for cache in [None, Some(""), Some("modify:src/1.js"), Some("no edit")] {
            let cache = cache.map(|edit| Trial { edit: edit.into(), building, ..Trial::default() });
            let bytes =
                Asker::default().ask(&input, cache.as_ref(), None).expect("an input has bytes");
            let answer = Answerer::default().answer_apart(&bytes);
            let report = report::analyze(&input);
            let wanted = cache.as_ref().map(|trial| answer_cache(&input, &report, trial));
            let read = answer.and_then(|bytes| read_answer(&bytes));
            assert_eq!(read, Some((report, wanted, None, None)), "{cache:?}");
            let outline = Answerer::default().answer(&bytes).and_then(|bytes| read_answer(&bytes));
            assert_eq!(outline, Some((report::outline(&input), None, None, None)), "{cache:?}");
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
            let bytes = asker.ask(input, None, None).expect("an input has bytes");
            sizes.push(bytes.len() > 5_000);
            let report = answerer.answer(&bytes).and_then(|bytes| read_answer(&bytes));
            assert_eq!(
                report,
                Some((report::outline(input), None, None, None)),
                "question {}",
                sizes.len()
            );
        }
        assert_eq!(sizes, [true, false, false, false, true, false], "which questions are large");
        let bytes = Asker::default().ask(&other, None, None).expect("an input has bytes");
        assert!(bytes.len() > 5_000, "a new worker gets the context again");
    }

    #[test]
    fn the_files_of_the_version_before_are_sent_once_beside_those_of_now() {
        let (mut asker, mut answerer) = (Asker::default(), Answerer::default());
        let (old, new) = (input(1_000), input(2_000));
        let before = Some(Rc::new(Version::of(&old)));
        let trial = Trial { before, ..Trial::default() };
        let mut sizes = Vec::new();
        for input in [&old, &new, &new, &old] {
            let bytes = asker.ask(input, Some(&trial), None).expect("an input has bytes");
            sizes.push(bytes.len() > 5_000);
            let read = answerer.read(&bytes).expect("it can be read");
            assert_eq!(
                (read.input.context, read.cache),
                (input.context.clone(), Some(trial.clone()))
            );
        }
        assert_eq!(sizes, [true, true, false, false], "which questions are large");
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
        let _ = asker.ask(&known, None, None);
        let named = asker.ask(&known, None, None).expect("an input has bytes");
        assert_eq!(Answerer::default().answer(&named), None, "the context was never sent");
        assert_eq!(Answerer::default().answer(&[0xFF; 40]), None);
        assert_eq!(read_answer(&[0xFF; 3]), None);
    }
}
