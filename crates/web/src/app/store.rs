//! The page's state and the way to change it.

use std::rc::Rc;

use layerwise_analyzer::text::Span;
use yew::{Callback, Reducible, hook, use_callback, use_reducer_eq};

use crate::session::Opening;
use crate::state::{Action, EditorTab, State};

/// What the page remembers, and the last wish to show a place, which it does not keep.
#[derive(Clone, Debug, PartialEq)]
struct Remembered {
    state: Rc<State>,
    reveal: Option<Wish>,
}

/// A wish to show a place of one of the texts; the number makes two wishes for one place differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) number: u32,
    pub(super) tab: EditorTab,
    pub(super) span: Span,
}

impl Reducible for Remembered {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let place = match action {
            Action::Reveal(span) => Some((EditorTab::Dockerfile, span)),
            Action::RevealIgnored(span) => Some((EditorTab::Dockerignore, span)),
            _ => None,
        };
        let number = self.reveal.map_or(0, |wish| wish.number).wrapping_add(1);
        let reveal = place.map(|(tab, span)| Wish { number, tab, span }).or(self.reveal);
        let state = Rc::new(State::clone(&self.state).apply(action));
        Rc::new(Self { state, reveal })
    }
}

/// The state and what goes with it.
#[derive(Clone, PartialEq)]
pub(super) struct Store {
    /// What the page remembers.
    pub(super) state: Rc<State>,
    /// The last wish to show a place.
    pub(super) reveal: Option<Wish>,
    /// Changes the state.
    pub(super) dispatch: Callback<Action>,
}

/// Keeps the state, which starts as the page opens.
#[hook]
pub(super) fn use_store(opening: &Rc<Opening>) -> Store {
    let remembered = use_reducer_eq({
        let opening = Rc::clone(opening);
        move || Remembered { state: Rc::new(opening.state.clone()), reveal: None }
    });
    let dispatcher = remembered.dispatcher();
    let dispatch = use_callback((), move |action, ()| dispatcher.dispatch(action));
    Store { state: Rc::clone(&remembered.state), reveal: remembered.reveal, dispatch }
}
