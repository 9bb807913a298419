//! Elements of the page: what a person typed.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

/// The text of the field an event comes from; empty when it comes from none.
#[must_use]
pub fn value_of(event: &Event) -> String {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    field.map_or_else(String::new, |field| field.value())
}
