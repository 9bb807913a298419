//! The page itself: whether there is one, its colours, its end.

use gloo::events::EventListener;
use yew::{BaseComponent, Renderer};

/// Whether this is a page; false in a worker.
#[must_use]
pub fn has_window() -> bool {
    web_sys::window().is_some()
}

/// Sets an attribute of the root element, or removes it.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// Calls `then` whenever the page may be about to end: it is hidden, left or closed.
#[must_use]
pub fn on_leave(then: impl Fn() + Clone + 'static) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let Some(document) = window.document() else {
        return Vec::new();
    };
    let hidden = then.clone();
    vec![
        EventListener::new(&window, "pagehide", move |_| then()),
        EventListener::new(&document, "visibilitychange", move |_| hidden()),
    ]
}

/// Shows the message that index.html keeps for the case that the page itself fails, and says why
/// on the browser's console.
pub fn show_crashes() {
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
        let message = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.get_element_by_id("crash"));
        if let Some(message) = message {
            let _ = message.remove_attribute("hidden");
        }
    }));
}

/// Draws a component in the place that index.html has for it.
pub fn mount<Page>(properties: Page::Properties)
where
    Page: BaseComponent,
{
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    if let Some(root) = root {
        Renderer::<Page>::with_root_and_props(root, properties).render();
    }
}
