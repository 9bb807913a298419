//! The Files tab: what the build context is, and how to bring one.

mod assumed;
mod commands;
mod listing;
mod remarks;

use std::rc::Rc;

use layerwise_analyzer::context::ContextOrigin;
use layerwise_analyzer::report::ReportedContext;
use layerwise_analyzer::size::Bytes;
use yew::{Callback, Html, html};

use crate::analysis::Analysis;
use crate::app::bringing::{Bringing, MOST_DIGEST_BYTES, MOST_DIGESTS};
use crate::app::files_tab::assumed::assumed_sizes;
use crate::app::files_tab::listing::ListingField;
use crate::format;
use crate::panels::on_click;
use crate::state::{Action, State};
use crate::widgets::button::button;
use crate::widgets::prose::prose;

/// What the tab shows.
#[derive(Clone, PartialEq)]
pub(super) struct FilesFacts {
    /// What the page remembers.
    pub(super) state: Rc<State>,
    /// What is known of it.
    pub(super) analysis: Analysis,
    /// The folder that is brought.
    pub(super) bringing: Bringing,
    /// Tells the page what the person did.
    pub(super) dispatch: Callback<Action>,
    /// Told what happened.
    pub(super) on_message: Callback<String>,
}

/// What is there, a place to drop a folder, a field for a listing, sizes of an assumed project.
pub(super) fn files_tab(props: &FilesFacts) -> Html {
    let state = &props.state;
    html! {
        <div class="options files-tab">
            { current(props) }
            { choose_folder(props) }
            <ListingField
                listing={Rc::clone(&state.listing)}
                is_used={state.uses_listing()}
                is_replaced={state.input.context.is_some() && !state.uses_listing()}
                dispatch={props.dispatch.clone()}
                on_message={props.on_message.clone()}
            />
            { remarks::remarks(state) }
            { assumed_sizes(props) }
        </div>
    }
}

/// What the context is at the moment.
fn current(props: &FilesFacts) -> Html {
    let Some(known) = &props.state.input.context else {
        return html! {
            <div class="options__group">
                <h3 class="options__label">{ "Your files" }</h3>
                <p>{ prose(&nothing_brought(&props.analysis.report.context)) }</p>
            </div>
        };
    };
    let is_analysed =
        props.analysis.input.context.as_ref().is_some_and(|other| Rc::ptr_eq(other, known));
    let context = &props.analysis.report.context;
    let amount = match is_analysed {
        true => format!("{}, {}", format::files(context.files), format::size(&context.bytes)),
        false => "being analysed".to_owned(),
    };
    let name = match &known.origin {
        ContextOrigin::Listing => "Your listing".to_owned(),
        ContextOrigin::Folder(name) if name.is_empty() => "The files you brought".to_owned(),
        ContextOrigin::Folder(name) => format!("Folder {name}"),
    };
    html! {
        <div class="options__group">
            <h3 class="options__label">{ "Your files" }</h3>
            <p class="files-current">
                <strong>{ name }</strong>{ format!(": {amount}") }
            </p>
            if known.origin != ContextOrigin::Listing {
                <p class="options__hint">{ limits() }</p>
            }
            { button("Forget these files", on_click(&props.dispatch, Action::ForgetContext)) }
        </div>
    }
}

/// What of a folder is read.
fn limits() -> String {
    format!(
        "Read: every name and size, the text of manifests such as package.json, and a fingerprint \
         of up to {} files of at most {} that are sent. Nothing left this page.",
        format::number(MOST_DIGESTS as u64),
        Bytes(MOST_DIGEST_BYTES)
    )
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

fn choose_folder(props: &FilesFacts) -> Html {
    let title = match props.state.input.context.is_some() {
        true => "Choose another folder",
        false => "Choose a folder",
    };
    html! {
        <div class="options__group">
            <div class="files-drop">
                <p>{ "Drop the folder that you give to docker build anywhere on this page." }</p>
                <label class="button button--file">
                    { title }
                    <input
                        class="visually-hidden"
                        type="file"
                        webkitdirectory=true
                        multiple=true
                        onchange={props.bringing.choose.clone()}
                    />
                </label>
                <p class="options__hint">
                    { "It is read in this browser. Nothing is uploaded: your browser may call it \
                       so, but the page has no way to send it." }
                </p>
            </div>
        </div>
    }
}
