//! The link to the page as it is: copied, or shown to be copied by hand.

use layerwise_analyzer::context::KnownContext;
use yew::{
    AttrValue, Callback, Html, Properties, function_component, html, use_effect_with, use_node_ref,
};

use crate::bindings::elements::select_text;
use crate::bindings::files::save;
use crate::bindings::worker::{LookedThrough, choose_secrets};
use crate::format;
use crate::session::{LONG_LINK, amount};
use crate::widgets::button::button;

/// What a link carries of the build context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carried {
    /// There is no context.
    Nothing,
    /// So many files, each by name and size.
    Each(u64),
    /// So many files, summed up by folder.
    Summed(u64),
    /// Nothing of the context that is there: what sums it up did not load or did not answer.
    Lost,
}

impl Carried {
    /// What a link with `carried` carries of a page with `whole`.
    pub(super) fn of(whole: Option<&KnownContext>, carried: Option<&KnownContext>) -> Self {
        match carried.map(amount) {
            Some((files, true)) => Self::Summed(files),
            Some((files, false)) => Self::Each(files),
            None if whole.is_some() => Self::Lost,
            None => Self::Nothing,
        }
    }
}

/// A link that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MadeLink {
    /// The whole address, and what of secrets is said of it.
    pub(super) secrets: LookedThrough,
    /// Whether it is on the clipboard; false when the browser refused, and where nobody looked through
    /// it for secrets.
    pub(super) copied: bool,
    /// What of the files of the context is in it.
    pub(super) files: Carried,
    /// Makes two links with one address differ, so that the second is told too.
    pub(super) number: u32,
}

/// The link and what to say of it.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct ShareBoxProps {
    /// The link.
    pub(super) link: MadeLink,
    /// Whether the numbers of its files are approximate, as they are on the page.
    pub(super) approximate: bool,
    /// The Dockerfile it carries, to the byte.
    pub(super) dockerfile: AttrValue,
    /// Called to make the link anew.
    pub(super) on_retry: Callback<()>,
    /// Called to show what else can be saved.
    pub(super) on_export: Callback<()>,
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
        let address = props.link.secrets.link.clone();
        Callback::from(move |_| save("layerwise-link.txt", &format!("{address}\n")))
    };
    let save_dockerfile = {
        let dockerfile = props.dockerfile.clone();
        Callback::from(move |_| save("Dockerfile", &dockerfile))
    };
    html! {
        <section class="share" aria-label="Link to this page">
            <p class="share__text" role="status">{ told(&props.link, props.approximate) }</p>
            <input
                ref={field}
                class="share__link"
                type="text"
                readonly=true
                aria-label="Link"
                value={props.link.secrets.link.clone()}
            />
            <div class="share__actions">
                if props.link.files == Carried::Lost {
                    { button("Try again with the files", props.on_retry.reform(|_| ())) }
                }
                if let Some(choice) = props.link.secrets.choice.as_ref().filter(|it| !it.is_empty()) {
                    { button(choice, props.on_retry.reform(|_| choose_secrets())) }
                }
                { button("Download link as file", save_link) }
                { button("Download Dockerfile", save_dockerfile) }
                { button("QR code, reports, embedding", props.on_export.reform(|_| ())) }
                { button("Close", close) }
            </div>
        </section>
    }
}

/// What is said of a link.
fn told(link: &MadeLink, approximate: bool) -> String {
    let characters = link.secrets.link.chars().count();
    let done = match link.copied {
        true => "Link copied",
        false => "The link was not copied. Copy it, as it is selected",
    };
    let carries = carries(link.files, approximate);
    let told = format!(
        "{done}: {characters} characters. After the # sign, which is not sent to any server, it \
         carries {carries}{}",
        link.secrets.told,
    );
    if characters > LONG_LINK {
        format!(
            "{told} Some chat tools cut links of more than {LONG_LINK} characters: send it as a \
             file, which opens when it is dropped on this page."
        )
    } else {
        told
    }
}

/// What is in the link, as the end of a sentence.
fn carries(files: Carried, approximate: bool) -> String {
    let (files, how) = match files {
        Carried::Nothing => return "your text.".to_owned(),
        Carried::Lost => {
            return "your text alone. Your files could not be put into the link: a part of the \
                    page did not load or did not answer."
                .to_owned();
        }
        Carried::Each(files) => (files, ""),
        Carried::Summed(files) if approximate => {
            (files, ", summed up by folder; the numbers are approximate, as they are here")
        }
        Carried::Summed(files) => (files, ", summed up by folder with every number unchanged"),
    };
    format!("your text and the names and sizes of your {}{how}.", format::files(files))
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::context::{ContextOrigin, FileKind, read_listing};

    use super::*;

    fn made(length: usize, copied: bool, files: Carried) -> MadeLink {
        let (link, told, choice) = ("x".repeat(length), String::new(), Some(String::new()));
        MadeLink { secrets: LookedThrough { link, told, choice }, copied, files, number: 0 }
    }

    #[test]
    fn a_long_link_says_so_and_a_refused_copy_asks_for_help() {
        let link = |length, copied| told(&made(length, copied, Carried::Nothing), false);
        assert!(!link(LONG_LINK, true).contains("chat tools"));
        assert!(link(LONG_LINK + 1, true).contains("send it as a file"));
        assert!(link(10, true).starts_with("Link copied: 10 characters"));
        assert!(link(10, false).contains("not copied. Copy it"));
    }

    #[test]
    fn what_of_the_files_is_in_a_link_is_said_with_it() {
        let carried = |files, approximate| told(&made(10, true, files), approximate);
        for (files, approximate, end) in [
            (Carried::Nothing, false, "it carries your text."),
            (Carried::Each(1), false, "your text and the names and sizes of your 1 file."),
            (Carried::Each(1_204), false, "the names and sizes of your 1,204 files."),
            (
                Carried::Summed(20_000),
                false,
                "20,000 files, summed up by folder with every number unchanged.",
            ),
            (Carried::Summed(20_000), true, "the numbers are approximate, as they are here."),
            (
                Carried::Lost,
                false,
                "could not be put into the link: a part of the page did not load or did not answer.",
            ),
        ] {
            let told = carried(files, approximate);
            assert!(told.ends_with(end), "{files:?}: {told}");
            assert!(told.contains("not sent to any server"), "{files:?}: {told}");
        }
        assert!(!carried(Carried::Summed(9), true).contains("unchanged"), "it is not exact");
    }

    #[test]
    fn files_that_are_not_in_the_link_of_a_page_that_has_some_are_lost() {
        let (mut context, _) = read_listing("12 a.js\n30 src/b.js\n");
        let known = |context| KnownContext { origin: ContextOrigin::Listing, context };
        let whole = known(context.clone());
        assert_eq!(Carried::of(None, None), Carried::Nothing);
        assert_eq!(Carried::of(Some(&whole), None), Carried::Lost);
        assert_eq!(Carried::of(Some(&whole), Some(&whole)), Carried::Each(2));
        context.files.values_mut().for_each(|file| file.kind = FileKind::Summary { files: 9 });
        assert_eq!(Carried::of(Some(&whole), Some(&known(context))), Carried::Summed(18));
    }
}
