//! A field for a listing of a folder, with the lines that could not be read.

use std::rc::Rc;

use layerwise_analyzer::context::{KnownContext, ListingError};
use yew::{Callback, Html, Properties, function_component, html};

use super::commands::commands;
use super::reader::{Reader, use_reader};
use crate::app::errors::error_item;
use crate::bindings::elements::select_range;
use crate::format;
use crate::positions::Utf16Index;
use crate::state::{Action, LINES_SHOWN, Listing};
use crate::widgets::button::button;
use crate::widgets::long_list::LongList;
use crate::widgets::prose::prose;

/// What the field shows.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct ListingFieldProps {
    pub(super) listing: Rc<Listing>,
    /// Whether it is the context.
    pub(super) is_used: bool,
    /// The context that is there instead of it.
    pub(super) other: Option<Rc<KnownContext>>,
    /// Whether a folder is read that will be.
    pub(super) comes: bool,
    pub(super) dispatch: Callback<Action>,
    /// Told what happened.
    pub(super) on_message: Callback<String>,
}

/// The field, the commands that print a listing, and its errors.
#[function_component(ListingField)]
pub(super) fn listing_field(props: &ListingFieldProps) -> Html {
    let ListingFieldProps { listing, other, dispatch, .. } = props;
    let reader = use_reader(listing, (other.clone(), props.comes), dispatch);
    let is_large = Listing::is_large(&listing.text);
    let clear = {
        let reader = reader.clone();
        Callback::from(move |_| reader.clear())
    };
    html! {
        <div class="options__group">
            <label class="options__label" for="listing">{ "Or paste a listing" }</label>
            { commands(&props.on_message) }
            <textarea
                ref={reader.area.clone()}
                id="listing"
                class="files-listing"
                rows="6"
                placeholder="1204 ./src/index.js"
                aria-describedby="listing-state"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                wrap="off"
                readonly={is_large}
                oninput={reader.typed()}
                onpaste={reader.pasted(is_large)}
            />
            <p class="options__hint" id="listing-state" role="status">{ told(props, &reader) }</p>
            if is_large {
                { button("Clear the listing", clear) }
            }
            { use_again(props, &reader) }
            { errors(props, &reader) }
        </div>
    }
}

/// What is said of the listing. Where nothing could be read, no form of listing is named: the
/// person chose none.
fn told(props: &ListingFieldProps, reader: &Reader) -> String {
    let Listing { text, errors, files } = &*props.listing;
    if reader.is_reading() {
        return "Reading the listing…".to_owned();
    }
    let read = match (text.trim().is_empty(), errors.len()) {
        (true, _) => return String::new(),
        (false, 0) if props.is_used => "Every line is read.".to_owned(),
        (false, 0) => "This listing is not used at the moment.".to_owned(),
        (false, _) if *files == 0 => {
            return "No line could be read: each needs the path of a file and its bytes. The \
                    commands above print both."
                .to_owned();
        }
        (false, 1) => "One line could not be read; the others count.".to_owned(),
        (false, some) => {
            format!("{} lines could not be read; the others count.", format::number(some as u64))
        }
    };
    if !Listing::is_large(text) {
        return read;
    }
    let (lines, shown) = (text.lines().count() as u64, format::number(LINES_SHOWN as u64));
    format!("{} lines pasted, of which the field shows {shown}. {read}", format::number(lines))
}

/// The way back to a listing that something else has replaced.
fn use_again(props: &ListingFieldProps, reader: &Reader) -> Html {
    if reader.is_reading() || props.is_used || props.listing.text.trim().is_empty() {
        return Html::default();
    }
    let onclick = {
        let (listing, reader) = (Rc::clone(&props.listing), reader.clone());
        Callback::from(move |_| reader.take(listing.text.clone()))
    };
    let title = match props.other.is_some() {
        true => "Use this listing instead",
        false => "Use this listing",
    };
    button(title, onclick)
}

fn errors(props: &ListingFieldProps, reader: &Reader) -> Html {
    let count = props.listing.errors.len();
    if count == 0 || props.listing.files == 0 {
        return Html::default();
    }
    let item = {
        let (listing, reader) = (Rc::clone(&props.listing), reader.clone());
        Callback::from(move |index: usize| match listing.errors.get(index) {
            Some(error) => unread_line(&listing, error, &reader),
            None => Html::default(),
        })
    };
    html! { <LongList class="files-errors" {count} {item} noun="lines" /> }
}

/// A line that could not be read: it leads to its place in the field, or is quoted where the field
/// does not show it.
fn unread_line(listing: &Rc<Listing>, error: &ListingError, reader: &Reader) -> Html {
    let line = format!("Line {}", format::number(error.line.into()));
    if error.span.end > listing.shown().len() {
        let quoted = format::shorten(error.span.slice(&listing.text), 120);
        return html! {
            <li>
                <span class="errors__line">{ line }</span>
                { " " }<code>{ quoted }</code>{ " " }<span>{ prose(&error.message) }</span>
            </li>
        };
    }
    let (listing, area, span) = (Rc::clone(listing), reader.area.clone(), error.span);
    let show = Callback::from(move |_| {
        let range = Utf16Index::new(listing.shown()).range(span);
        select_range(&area, range.from, range.to);
    });
    error_item(&line, &error.message, show)
}
