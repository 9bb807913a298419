//! Keeps the work across reloads, and the address bar honest.
//!
//! Each tab keeps its own work, so that two tabs never overwrite each other; the browser keeps the
//! last work of any tab for a tab that is new. Both are written as share links.

mod context;

use std::cell::RefCell;
use std::rc::Rc;

use layerwise_analyzer::report::Input;
use yew::{hook, use_effect_with, use_mut_ref};

use crate::bindings::location;
use crate::bindings::page::on_leave;
use crate::bindings::storage::{self, Shelf};
use crate::bindings::timers::Timer;
pub use context::use_kept_context;

use crate::session::{self, Opening, from_stored, has_work, to_stored};
use crate::state::State;

const WORK: &str = "layerwise.work";
const PREVIOUS: &str = "layerwise.previous";
/// Milliseconds without a change before the work is stored.
const PAUSE: u32 = 400;

/// Opens the page from its address and what is stored.
#[must_use]
pub fn open() -> Opening {
    let own = storage::read(Shelf::Tab, WORK);
    let last = storage::read(Shelf::Browser, WORK);
    let mut opening = session::open(&location::fragment(), own.as_deref(), last.as_deref());
    match &opening.previous {
        Some(previous) => keep_previous(Some(previous)),
        None => {
            let stored = storage::read(Shelf::Tab, PREVIOUS);
            let stored = stored.as_deref().and_then(from_stored);
            opening.previous = stored.map(|stored| stored.state);
        }
    }
    opening
}

/// Stores the work that was on the page before something else was opened, so that the offer to go
/// back survives a reload; `None` when the offer was taken or dismissed.
pub fn keep_previous(previous: Option<&State>) {
    match previous {
        Some(state) => {
            storage::write(Shelf::Tab, PREVIOUS, &to_stored(state, None));
        }
        None => storage::remove(Shelf::Tab, PREVIOUS),
    }
}

/// Stores what the page remembers, and knows what the address bar says.
pub struct Keeper {
    newest: Rc<State>,
    stored: Rc<State>,
    /// What the fragment in the address bar stands for.
    addressed: Option<Input>,
    /// That fragment, where this tab wrote it.
    address: Option<String>,
    timer: Option<Timer>,
}

impl Keeper {
    /// Puts a fragment that stands for `state` in the address bar.
    pub fn address(&mut self, fragment: &str, state: &Rc<State>) {
        location::replace_fragment(fragment);
        self.addressed = Some(state.input.clone());
        self.address = Some(fragment.to_owned());
        self.newest = Rc::clone(state);
        self.timer = None;
        self.write();
    }

    /// The person put a fragment in the address bar that stands for `input`.
    pub fn addressed_by_hand(&mut self, fragment: String, input: Input) {
        self.addressed = Some(input);
        self.address = Some(fragment);
    }

    fn store(&mut self) {
        self.timer = None;
        if Rc::ptr_eq(&self.newest, &self.stored) {
            return;
        }
        self.write();
    }

    fn write(&mut self) {
        self.stored = Rc::clone(&self.newest);
        // A link that no longer says what the page shows would mislead whoever copies it.
        if self.addressed.take_if(|input| *input != self.newest.input).is_some() {
            location::replace_fragment("");
            self.address = None;
        }
        let text = to_stored(&self.newest, self.address.as_deref());
        storage::write(Shelf::Tab, WORK, &text);
        // An example that nobody changed must not push out someone's last work.
        if has_work(&self.newest) {
            storage::write(Shelf::Browser, WORK, &text);
        }
    }
}

/// Keeps `state` shortly after each change and when the page is left.
#[hook]
pub fn use_keeper(state: &Rc<State>, opening: &Opening) -> Rc<RefCell<Keeper>> {
    let keeper = use_mut_ref(|| Keeper {
        newest: Rc::clone(state),
        stored: Rc::clone(state),
        addressed: Some(state.input.clone()),
        address: opening.address.clone(),
        timer: None,
    });
    use_effect_with(Rc::clone(state), {
        let keeper = Rc::clone(&keeper);
        move |state| {
            let later = Rc::clone(&keeper);
            let mut now = keeper.borrow_mut();
            now.newest = Rc::clone(state);
            if !Rc::ptr_eq(&now.newest, &now.stored) {
                now.timer = Some(Timer::new(PAUSE, move || later.borrow_mut().store()));
            }
        }
    });
    use_effect_with((), {
        let keeper = Rc::clone(&keeper);
        move |()| {
            let listeners = on_leave(move || keeper.borrow_mut().store());
            move || drop(listeners)
        }
    });
    keeper
}
