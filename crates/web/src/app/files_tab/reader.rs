//! Reads what is typed or pasted into the field for a listing: a little after the last keystroke,
//! and what is large in a worker, without the field ever holding it.

use std::cell::RefCell;
use std::rc::Rc;

use layerwise_analyzer::context::KnownContext;
use yew::{
    Callback, Event, InputEvent, NodeRef, UseForceUpdateHandle, hook, use_effect_with,
    use_force_update, use_mut_ref, use_node_ref,
};

use crate::analysis::read_listing_apart;
use crate::bindings::elements::{focus, pasted_over_all, set_text, text_of};
use crate::bindings::timers::Timer;
use crate::line_ends::plain;
use crate::state::{Action, Listing};

/// Milliseconds without a change before the text is read.
const PAUSE: u32 = 200;

/// What is still to be read.
#[derive(Default)]
enum Pending {
    #[default]
    Nothing,
    /// What stands in the field, when the pause is over.
    Typed(#[expect(dead_code, reason = "dropping it stops it")] Timer),
    /// A large text, which a worker reads.
    Large(Rc<String>),
}

/// Takes the texts of the field.
#[derive(Clone)]
pub(super) struct Reader {
    pub(super) area: NodeRef,
    pending: Rc<RefCell<Pending>>,
    dispatch: Callback<Action>,
    update: UseForceUpdateHandle,
}

/// A reader for the field that shows `listing`. What is still to be read when something else comes
/// to be the context (`other`, and whether a folder is read that will be) is kept, but does not take
/// its place: that was brought later. The same folder once more changes nothing but that it is read.
#[hook]
pub(super) fn use_reader(
    listing: &Rc<Listing>,
    other: (Option<Rc<KnownContext>>, bool),
    dispatch: &Callback<Action>,
) -> Reader {
    let reader = Reader {
        area: use_node_ref(),
        pending: use_mut_ref(Pending::default),
        dispatch: dispatch.clone(),
        update: use_force_update(),
    };
    // The field holds its text itself: what was typed since the last reading must not be undone by
    // a draw in between.
    use_effect_with((Rc::clone(listing), other), {
        let reader = reader.clone();
        move |(listing, (other, comes))| {
            let was_set_aside = (other.is_some() || *comes) && reader.set_aside();
            if !was_set_aside && !matches!(*reader.pending.borrow(), Pending::Typed(_)) {
                set_text(&reader.area, listing.shown());
            }
        }
    });
    reader
}

impl Reader {
    /// Whether a large text is read at the moment.
    pub(super) fn is_reading(&self) -> bool {
        matches!(*self.pending.borrow(), Pending::Large(_))
    }

    /// Something was typed.
    pub(super) fn typed(&self) -> Callback<InputEvent> {
        let reader = self.clone();
        Callback::from(move |_| {
            let later = reader.clone();
            let read = move || {
                later.pending.take();
                text_of(&later.area).into_iter().for_each(|text| later.take(text));
            };
            reader.pending.replace(Pending::Typed(Timer::new(PAUSE, read)));
        })
    }

    /// Something was pasted. What is large the field never sees, and a field that shows but a part
    /// takes nothing; the rest is left to the browser, and a large text between others with it.
    pub(super) fn pasted(&self, shows_part: bool) -> Callback<Event> {
        let reader = self.clone();
        Callback::from(move |event: Event| {
            let pasted = pasted_over_all(&event);
            if let Some(text) = pasted.filter(|text| shows_part || Listing::is_large(text)) {
                event.prevent_default();
                reader.take(plain(&text).into_owned());
            }
        })
    }

    /// Reads a text.
    pub(super) fn take(&self, text: String) {
        if !Listing::is_large(&text) {
            self.pending.take();
            return self.dispatch.emit(Action::EditListing(text));
        }
        let text = Rc::new(text);
        self.pending.replace(Pending::Large(Rc::clone(&text)));
        self.update.force_update();
        let (reader, mine) = (self.clone(), Rc::as_ptr(&text));
        read_listing_apart(text, move |brought| {
            let is_wanted = match &*reader.pending.borrow() {
                Pending::Large(text) => Rc::as_ptr(text) == mine,
                _ => false,
            };
            if is_wanted {
                reader.pending.take();
                reader.dispatch.emit(Action::BringListing(brought));
                reader.update.force_update();
            }
        });
    }

    /// Empties the field.
    pub(super) fn clear(&self) {
        focus(&self.area);
        self.take(String::new());
    }

    /// Keeps what is not read yet without reading it; false where there is no such thing.
    fn set_aside(&self) -> bool {
        let text = match self.pending.take() {
            Pending::Nothing => None,
            Pending::Typed(_) => text_of(&self.area),
            Pending::Large(text) => Some(Rc::unwrap_or_clone(text)),
        };
        text.map(|text| self.dispatch.emit(Action::SetListingAside(text))).is_some()
    }
}
