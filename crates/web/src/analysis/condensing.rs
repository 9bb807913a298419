//! A large context made small enough for a link. That takes as long as an analysis, so a worker of
//! its own does it, once.

use std::cell::RefCell;
use std::rc::Rc;

use layerwise_analyzer::context::KnownContext;
use layerwise_analyzer::report::{Input, condense_context};

use crate::bindings::worker::{FromWorker, Worker};
use crate::worker::{Asker, read_condensed};

/// Hands the context of `input` in about `most` entries to `then`: at once where it is small or
/// where there is none, later otherwise; `None` also where no worker can do it.
pub fn condense(input: &Rc<Input>, most: usize, then: impl FnOnce(Option<KnownContext>) + 'static) {
    let files = input.context.as_ref().map_or(0, |known| known.context.files.len());
    if files <= most {
        then(condense_context(input, most));
        return;
    }
    let then = RefCell::new(Some(then));
    let finish = move |context| {
        if let Some(then) = then.take() {
            then(context);
        }
    };
    let finish: Rc<dyn Fn(Option<KnownContext>)> = Rc::new(finish);
    // The worker lives in its own listener until it has answered.
    let worker = Rc::new(RefCell::new(None::<Worker>));
    let hear = {
        let (worker, input, finish) = (Rc::clone(&worker), Rc::clone(input), Rc::clone(&finish));
        move |message| match message {
            FromWorker::Ready { .. } => {
                let question = Asker::default().ask_condensed(&input, most);
                if let (Some(worker), Some(question)) = (worker.borrow().as_ref(), question) {
                    worker.send(&question);
                }
            }
            FromWorker::Answer(bytes) => {
                worker.take();
                finish(read_condensed(&bytes));
            }
            FromWorker::Died => {
                worker.take();
                finish(None);
            }
        }
    };
    let started = Worker::start(hear);
    if started.is_none() {
        finish(None);
    }
    worker.replace(started);
}
