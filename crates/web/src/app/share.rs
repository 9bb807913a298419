//! The link to the page as it is: copied, or shown to be copied by hand.

use yew::{
    AttrValue, Callback, Html, Properties, function_component, html, use_effect_with, use_node_ref,
};

use crate::bindings::elements::select_text;
use crate::session::LONG_LINK;

/// A link that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MadeLink {
    /// The whole address.
    pub(super) address: AttrValue,
    /// Whether it is on the clipboard; false when the browser refused.
    pub(super) copied: bool,
    /// Makes two links with one address differ, so that the second is told too.
    pub(super) number: u32,
}

/// The link and what to say of it.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct ShareBoxProps {
    /// The link.
    pub(super) link: MadeLink,
    /// Called to take the box away.
    pub(super) on_close: Callback<()>,
}

/// Says that the link was copied, or shows it selected.
#[function_component(ShareBox)]
pub(super) fn share_box(props: &ShareBoxProps) -> Html {
    let field = use_node_ref();
    use_effect_with(props.link.clone(), {
        let field = field.clone();
        move |link| {
            if !link.copied {
                select_text(&field);
            }
        }
    });
    let close = props.on_close.reform(|_| ());
    html! {
        <section class="share" aria-label="Link to this page">
            <p class="share__text" role="status">{ told(&props.link) }</p>
            <input
                ref={field}
                class="share__link"
                type="text"
                readonly=true
                aria-label="Link"
                value={props.link.address.clone()}
            />
            <button type="button" class="button" onclick={close}>{ "Close" }</button>
        </section>
    }
}

/// What is said of a link.
fn told(link: &MadeLink) -> String {
    let characters = link.address.chars().count();
    let done = if link.copied {
        format!("Link copied: {characters} characters.")
    } else {
        format!(
            "The browser did not allow copying. Copy the selected link: {characters} characters."
        )
    };
    let carries = "It carries your text after the # sign, which is not sent to any server.";
    if characters > LONG_LINK {
        format!("{done} {carries} Some chat tools cut links of more than {LONG_LINK} characters.")
    } else {
        format!("{done} {carries}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_link_says_so_and_a_refused_copy_asks_for_help() {
        let link = |length: usize, copied| {
            told(&MadeLink { address: "x".repeat(length).into(), copied, number: 0 })
        };
        assert!(!link(LONG_LINK, true).contains("chat tools"));
        assert!(link(LONG_LINK + 1, true).contains("chat tools"));
        assert!(link(10, true).starts_with("Link copied: 10 characters"));
        assert!(link(10, false).contains("Copy the selected link"));
    }
}
