//! The list of keys.

use yew::{Callback, Html, NodeRef, html};

use crate::bindings::elements::close_dialog;
use crate::widgets::button::button;

/// Keys and what they do. `Ctrl` is Command on a Mac.
const KEYS: &[(&[&str], &str)] = &[
    (&["Ctrl", "S"], "Copy a link to this page as it is now"),
    (&["?"], "Show this list (outside of text fields)"),
    (&["Escape", "Tab"], "Leave the editor with the keyboard, one after the other"),
    (&["Tab"], "Indent in the editor"),
    (&["Ctrl", "Space"], "Suggest instructions, flags and stage names"),
    (&["Ctrl", "Z"], "Undo, also the opening of an example"),
    (&["Ctrl", "F"], "Search in the text"),
    (&["F8"], "Go to the next finding; Ctrl . goes to its fixes"),
    (&["F2"], "Present: large type for a room; Escape leaves"),
    (&["←", "→"], "Go from tab to tab"),
    (
        &["↑", "↓"],
        "Go through the tree of files; → and ← open and close folders, letters find names",
    ),
];

/// A dialog with all keys, in the element that whoever shows it opens.
pub(super) fn help(dialog: &NodeRef) -> Html {
    let close = {
        let dialog = dialog.clone();
        Callback::from(move |_| close_dialog(&dialog))
    };
    let row = |(keys, what): &(&'static [&'static str], &'static str)| {
        html! {
            <div class="keys__row">
                <dt>{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</dt>
                <dd>{ *what }</dd>
            </div>
        }
    };
    html! {
        <dialog ref={dialog.clone()} class="dialog" aria-labelledby="keys-title">
            <h2 class="dialog__title" id="keys-title">{ "Keys" }</h2>
            <dl class="keys">{ for KEYS.iter().map(row) }</dl>
            <p class="dialog__note">
                { "Your Dockerfile never leaves this page: it is read in your browser, and a link \
                   carries it after the # sign, which browsers do not send." }
            </p>
            { button("Close", close) }
        </dialog>
    }
}
