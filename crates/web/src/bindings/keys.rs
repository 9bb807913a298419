//! Keys of the whole page.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// A key that was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name, such as `s`, `?` or `Escape`.
    pub name: String,
    /// Whether Ctrl, or Command on a Mac, was held.
    pub command: bool,
    /// Whether it was pressed in a place that takes text.
    pub in_text: bool,
}

/// Calls `then` for every key until the returned value is dropped; when `then` answers true, the
/// browser does nothing else with it.
#[must_use]
pub fn on_key(then: impl Fn(&Key) -> bool + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&window, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let key = Key {
            name: event.key(),
            command: (event.ctrl_key() || event.meta_key()) && !event.alt_key(),
            in_text: is_in_text(event),
        };
        if then(&key) {
            event.prevent_default();
        }
    }))
}

/// Looks at the innermost element, which may be inside the editor's shadow root.
fn is_in_text(event: &KeyboardEvent) -> bool {
    let target = event.composed_path().get(0);
    target.dyn_ref::<HtmlElement>().is_some_and(|element| {
        element.is_content_editable()
            || matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
    })
}
