//! A field for a listing of a folder, with the lines that could not be read.

use std::rc::Rc;

use layerwise_analyzer::context::ListingError;
use yew::{
    Callback, Html, InputEvent, NodeRef, Properties, function_component, html, use_effect_with,
    use_mut_ref, use_node_ref,
};

use super::commands::commands;
use crate::bindings::elements::{select_range, set_text, text_of};
use crate::bindings::timers::Timer;
use crate::positions::Utf16Index;
use crate::state::{Action, Listing};
use crate::widgets::button::button;
use crate::widgets::long_list::LongList;

/// Milliseconds without a change before the text is read: it may have 100,000 lines.
const PAUSE: u32 = 200;

/// What the field shows.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct ListingFieldProps {
    pub(super) listing: Rc<Listing>,
    /// Whether it is the context.
    pub(super) is_used: bool,
    /// Whether something else is.
    pub(super) is_replaced: bool,
    pub(super) dispatch: Callback<Action>,
    /// Told what happened.
    pub(super) on_message: Callback<String>,
}

/// The field, the commands that print a listing, and its errors.
#[function_component(ListingField)]
pub(super) fn listing_field(props: &ListingFieldProps) -> Html {
    let area = use_node_ref();
    let waiting = use_mut_ref(|| None::<Timer>);
    let oninput = {
        let (dispatch, area) = (props.dispatch.clone(), area.clone());
        let waiting = Rc::clone(&waiting);
        move |_: InputEvent| {
            let (dispatch, area) = (dispatch.clone(), area.clone());
            let done = Rc::clone(&waiting);
            let read = move || {
                done.take();
                if let Some(text) = text_of(&area) {
                    dispatch.emit(Action::EditListing(text));
                }
            };
            waiting.replace(Some(Timer::new(PAUSE, read)));
        }
    };
    // The field holds its text itself: what was typed since the last reading must not be undone by
    // a draw in between.
    use_effect_with(Rc::clone(&props.listing), {
        let area = area.clone();
        move |listing| {
            if waiting.borrow().is_none() {
                set_text(&area, &listing.text);
            }
        }
    });
    html! {
        <div class="options__group">
            <label class="options__label" for="listing">{ "Or paste a listing" }</label>
            { commands(&props.on_message) }
            <textarea
                ref={area.clone()}
                id="listing"
                class="files-listing"
                rows="6"
                placeholder="1204 ./src/index.js"
                aria-describedby="listing-state"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                wrap="off"
                {oninput}
            />
            <p class="options__hint" id="listing-state" role="status">{ told(props) }</p>
            { use_again(props) }
            { errors(props, &area) }
        </div>
    }
}

fn told(props: &ListingFieldProps) -> String {
    let errors = props.listing.errors.len();
    match (props.listing.text.trim().is_empty(), errors) {
        (true, _) => String::new(),
        (false, 0) if props.is_used => "Every line is read.".to_owned(),
        (false, 0) => "This listing is not used at the moment.".to_owned(),
        (false, 1) => "One line could not be read; the others count.".to_owned(),
        (false, some) => format!("{some} lines could not be read; the others count."),
    }
}

/// The way back to a listing that something else has replaced.
fn use_again(props: &ListingFieldProps) -> Html {
    if props.is_used || props.listing.text.trim().is_empty() {
        return Html::default();
    }
    let onclick = {
        let listing = Rc::clone(&props.listing);
        props.dispatch.reform(move |_| Action::EditListing(listing.text.clone()))
    };
    let title = match props.is_replaced {
        true => "Use this listing instead",
        false => "Use this listing",
    };
    button(title, onclick)
}

fn errors(props: &ListingFieldProps, area: &NodeRef) -> Html {
    let count = props.listing.errors.len();
    if count == 0 {
        return Html::default();
    }
    let item = {
        let (listing, area) = (Rc::clone(&props.listing), area.clone());
        Callback::from(move |index: usize| match listing.errors.get(index) {
            Some(error) => error_item(&listing, error, &area),
            None => Html::default(),
        })
    };
    html! { <LongList class="files-errors" {count} {item} noun="lines" /> }
}

fn error_item(listing: &Rc<Listing>, error: &ListingError, area: &NodeRef) -> Html {
    let onclick = {
        let (listing, area, span) = (Rc::clone(listing), area.clone(), error.span);
        move |_| {
            let range = Utf16Index::new(&listing.text).range(span);
            select_range(&area, range.from, range.to);
        }
    };
    html! {
        <li>
            <button type="button" class="errors__item" {onclick}>
                <span class="errors__line">{ format!("Line {}", error.line) }</span>
                <span>{ &error.message }</span>
            </button>
        </li>
    }
}
