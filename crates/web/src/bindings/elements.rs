//! Elements of the page: what a person typed or chose, and where the focus is.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{
    ClipboardEvent, Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement,
    HtmlSelectElement, HtmlTextAreaElement, Node,
};
use yew::platform::spawn_local;
use yew::{FocusEvent, NodeRef};

#[wasm_bindgen(module = "/js/bridge.js")]
extern "C" {
    /// Puts a text into the field with this id as if it were typed; without a text, presses what has
    /// the id, or selects the line that stands behind it.
    pub fn fill(id: &str, text: &str);
}

/// The text of the field an event comes from; empty when it comes from none.
#[must_use]
pub fn value_of(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        input.value()
    } else if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        select.value()
    } else if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        area.value()
    } else {
        String::new()
    }
}

/// Whether the checkbox an event comes from is ticked.
#[must_use]
pub fn is_checked(event: &Event) -> bool {
    let target = event.target();
    target
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        .is_some_and(|input| input.checked())
}

/// Moves the focus to an element.
pub fn focus(element: &NodeRef) {
    if let Some(element) = element.cast::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Moves the focus to the element with this id.
pub fn focus_id(id: &str) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id))
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Moves the focus to the element with this id once the page is drawn with what was just changed.
pub fn focus_soon(id: String) {
    // The page draws in a task that waits since the change; this one comes behind it.
    spawn_local(async move { focus_id(&id) });
}

/// Moves the focus to a field and selects its text.
pub fn select_text(field: &NodeRef) {
    if let Some(field) = field.cast::<HtmlInputElement>() {
        let _ = field.focus();
        field.select();
    }
}

/// Opens a dialog over the page; the browser keeps the focus in it and closes it on Escape.
pub fn open_dialog(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>()
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog.
pub fn close_dialog(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
        dialog.close();
    }
}

/// Whether the focus leaves `element` and everything in it.
#[must_use]
pub fn focus_leaves(event: &FocusEvent, element: &NodeRef) -> bool {
    let next = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
    element.get().is_some_and(|element| !element.contains(next.as_ref()))
}

/// The text of a text area.
#[must_use]
pub fn text_of(area: &NodeRef) -> Option<String> {
    Some(area.cast::<HtmlTextAreaElement>()?.value())
}

/// Replaces the text of a text area where it is another one.
pub fn set_text(area: &NodeRef, text: &str) {
    if let Some(area) = area.cast::<HtmlTextAreaElement>()
        && area.value() != text
    {
        area.set_value(text);
    }
}

/// Selection of a text area that has the focus, in UTF-16 code units; `None` without focus.
#[must_use]
pub fn selection_of(area: &NodeRef) -> Option<(u32, u32)> {
    let area = area.cast::<HtmlTextAreaElement>()?;
    let active = web_sys::window()?.document()?.active_element()?;
    if !area.is_same_node(Some(&active)) {
        return None;
    }
    Some((area.selection_start().ok()??, area.selection_end().ok()??))
}

/// The text of a paste that replaces all of a text area's text, or comes to one that is not to be
/// written in; `None` for any other event.
#[must_use]
pub fn pasted_over_all(event: &Event) -> Option<String> {
    let area = event.target()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    let selected = (area.selection_start().ok()??, area.selection_end().ok()??);
    if selected != (0, area.text_length()) && !area.read_only() {
        return None;
    }
    event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?.get_data("text/plain").ok()
}

/// Selects a range of a text area, in UTF-16 code units, and moves the focus there.
pub fn select_range(area: &NodeRef, from: u32, to: u32) {
    if let Some(area) = area.cast::<HtmlTextAreaElement>() {
        let _ = area.focus();
        let _ = area.set_selection_range(from, to);
    }
}

/// Whether an event comes from an element of this role itself, not from something in it.
#[must_use]
pub fn comes_from(event: &Event, role: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.and_then(|element| element.get_attribute("role")).as_deref() == Some(role)
}

/// Has the browser say at a field what is wrong with it; an empty message takes that back.
pub fn complain(event: &Event, message: &str) {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = field {
        field.set_custom_validity(message);
        field.report_validity();
    }
}
