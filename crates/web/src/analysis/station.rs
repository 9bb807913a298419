//! One worker and who looks after it: carries out what its [`Supervisor`] says.

use std::rc::Rc;

use crate::analysis::Wanted;
use crate::analysis::supervisor::{Blamed, Effect, Event, Supervisor, Trouble};
use crate::bindings::timers::Timer;
use crate::bindings::worker::Worker;
use crate::worker::Asker;

/// A worker's place: empty, or taken by one worker after the other.
pub(super) struct Station {
    supervisor: Supervisor,
    worker: Option<Worker>,
    /// What that worker knows.
    asker: Asker,
    /// Running out means that the worker took too long, or that a pause is over.
    deadline: Option<Timer>,
    start: Box<dyn Fn() -> Option<Worker>>,
    on_time: Rc<dyn Fn()>,
}

impl Station {
    /// An empty place: `start` brings a worker for it, and `on_time` is called when the time that
    /// the supervisor gave is over.
    pub(super) fn new(
        start: impl Fn() -> Option<Worker> + 'static,
        on_time: impl Fn() + 'static,
    ) -> Self {
        Self {
            supervisor: Supervisor::default(),
            worker: None,
            asker: Asker::default(),
            deadline: None,
            start: Box::new(start),
            on_time: Rc::new(on_time),
        }
    }

    /// The worker at work.
    pub(super) fn worker(&self) -> Option<&Worker> {
        self.worker.as_ref()
    }

    /// Whether an input is with the worker or waits for it.
    pub(super) fn working(&self) -> bool {
        self.supervisor.working()
    }

    /// What the person should know.
    pub(super) fn trouble(&self) -> Option<Trouble> {
        self.supervisor.trouble()
    }

    /// What that began with.
    pub(super) fn blamed(&self) -> Option<Blamed> {
        self.supervisor.blamed().cloned()
    }

    /// Takes an event; what an answer is on, where the event is one that counts.
    pub(super) fn on(&mut self, event: Event) -> Option<Rc<Wanted>> {
        let mut shown = None;
        let mut effects = self.supervisor.on(event);
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Start => {
                    self.asker = Asker::default();
                    self.worker = (self.start)();
                    if self.worker.is_none() {
                        effects.extend(self.supervisor.on(Event::Died));
                    }
                }
                Effect::Stop => self.worker = None,
                Effect::Send(wanted) => self.send(&wanted),
                Effect::Wait(time) => {
                    let on_time = Rc::clone(&self.on_time);
                    self.deadline = Some(Timer::new(time, move || on_time()));
                }
                Effect::Forget => self.deadline = None,
                Effect::Show(wanted) => shown = Some(wanted),
            }
        }
        shown
    }

    fn send(&mut self, wanted: &Wanted) {
        let question = match wanted.outlook {
            true => self.asker.ask_outlook(&wanted.input),
            false => self.asker.ask(&wanted.input, wanted.cache.as_ref(), wanted.view.as_ref()),
        };
        if let (Some(worker), Some(question)) = (&self.worker, question) {
            worker.send(&question);
        }
    }
}
