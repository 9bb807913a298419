//! The link to the page as it is: copied, or shown to be copied by hand.

use yew::{
    AttrValue, Callback, Html, Properties, function_component, html, use_effect_with, use_node_ref,
};

use crate::bindings::elements::select_text;
use crate::bindings::files::save;
use crate::session::LONG_LINK;

/// A link that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MadeLink {
    /// The whole address.
    pub(super) address: AttrValue,
    /// Whether it is on the clipboard; false when the browser refused.
    pub(super) copied: bool,
    /// Whether it sums up the files of the context.
    pub(super) summed: bool,
    /// Makes two links with one address differ, so that the second is told too.
    pub(super) number: u32,
}

/// The link and what to say of it.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct ShareBoxProps {
    /// The link.
    pub(super) link: MadeLink,
    /// The Dockerfile it carries, to the byte.
    pub(super) dockerfile: AttrValue,
    /// Called to take the box away.
    pub(super) on_close: Callback<()>,
}

/// Says that the link was copied, or shows it selected; saves it and the Dockerfile as files.
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
    let save_link = {
        let address = props.link.address.clone();
        move |_| save("layerwise-link.txt", &format!("{address}\n"))
    };
    let save_dockerfile = {
        let dockerfile = props.dockerfile.clone();
        move |_| save("Dockerfile", &dockerfile)
    };
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
            <div class="share__actions">
                <button type="button" class="button" onclick={save_link}>
                    { "Download link as file" }
                </button>
                <button type="button" class="button" onclick={save_dockerfile}>
                    { "Download Dockerfile" }
                </button>
                <button type="button" class="button" onclick={close}>{ "Close" }</button>
            </div>
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
    let carries = match link.summed {
        false => "It carries your text after the # sign, which is not sent to any server.",
        true => {
            "After the # sign, which is not sent to any server, it carries your text, and your \
                 files summed up by folder with every number unchanged."
        }
    };
    if characters > LONG_LINK {
        format!(
            "{done} {carries} Some chat tools cut links of more than {LONG_LINK} characters: send \
             it as a file, which opens when it is dropped on this page."
        )
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
            told(&MadeLink { address: "x".repeat(length).into(), copied, summed: false, number: 0 })
        };
        assert!(!link(LONG_LINK, true).contains("chat tools"));
        assert!(link(LONG_LINK + 1, true).contains("send it as a file"));
        assert!(link(10, true).starts_with("Link copied: 10 characters"));
        assert!(link(10, false).contains("Copy the selected link"));
    }
}
