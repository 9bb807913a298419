//! The Files tab: what the build context is, and how to bring one.

mod assumed;
mod commands;
mod current;
mod listing;
mod reader;
mod remarks;

use std::rc::Rc;

use yew::{Callback, Html, html};

use crate::analysis::Analysis;
use crate::app::bringing::Bringing;
use crate::app::files_tab::assumed::assumed_sizes;
use crate::app::files_tab::current::current;
use crate::app::files_tab::listing::ListingField;
use crate::state::{Action, State};

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
                other={state.input.context.clone().filter(|_| !state.uses_listing())}
                comes={props.bringing.status.progress.is_some()}
                dispatch={props.dispatch.clone()}
                on_message={props.on_message.clone()}
            />
            { remarks::remarks(state) }
            { assumed_sizes(props) }
        </div>
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
