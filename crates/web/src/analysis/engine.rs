//! Who is asked for an analysis. The page's own wasm takes the first look while the engine loads,
//! and wherever the engine gives up; everything else is asked of the engine, which also knows sizes.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use crate::analysis::station::Station;
use crate::analysis::supervisor::{Event, Trouble};
use crate::analysis::tables::{Tables, address};
use crate::analysis::{Analysis, Foreseen, TYPING_PAUSE, Wanted, is_typing, without_reproach};
use crate::bindings::timers::Timer;
use crate::bindings::worker::{FromWorker, Worker};
use crate::handle::Handle;
use crate::worker::{Answer, read_answer};

/// Milliseconds without a wish before the engine is asked what the advice comes to.
const OUTLOOK_PAUSE: u32 = 700;
/// Talks to both workers for as long as it lives.
pub(super) struct Engine(Rc<RefCell<Inner>>);

/// The two that can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seat {
    /// The page's own wasm: an outline.
    FirstLook,
    /// The engine: the whole analysis.
    Engine,
}

struct Inner {
    first_look: Station,
    engine: Station,
    /// Whether the engine has ever answered.
    engine_answers: bool,
    tables: Tables,
    /// Running out means that the person stopped typing.
    typing: Option<Timer>,
    /// Running out means that the person stopped for longer.
    pausing: Option<Timer>,
    newest: Option<Rc<Wanted>>,
    /// The newest input that the engine was asked for, and the newest for the first look.
    asked: [Option<Rc<Wanted>>; 2],
    analysis: Analysis,
    show: Box<dyn Fn(Analysis)>,
    me: Weak<RefCell<Inner>>,
}

impl Engine {
    /// An engine that hands every change of the analysis to `show`.
    pub(super) fn new(show: impl Fn(Analysis) + 'static) -> Self {
        Self(Rc::new_cyclic(|me: &Weak<RefCell<Inner>>| {
            RefCell::new(Inner {
                first_look: station(me, Seat::FirstLook),
                engine: station(me, Seat::Engine),
                engine_answers: false,
                tables: Tables::default(),
                typing: None,
                pausing: None,
                newest: None,
                asked: [None, None],
                analysis: Analysis::default(),
                show: Box::new(show),
                me: me.clone(),
            })
        }))
    }

    /// Has what is `wanted` analysed, after a pause when it looks typed.
    pub(super) fn want(&self, wanted: &Rc<Wanted>) {
        let mut inner = self.0.borrow_mut();
        let before = inner.newest.replace(Rc::clone(wanted));
        if before.as_ref() == Some(wanted) {
            return;
        }
        inner.pausing = None;
        if before.is_some_and(|before| wanted.is_typed_after(&before)) {
            let me = inner.me.clone();
            inner.typing = Some(Timer::new(TYPING_PAUSE, move || tell(&me, Inner::ask)));
        } else {
            inner.typing = None;
            inner.ask();
        }
    }
}

/// The place of a worker that reports to `me`.
fn station(me: &Weak<RefCell<Inner>>, seat: Seat) -> Station {
    let (starting, waiting) = (me.clone(), me.clone());
    let start = move || {
        let me = starting.clone();
        let hear = move |message| tell(&me, |inner| inner.hear(seat, message));
        match seat {
            Seat::FirstLook => Worker::start(hear),
            Seat::Engine => Worker::start_engine(true, hear),
        }
    };
    Station::new(start, move || tell(&waiting, |inner| inner.on(seat, Event::Time)))
}

/// Tells what comes from the browser, unless the page is gone.
fn tell(me: &Weak<RefCell<Inner>>, what: impl FnOnce(&mut Inner)) {
    if let Some(inner) = me.upgrade() {
        what(&mut inner.borrow_mut());
    }
}

impl Inner {
    /// Asks for the newest input.
    fn ask(&mut self) {
        let Some(newest) = self.newest.clone() else { return };
        self.tables.on_edit();
        let [asked, _] = &mut self.asked;
        *asked = Some(Rc::clone(&newest));
        self.on(Seat::Engine, Event::Want(newest));
    }

