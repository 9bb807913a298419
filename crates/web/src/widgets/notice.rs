//! A box that says one thing: an empty panel, a hint, something missing.

use yew::{AttrValue, Html, classes, html};

/// How loud a notice is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to do.
    #[default]
    Quiet,
    /// All is well.
    Good,
    /// Something is missing that the person can give.
    Ask,
}

/// A box with a title, and below it what follows.
pub fn notice(title: impl Into<AttrValue>, tone: Tone, children: Html) -> Html {
    let tone = match tone {
        Tone::Quiet => "notice-quiet",
        Tone::Good => "notice-good",
        Tone::Ask => "notice-ask",
    };
    html! {
        <div class={classes!("notice", tone)}>
            <p class="notice-title">{ title.into() }</p>
            { children }
        </div>
    }
}
