//! Plain buttons. One function draws them all: written out at each place they would be a tenth of a
//! panel's code.

use yew::{Callback, Html, MouseEvent, html};

/// A button with a frame that says `title`.
pub fn button(title: &str, onclick: Callback<MouseEvent>) -> Html {
    button_of("button", html! { { title } }, onclick)
}

/// A button with a frame that says `title`, and more to those who hear it without what is around it.
pub fn button_called(title: &'static str, label: String, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="button" aria-label={label} {onclick}>{ title }</button> }
}

/// A button of these classes.
pub fn button_of(class: &'static str, content: Html, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {class} {onclick}>{ content }</button> }
}
