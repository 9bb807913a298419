//! The address bar. Only the part after `#` is ever written: it does not leave the browser.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;

/// The part after `#`, without it; empty when there is none.
#[must_use]
pub fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    hash.unwrap_or_default().trim_start_matches('#').to_owned()
}

/// The page's address with `fragment`.
#[must_use]
pub fn link(fragment: &str) -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok());
    let address = address.unwrap_or_default();
    let page = address.split('#').next().unwrap_or_default();
    if fragment.is_empty() { page.to_owned() } else { format!("{page}#{fragment}") }
}

/// Replaces the part after `#` without a step in the history; an empty one is left out.
pub fn replace_fragment(fragment: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&link(fragment)));
    }
}

/// Calls `then` with the part after `#` whenever the person changes it, for as long as the
/// returned value lives.
#[must_use]
pub fn on_fragment(then: impl Fn(String) + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| then(fragment())))
}
