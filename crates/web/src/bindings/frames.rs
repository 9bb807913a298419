//! A box that scrolls what is larger than itself.

use gloo::events::EventListener;
use web_sys::Element;
use yew::NodeRef;

/// What is in sight of the content of a box, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What is scrolled away on the left.
    pub left: i32,
    /// What is scrolled away above.
    pub top: i32,
    /// Width in sight.
    pub width: i32,
    /// Height in sight.
    pub height: i32,
}

/// What is in sight; `None` before the box is on the page.
#[must_use]
pub fn seen(frame: &NodeRef) -> Option<Seen> {
    let frame = frame.cast::<Element>()?;
    Some(Seen {
        left: frame.scroll_left(),
        top: frame.scroll_top(),
        width: frame.client_width(),
        height: frame.client_height(),
    })
}

/// Scrolls until `middle` is in the middle and `bottom` at the bottom, or as near as it gets.
/// Returns how far that is, sideways and down.
pub fn scroll_to(frame: &NodeRef, middle: i32, bottom: i32) -> Option<(i32, i32)> {
    let frame = frame.cast::<Element>()?;
    frame.set_scroll_left(middle - frame.client_width() / 2);
    frame.set_scroll_top(bottom - frame.client_height());
    Some((frame.scroll_left(), frame.scroll_top()))
}

/// Calls `then` whenever the window's size changes, for as long as the returned value lives.
#[must_use]
pub fn on_resize(then: impl Fn() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "resize", move |_| then()))
}
