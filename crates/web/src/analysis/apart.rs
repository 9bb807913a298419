//! Questions that take as long as an analysis and must not wait for one, or hold one up: each has a
//! worker of its own on the engine's wasm, which ends with its answer.

use std::cell::RefCell;
use std::rc::Rc;

use layerwise_analyzer::context::KnownContext;
use layerwise_analyzer::report::Input;

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

/// Hands a worker's answer to `then`; `None` where there is none.
fn ask_apart(question: Option<Vec<u8>>, then: Box<dyn FnOnce(Option<Brought>)>) {
    let then = Rc::new(RefCell::new(Some(then)));
    let finish = {
        let then = Rc::clone(&then);
        move |answer| {
            if let Some(then) = then.take() {
                then(answer);
            }
        }
    };
    // The worker lives in its own listener until it has answered.
    let worker = Rc::new(RefCell::new(None::<Worker>));
    let question = RefCell::new(question);
    let hear = {
        let (worker, finish, question) = (Rc::clone(&worker), finish.clone(), Rc::new(question));
        move |message| {
            let answer = match message {
                FromWorker::Ready { .. } => {
                    if let (Some(worker), Some(question)) =
                        (worker.borrow().as_ref(), question.take())
                    {
                        return worker.send(&question);
                    }
                    None
                }
                FromWorker::Answer(bytes) => read_brought(&bytes),
                FromWorker::Died => None,
            };
            worker.take();
            finish(answer);
        }
    };
    let started = Worker::start_engine(hear);
    if started.is_none() {
        finish(None);
    }
    worker.replace(started);
}
