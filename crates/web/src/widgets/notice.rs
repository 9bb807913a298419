//! A box that says one thing: an empty panel, a hint, something missing.

use yew::{AttrValue, Html, Properties, classes, function_component, html};

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

/// What a notice says.
#[derive(Clone, Debug, Properties, PartialEq)]
pub struct NoticeProps {
    /// Its first line.
    pub title: AttrValue,
    /// How loud.
    #[prop_or_default]
    pub tone: Tone,
    /// What follows.
    #[prop_or_default]
    pub children: Html,
}

/// A box with a title and what follows from it.
#[function_component(Notice)]
pub fn notice(props: &NoticeProps) -> Html {
    let tone = match props.tone {
        Tone::Quiet => "notice-quiet",
        Tone::Good => "notice-good",
        Tone::Ask => "notice-ask",
    };
    html! {
        <div class={classes!("notice", tone)}>
            <p class="notice-title">{ &props.title }</p>
            { props.children.clone() }
        </div>
    }
}
