//! Keeps the build context and the listing across reloads. They may be megabytes, so they are kept
//! apart from the rest and only when they change.

use std::rc::Rc;

use yew::platform::spawn_local;
use yew::{AttrValue, Callback, hook, use_effect_with};

use crate::bindings::folders::pause;
use crate::bindings::storage::{keep_large, new_key, read_large};
use crate::state::{Action, Brought, State};
use crate::worker::read_brought;

/// Keeps the context of `state`, and fetches the one that was kept before the page was opened.
#[hook]
pub fn use_kept_context(
    state: &Rc<State>,
    dispatch: &Callback<Action>,
    on_message: &Callback<String>,
) {
    let awaited = state.kept_context.clone().filter(|_| state.awaits_context());
    let facts = (state.input.context.clone(), Rc::clone(&state.listing), awaited);
    use_effect_with(facts, {
        let (state, dispatch, on_message) =
            (Rc::clone(state), dispatch.clone(), on_message.clone());
        move |(_, _, awaited)| {
            if state.has_context() {
                let key = state.kept_context.clone().unwrap_or_else(|| {
                    let key = AttrValue::from(new_key());
                    dispatch.emit(Action::KeepContext(key.clone()));
                    key
                });
                spawn_local(async move { write(&key, &state).await });
            } else if let Some(key) = awaited.clone() {
                spawn_local(async move {
                    match read(&key).await {
                        Some(brought) => dispatch.emit(Action::RestoreContext(brought)),
                        None => on_message.emit(GONE.to_owned()),
                    }
                });
            }
        }
    });
}

const GONE: &str = "The browser has not kept the files you had brought. Bring them again to see \
                    your own numbers.";

async fn write(key: &str, state: &State) {
    // The analysis comes first.
    pause().await;
    let kept: Brought = (state.input.context.clone(), Rc::clone(&state.listing));
    if let Ok(bytes) = postcard::to_allocvec(&kept) {
        // Where the browser refuses, the page works as before; `js/large.js` has it said.
        let _ = keep_large(key, &bytes).await;
    }
}

async fn read(key: &str) -> Option<Brought> {
    read_brought(&read_large(key).await?)
}
