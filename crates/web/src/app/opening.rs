//! Everything that can be done to the page as a whole: open, go back, share.

use std::cell::RefCell;
use std::rc::Rc;

use layerwise_analyzer::report::Input;
use yew::platform::spawn_local;
use yew::{AttrValue, Callback, hook, use_callback, use_effect_with, use_mut_ref, use_state_eq};

use crate::app::sharing::{Sharing, use_sharing};
use crate::app::store::{Wish, use_store};
use crate::bindings::location;
use crate::examples;
use crate::keeping::{keep_previous, use_keeper, use_kept_context};
use crate::panels::LEARN;
use crate::session::{Opening, example_in_place_of, follow, has_work, in_place_of};
use crate::state::{Action, LESSON, State, WRITING};

/// The page's state and what can be done to it.
pub(super) struct Desk {
    pub(super) state: Rc<State>,
    /// The last wish to show a place of a text.
    pub(super) reveal: Option<Wish>,
    pub(super) dispatch: Callback<Action>,
    /// A message until it is dismissed.
    pub(super) said: Option<AttrValue>,
    /// Says something; an empty text takes back what was said last.
    pub(super) say: Callback<String>,
    /// Shows a page that was saved as a file.
    pub(super) open_page: Callback<Opening>,
    /// Shows another input; what is on the page is kept as the last work.
    pub(super) show_input: Callback<Input>,
    /// What listeners that are set up only once see of the newest state.
    pub(super) newest: Rc<RefCell<Rc<State>>>,
    pub(super) hush: Callback<()>,
    /// Whether there is a last work to go back to.
    pub(super) has_previous: bool,
    pub(super) go_back: Callback<()>,
    pub(super) drop_previous: Callback<()>,
    /// Opens the example with this id.
    pub(super) open_example: Callback<AttrValue>,
    pub(super) sharing: Sharing,
}

/// Keeps the state, opens links and examples in it, and shares it.
#[hook]
pub(super) fn use_desk(opening: &Rc<Opening>) -> Desk {
    let store = use_store(opening);
    let keeper = use_keeper(&store.state, opening);
    let said = use_state_eq(|| opening.message.clone().map(AttrValue::from));
    let say = {
        let said = said.setter();
        Callback::from(move |text: String| said.set((!text.is_empty()).then(|| text.into())))
    };
    let previous = use_state_eq(|| opening.previous.clone().map(Rc::new));
    use_kept_context(&store.state, &store.dispatch, &say);
    // What listeners that are set up only once must see of the newest render.
    let newest = use_mut_ref(|| Rc::clone(&store.state));
    newest.replace(Rc::clone(&store.state));
    let sharing = use_sharing(&store.state, &newest, &keeper, &say);

    let show = Callback::from({
        let (dispatch, previous, newest) =
            (store.dispatch.clone(), previous.setter(), Rc::clone(&newest));
        move |state: State| {
            let current = Rc::clone(&newest.borrow());
            let state = in_place_of(&current, state);
            if has_work(&current) && current.input != state.input {
                keep_previous(Some(&current));
                previous.set(Some(current));
            }
            dispatch.emit(Action::Load(Box::new(state)));
        }
    });
    let dispatch = use_callback(store.dispatch.clone(), {
        let (previous, newest) = (previous.setter(), Rc::clone(&newest));
        move |action: Action, dispatch| {
            let current = Rc::clone(&newest.borrow());
            // Who tries the lesson that is written has a text of one's own there the first time.
            let is_in_lesson = !matches!(current.setting(LESSON), "" | WRITING);
            if matches!(action, Action::Begin { .. }) && has_work(&current) && !is_in_lesson {
                keep_previous(Some(&current));
                previous.set(Some(current));
            }
            dispatch.emit(action);
        }
    });
    let bring = {
        let (show, said) = (show.clone(), said.setter());
        let (keeper, newest) = (Rc::clone(&keeper), Rc::clone(&newest));
        Callback::from(move |wanted: State| {
            let (show, said) = (show.clone(), said.clone());
            let (keeper, newest) = (Rc::clone(&keeper), Rc::clone(&newest));
            spawn_local(async move {
                let id = wanted.awaited_example().unwrap_or_default();
                let mut state = match examples::load(id).await {
                    Ok(state) => state,
                    Err(message) => return said.set(Some(message.into())),
                };
                let current = newest.borrow().panel.clone();
                state.panel = match wanted.panel.is_empty() {
                    // Who looks at one thing of each example goes on looking at it.
                    true if current != LEARN => current,
                    _ => wanted.panel.clone(),
                };
                let fragment = example_in_place_of(&location::fragment(), id);
                location::replace_fragment(&fragment);
                said.set(None);
                keeper.borrow_mut().addressed_by_hand(fragment, state.input.clone());
                show.emit(state);
            });
        })
    };
    use_effect_with((), {
        let (show, bring, said) = (show.clone(), bring.clone(), said.setter());
        let (keeper, state) = (Rc::clone(&keeper), State::clone(&store.state));
        move |()| {
            if state.awaited_example().is_some() {
                bring.emit(state);
            }
            let listener = location::on_fragment(move |fragment| match follow(&fragment) {
                Ok(None) => {}
                Ok(Some(opening)) if opening.state.awaited_example().is_some() => {
                    bring.emit(opening.state);
                }
                Ok(Some(opening)) => {
                    let input = opening.state.input.clone();
                    keeper.borrow_mut().addressed_by_hand(fragment, input);
                    said.set(opening.message.map(AttrValue::from));
                    show.emit(opening.state);
                }
                Err(message) => said.set(Some(message.into())),
            });
            move || drop(listener)
        }
    });

    let open_page = {
        let (show, said) = (show.clone(), said.setter());
        Callback::from(move |opening: Opening| {
            said.set(opening.message.map(AttrValue::from));
            show.emit(opening.state);
        })
    };
    let show_input = {
        let (show, newest) = (show.clone(), Rc::clone(&newest));
        Callback::from(move |input| {
            let current = State::clone(&newest.borrow());
            show.emit(State { input, ..current });
        })
    };
    let open_example = bring.reform(|id: AttrValue| examples::wanted(id.to_string()));
    let drop_previous = {
        let previous = previous.setter();
        Callback::from(move |()| {
            keep_previous(None);
            previous.set(None);
        })
    };
    let go_back = {
        let (dispatch, drop_previous, previous, said) =
            (store.dispatch.clone(), drop_previous.clone(), (*previous).clone(), said.setter());
        let newest = Rc::clone(&newest);
        Callback::from(move |()| {
            if let Some(state) = &previous {
                let state = in_place_of(&newest.borrow(), State::clone(state));
                dispatch.emit(Action::Load(Box::new(state)));
            }
            said.set(None);
            drop_previous.emit(());
        })
    };
    Desk {
        state: store.state,
        reveal: store.reveal,
        dispatch,
        said: (*said).clone(),
        open_page,
        show_input,
        newest,
        say,
        hush: {
            let said = said.setter();
            Callback::from(move |()| said.set(None))
        },
        has_previous: previous.is_some(),
        go_back,
        drop_previous,
        open_example,
        sharing,
    }
}
