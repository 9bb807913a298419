//! Changes of the ignore file by one click, each with a way back where it was made.

use std::cell::RefCell;
use std::rc::Rc;

use yew::{Callback, Html, MouseEvent, html};

use crate::bindings::elements::focus_soon;
use crate::panels::{PanelProps, on_click};
use crate::state::{Action, EditorTab, State};

/// Id of the button that takes the last change back.
const UNDO: &str = "files-undo";

/// Where a change is offered, and taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The lines to begin with.
    Starter,
    /// The pattern of this number.
    Pattern(usize),
}

/// The last change, as long as it stands, or was taken back and nothing else has happened.
#[derive(Clone, Default)]
pub(super) struct Mending(Rc<RefCell<Option<Mend>>>);

struct Mend {
    place: Place,
    before: Rc<State>,
    after: Option<String>,
}

impl Mending {
    /// Forgets a change that the page has gone on from: the way back would lose what was typed,
    /// and the way there would write what was meant for something else.
    pub(super) fn look_at(&self, now: &State) {
        let is_gone = |mend: &mut Mend| {
            now.input.dockerignore != mend.after && now.input != mend.before.input
        };
        self.0.borrow_mut().take_if(is_gone);
    }

    /// Writes `after` when clicked, shows it, and moves the focus to the way back.
    pub(super) fn write(
        &self,
        props: &PanelProps,
        place: Place,
        after: String,
    ) -> Callback<MouseEvent> {
        let (last, state) = (Rc::clone(&self.0), Rc::clone(&props.state));
        let dispatch = props.dispatch.clone();
        Callback::from(move |_| {
            let (before, after) = (Rc::clone(&state), Some(after.clone()));
            last.replace(Some(Mend { place, before, after: after.clone() }));
            dispatch.emit(Action::EditDockerignore(after));
            dispatch.emit(Action::OpenTab(EditorTab::Dockerignore));
            focus_soon(UNDO.to_owned());
        })
    }

    /// Whether the last change was made here.
    pub(super) fn is_at(&self, place: Place) -> bool {
        self.0.borrow().as_ref().is_some_and(|mend| mend.place == place)
    }

    /// What was done here and the way back, or what was taken back and the way there; nothing
    /// where the last change was made elsewhere.
    pub(super) fn line(&self, props: &PanelProps, place: Place) -> Html {
        let last = self.0.borrow();
        let Some(mend) = last.as_ref().filter(|mend| mend.place == place) else {
            return Html::default();
        };
        let name = props.state.ignore_name();
        let (text, button, other) = if props.state.input.dockerignore == mend.after {
            (format!("Written into {name}."), "Undo", &mend.before.input.dockerignore)
        } else {
            (format!("{name} is as it was."), "Write it again", &mend.after)
        };
        let onclick = on_click(&props.dispatch, Action::EditDockerignore(other.clone()));
        html! {
            <p class="files-mended">
                <span id="files-mended" role="status">{ text }</span>
                <button
                    type="button"
                    id={UNDO}
                    class="button"
                    aria-describedby="files-mended"
                    {onclick}
                >
                    { button }
                </button>
            </p>
        }
    }
}
