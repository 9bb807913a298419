//! Questions that take as long as an analysis and must not wait for one, or hold one up: each has a
//! worker of its own on the engine's wasm, which ends with its answer.

use std::cell::RefCell;
use std::rc::Rc;

use layerwise_analyzer::context::KnownContext;
use layerwise_analyzer::report::Input;

use crate::analysis::supervisor::MOST_FOR_START;
use crate::bindings::timers::Timer;
use crate::bindings::worker::{FromWorker, Worker};
use crate::state::{Brought, Listing};
use crate::worker::{Asker, read_brought};

/// Hands the context of `input` in about `most` entries to `then`: at once where it is small or
/// where there is none, later otherwise; `None` also where no worker can do it.
pub fn condense(
    input: &Rc<Input>,
    most: usize,
    then: impl FnOnce(Option<Rc<KnownContext>>) + 'static,
) {
    let files = input.context.as_ref().map_or(0, |known| known.context.files.len());
    if files <= most {
        then(input.context.clone());
        return;
    }
    let question = Asker::default().ask_condensed(input, most);
    let finish = move |answer: Option<Brought>| then(answer.and_then(|(context, _)| context));
    ask_apart(question, Box::new(finish));
}

/// Has a listing read and hands it to `then`, later. Where no worker can do it, the page does, and
/// waits.
pub fn read_listing_apart(text: Rc<String>, then: impl FnOnce(Brought) + 'static) {
    let question = Asker::ask_listing(String::clone(&text));
    let finish = move |read: Option<Brought>| {
        let text = Rc::unwrap_or_clone(text);
        then(match read {
            Some((context, listing)) => {
                let listing = Listing { text, ..Rc::unwrap_or_clone(listing) };
                (context, Rc::new(listing))
            }
            None => Listing::read(text),
        });
    };
    ask_apart(question, Box::new(finish));
}

/// A question on its way, and who waits for its answer.
struct Errand {
    question: Option<Vec<u8>>,
    then: Option<Box<dyn FnOnce(Option<Brought>)>>,
    worker: Option<Worker>,
    /// Running out means that the worker took too long.
    deadline: Option<Timer>,
}

/// Hands a worker's answer to `then`; `None` where there is none, or none in time.
fn ask_apart(question: Option<Vec<u8>>, then: Box<dyn FnOnce(Option<Brought>)>) {
    let then = Some(then);
    let errand = Rc::new(RefCell::new(Errand { question, then, worker: None, deadline: None }));
    // The worker lives in its own listener until the errand ends.
    let heard = Rc::clone(&errand);
    let started = Worker::start_engine(false, move |message| hear(&heard, message));
    if started.is_none() {
        return end(&errand, None);
    }
    errand.borrow_mut().worker = started;
    wait(&errand, MOST_FOR_START);
}

fn hear(errand: &Rc<RefCell<Errand>>, message: FromWorker) {
    let answer = match message {
        FromWorker::Ready { .. } => {
            let question = errand.borrow_mut().question.take();
            if let (Some(worker), Some(question)) = (&errand.borrow().worker, &question) {
                worker.send(question);
            }
            if let Some(question) = question {
                return wait(errand, time_for_answer(question.len()));
            }
            None
        }
        FromWorker::Answer(bytes) => read_brought(&bytes),
        FromWorker::Died => None,
    };
    end(errand, answer);
}

/// Ends the errand without an answer unless something happens within so many milliseconds.
fn wait(errand: &Rc<RefCell<Errand>>, milliseconds: u32) {
    let late = Rc::clone(errand);
    errand.borrow_mut().deadline = Some(Timer::new(milliseconds, move || end(&late, None)));
}

fn end(errand: &Rc<RefCell<Errand>>, answer: Option<Brought>) {
    let (then, _worker, _deadline) = {
        let errand = &mut *errand.borrow_mut();
        (errand.then.take(), errand.worker.take(), errand.deadline.take())
    };
    if let Some(then) = then {
        then(answer);
    }
}

/// Milliseconds that a worker may take for an answer. It is loaded for this one question, so its
/// code is compiled while it runs; a listing of five megabytes has taken a busy machine eight
/// seconds (`docs/benchmarks.md`).
fn time_for_answer(bytes: usize) -> u32 {
    u32::try_from(bytes / 1_000).map_or(u32::MAX, |more| MOST_FOR_START.saturating_add(more))
}
