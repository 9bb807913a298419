//! What the build context is at the moment, how it came here and what of it is known.

use std::rc::Rc;

use layerwise_analyzer::context::{ContextOrigin, KnownContext};
use layerwise_analyzer::report::ReportedContext;
use layerwise_analyzer::size::Bytes;
use yew::{Html, html};

use super::FilesFacts;
use crate::app::bringing::{MOST_DIGEST_BYTES, MOST_DIGESTS};
use crate::format;
use crate::session::amount;
use crate::widgets::button::button;
use crate::widgets::prose::prose;

/// Its name, how much it is, and what was read; without one, what is assumed.
pub(super) fn current(props: &FilesFacts) -> Html {
    let context = &props.analysis.report.context;
    let Some(known) = &props.state.input.context else {
        return html! {
            <div class="options__group">
                <h3 class="options__label">{ "Your files" }</h3>
                <p>{ prose(&nothing_brought(context)) }</p>
            </div>
        };
    };
    let is_analysed =
        props.analysis.input.context.as_ref().is_some_and(|other| Rc::ptr_eq(other, known));
    let amount_in_words = match is_analysed {
        // The first look does not count.
        true if props.analysis.report.is_outline() => format::files(amount(known).0),
        true => format!("{}, {}", format::files(context.files), format::size(&context.bytes)),
        false => "being analysed".to_owned(),
    };
    html! {
        <div class="options__group">
            <h3 class="options__label">{ "Your files" }</h3>
            <p class="files-current">
                <strong>{ name(&known.origin) }</strong>{ format!(": {amount_in_words}") }
            </p>
            if let Some(limits) = limits(known, context.approximate.as_ref().filter(|_| is_analysed)) {
                <p class="options__hint">{ limits }</p>
            }
            { button("Forget these files", props.bringing.forget.clone()) }
        </div>
    }
}

fn name(origin: &ContextOrigin) -> String {
    match origin {
        ContextOrigin::Listing => "Your listing".to_owned(),
        ContextOrigin::Folder(name) if name.is_empty() => "The files you brought".to_owned(),
        ContextOrigin::Folder(name) | ContextOrigin::Walked(name) => format!("Folder {name}"),
        ContextOrigin::Link(Some(name)) if !name.is_empty() => {
            format!("Folder {name}, from the link")
        }
        ContextOrigin::Link(_) => "The link’s files".to_owned(),
    }
}

/// What is known of the files and what is not; nothing where the listing's own words say it.
///
/// A summed-up context keeps every number of the Dockerfile and ignore file it was summed up for:
/// see `layerwise_analyzer::report::condense_context`; where these have changed, the report says so in
/// `approximate`. No entry of a drop or of a picked folder
/// says that it is a link: <https://wicg.github.io/entries-api/#api-entry>. Chromium shows none at
/// all, neither of a dropped nor of a picked folder (measured with version 156 on 26 November
/// 2026); nothing obliges other browsers to do the same.
fn limits(known: &KnownContext, approximate: Option<&String>) -> Option<String> {
    if approximate.is_some() {
        return approximate.cloned();
    }
    match &known.origin {
        ContextOrigin::Listing | ContextOrigin::Walked(_) => None,
        ContextOrigin::Folder(_) => Some(format!(
            "Read: every name and size, the text of manifests such as package.json, and a \
             fingerprint of up to {} files of at most {} that are sent. Browsers do not tell \
             symbolic links from files: a link is missing here, or counts as what it leads to. \
             Nothing left this page.",
            format::number(MOST_DIGESTS as u64),
            Bytes(MOST_DIGEST_BYTES)
        )),
        ContextOrigin::Link(_) => {
            let entries = format::number(known.context.files.len() as u64);
            let (summed, exact) = match amount(known).1 {
                true => (
                    ", summarised by folder. Numbers are exact for the Dockerfile and ignore file \
                     of the link, and approximate once you edit them",
                    "exact numbers",
                ),
                false => (", with names and sizes but no contents", "what it holds now"),
            };
            Some(format!(
                "This listing came with the link: {entries} entries{summed}. Drop the folder \
                 itself for {exact}."
            ))
        }
    }
}

fn nothing_brought(context: &ReportedContext) -> String {
    match &context.assumed {
        Some(assumed) => format!(
            "None yet. What you see is assumed: {}. {}",
            format::project(&assumed.title),
            assumed.why
        ),
        None => "None yet.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::context::{FileKind, read_listing};

    use super::*;

    fn said(origin: ContextOrigin, summed: bool) -> String {
        limits(&known(origin, summed), None).unwrap_or_default()
    }

    fn known(origin: ContextOrigin, summed: bool) -> KnownContext {
        let (mut context, _) = read_listing("12 a.js\n30 src/b.js\n");
        if summed {
            let files = context.files.values_mut();
            files.for_each(|file| file.kind = FileKind::Summary { files: 9 });
        }
        KnownContext { origin, context }
    }

    #[test]
    fn what_came_with_a_link_is_not_said_to_be_read_or_pasted_here() {
        let listed = said(ContextOrigin::Link(None), false);
        assert!(listed.starts_with("This listing came with the link: 2 entries, with names"));
        let summed = said(ContextOrigin::Link(Some("app".into())), true);
        assert!(summed.contains("summarised by folder"), "{summed}");
        assert!(summed.contains("approximate once you edit"), "{summed}");
        for text in [listed, summed] {
            assert!(!text.contains("Read:") && !text.contains("pasted"), "{text}");
            assert!(text.contains("Drop the folder"), "where to go on: {text}");
        }
    }

    #[test]
    fn numbers_that_have_become_approximate_are_not_called_exact() {
        let why = "These files are approximate now.".to_owned();
        let now = limits(&known(ContextOrigin::Link(None), true), Some(&why));
        assert_eq!(now, Some(why), "what the results say too");
    }

    #[test]
    fn what_a_browser_cannot_see_of_a_folder_is_said_where_one_was_read() {
        let read = said(ContextOrigin::Folder("app".into()), false);
        assert!(read.starts_with("Read: every name") && read.contains("symbolic links"), "{read}");
        assert_eq!(said(ContextOrigin::Listing, false), "");
    }
}
