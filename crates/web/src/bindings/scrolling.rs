//! How far a list is scrolled.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::NodeRef;

/// What is in sight of a list whose rows are equally high, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// What is scrolled away above.
    pub top: u32,
    /// What is in sight.
    pub height: u32,
    /// Height of one row.
    pub row: u32,
}

impl Default for Sight {
    /// Before the list is on the page.
    fn default() -> Self {
        Self { top: 0, height: 480, row: 32 }
    }
}

/// Looks at a list on the page; `row` is a selector of any of its rows. `None` where it has none.
#[must_use]
pub fn look(list: &NodeRef, row: &str) -> Option<Sight> {
    let list = list.cast::<Element>()?;
    let row: HtmlElement = list.query_selector(row).ok()??.dyn_into().ok()?;
    let pixels = |number: i32| u32::try_from(number).unwrap_or(0);
    let (top, height) = (pixels(list.scroll_top()), pixels(list.client_height()));
    Some(Sight { top, height, row: pixels(row.offset_height()).max(1) })
}

/// Scrolls a list back to its top.
pub fn to_top(list: &NodeRef) {
    if let Some(list) = list.cast::<Element>() {
        list.set_scroll_top(0);
    }
}
