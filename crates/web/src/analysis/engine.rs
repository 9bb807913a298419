//! Carries out what the [`Supervisor`] says, with a real worker and real timers.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use layerwise_analyzer::report::Input;

use crate::analysis::supervisor::{Effect, Event, Supervisor};
use crate::analysis::{Analysis, TYPING_PAUSE, is_typing};
use crate::bindings::timers::Timer;
use crate::bindings::worker::{FromWorker, Worker};
use crate::handle::ReportHandle;
use crate::worker::{Asker, read_answer};

/// Talks to the worker for as long as it lives.
pub(super) struct Engine(Rc<RefCell<Inner>>);

struct Inner {
    supervisor: Supervisor,
    worker: Option<Worker>,
    /// What that worker knows.
    asker: Asker,
    /// Running out means that the worker took too long, or that a pause is over.
    deadline: Option<Timer>,
    /// Running out means that the person stopped typing.
    typing: Option<Timer>,
    newest: Option<Rc<Input>>,
    analysis: Analysis,
    show: Box<dyn Fn(Analysis)>,
    me: Weak<RefCell<Inner>>,
}

impl Engine {
    /// An engine that hands every change of the analysis to `show`.
    pub(super) fn new(show: impl Fn(Analysis) + 'static) -> Self {
        Self(Rc::new_cyclic(|me| {
            RefCell::new(Inner {
                supervisor: Supervisor::default(),
                worker: None,
                asker: Asker::default(),
                deadline: None,
                typing: None,
                newest: None,
                analysis: Analysis::default(),
                show: Box::new(show),
                me: me.clone(),
            })
        }))
    }

    /// Has `input` analysed, after a pause when it looks typed.
    pub(super) fn want(&self, input: &Rc<Input>) {
        let mut inner = self.0.borrow_mut();
        let before = inner.newest.replace(Rc::clone(input));
        if before.as_ref() == Some(input) {
            return;
        }
        if before.is_some_and(|before| is_typing(&before, input)) {
            let me = inner.me.clone();
            inner.typing = Some(Timer::new(TYPING_PAUSE, move || {
                Inner::tell(&me, |inner| inner.newest.clone().map(Event::Want));
            }));
        } else {
            inner.typing = None;
            inner.on(Event::Want(Rc::clone(input)), None);
        }
    }
}

impl Inner {
    /// Reports an event that comes from the browser, unless the page is gone.
    fn tell(me: &Weak<RefCell<Self>>, event: impl FnOnce(&mut Self) -> Option<Event>) {
        if let Some(inner) = me.upgrade() {
            let mut inner = inner.borrow_mut();
            if let Some(event) = event(&mut inner) {
                inner.on(event, None);
            }
        }
    }

    fn hear(me: &Weak<RefCell<Self>>, message: FromWorker) {
        let Some(inner) = me.upgrade() else {
            return;
        };
        let mut inner = inner.borrow_mut();
        match message {
            FromWorker::Ready { has_images } => {
                inner.analysis.without_images = !has_images;
                inner.on(Event::Ready, None);
            }
            FromWorker::Died => inner.on(Event::Died, None),
            // Bytes that are no report mean a worker that is not to be trusted any more.
            FromWorker::Answer(bytes) => match read_answer(&bytes) {
                Some(report) => inner.on(Event::Answer, Some(report.into())),
                None => inner.on(Event::Died, None),
            },
        }
    }

    fn on(&mut self, event: Event, report: Option<ReportHandle>) {
        let mut effects = self.supervisor.on(event);
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Start => {
                    let me = self.me.clone();
                    self.asker = Asker::default();
                    self.worker = Worker::start(move |message| Self::hear(&me, message));
                    if self.worker.is_none() {
                        effects.extend(self.supervisor.on(Event::Died));
                    }
                }
                Effect::Stop => self.worker = None,
                Effect::Send(input) => self.send(&input),
                Effect::Wait(time) => {
                    let me = self.me.clone();
                    let on_time = move || Self::tell(&me, |_| Some(Event::Time));
                    self.deadline = Some(Timer::new(time, on_time));
                }
                Effect::Forget => self.deadline = None,
                Effect::Show(input) => {
                    self.analysis.input = input;
                    if let Some(report) = &report {
                        self.analysis.report = report.clone();
                    }
                }
            }
        }
        self.analysis.working = self.supervisor.working();
        self.analysis.trouble = self.supervisor.trouble();
        (self.show)(self.analysis.clone());
    }

    fn send(&mut self, input: &Input) {
        if let (Some(worker), Some(question)) = (&self.worker, self.asker.ask(input)) {
            worker.send(&question);
        }
    }
}