    fn hear(&mut self, seat: Seat, message: FromWorker) {
        let event = match message {
            FromWorker::Ready { has_images } => {
                self.analysis.without_images = !has_images;
                if seat == Seat::Engine {
                    self.tables.on_start();
                }
                Event::Ready
            }
            FromWorker::Died => Event::Died,
            // Bytes that are no report mean a worker that is not to be trusted any more.
            FromWorker::Answer(bytes) => match read_answer(&bytes) {
                Some(answer) => return self.answer(seat, answer),
                None => Event::Died,
            },
        };
        self.on(seat, event);
    }

    fn answer(&mut self, seat: Seat, (report, cache, view, outlook): Answer) {
        let Some(wanted) = self.station(seat).on(Event::Answer) else { return };
        if wanted.outlook {
            let foreseen =
                outlook.map(|outlook| Foreseen { input: Rc::clone(&wanted.input), outlook });
            self.analysis.outlook = foreseen.map(Handle::from);
            return self.look_after();
        }
        if !is_typing(&self.analysis.input, &wanted.input) {
            self.analysis.outlook = None;
        }
        if seat == Seat::Engine {
            if !std::mem::replace(&mut self.engine_answers, true) {
                self.first_look.on(Event::Rest);
            }
            for name in self.tables.want(&report.wanted_tables) {
                self.load(name);
            }
        }
        let is_known = !self.analysis.is_outline && self.analysis.input == wanted.input;
        if seat == Seat::Engine || !is_known {
            self.analysis.is_outline = seat == Seat::FirstLook;
            self.analysis.input = Rc::clone(&wanted.input);
            self.analysis.report = without_reproach(report, &wanted.input).into();
            self.analysis.cache = cache.map(Handle::from);
            self.analysis.view = view.map(Handle::from);
        }
        if seat == Seat::Engine {
            let me = self.me.clone();
            let ask = move || tell(&me, Inner::ask_outlook);
            self.pausing = Some(Timer::new(OUTLOOK_PAUSE, ask));
        }
        self.look_after();
    }

    /// Asks what the advice on the newest input comes to.
    fn ask_outlook(&mut self) {
        let Some(newest) = &self.newest else { return };
        if newest.input.dockerfile.trim().is_empty() {
            self.analysis.outlook = None;
            return self.look_after();
        }
        let input = Rc::clone(&newest.input);
        let wanted = Wanted { input, cache: None, view: None, outlook: true };
        self.on(Seat::Engine, Event::Want(Rc::new(wanted)));
    }

    fn on(&mut self, seat: Seat, event: Event) {
        self.station(seat).on(event);
        self.look_after();
    }

    fn station(&mut self, seat: Seat) -> &mut Station {
        match seat {
            Seat::FirstLook => &mut self.first_look,
            Seat::Engine => &mut self.engine,
        }
    }

    /// Has the first look taken where it is needed, and shows how things are.
    fn look_after(&mut self) {
        let gave_up =
            matches!(self.engine.trouble(), Some(Trouble::Refused(_) | Trouble::Unavailable));
        let [asked, looked_at] = &mut self.asked;
        if (gave_up || !self.engine_answers) && asked != looked_at {
            looked_at.clone_from(asked);
            if let Some(input) = asked.clone() {
                self.first_look.on(Event::Want(input));
            }
        }
        self.analysis.working = self.engine.working() || self.first_look.working();
        self.analysis.trouble = self.engine.trouble().or(self.first_look.trouble());
        self.analysis.blamed = self.engine.blamed().or_else(|| self.first_look.blamed());
        self.analysis.missing_tables = self.tables.failed();
        (self.show)(self.analysis.clone());
    }

    /// Loads a table and hands it to the engine, which is then asked once more.
    fn load(&mut self, name: String) {
        let Some(worker) = self.engine.worker() else { return };
        let (me, engine) = (self.me.clone(), self.tables.engine());
        worker.hand_table(&name.clone(), &address(&name), move |is_handed| {
            tell(&me, |inner| {
                let is_busy = inner.engine.working();
                if !inner.tables.on_loaded(&name, engine, is_handed, is_busy) {
                    return;
                }
                let [asked, _] = &inner.asked;
                match asked.clone().filter(|_| is_handed) {
                    Some(input) => inner.on(Seat::Engine, Event::Want(input)),
                    None => inner.look_after(),
                }
            });
        });
    }
}
