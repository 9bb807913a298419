//! Asks for the size of an image that nobody knows, and shows a typed one with a way back.

use layerwise_analyzer::report::ReportedBase;
use layerwise_analyzer::size::Bytes;
use yew::{AttrValue, Callback, Html, html};

use super::on_click;
use super::words::{BaseKind, base_kind, typed_size};
use crate::state::{Action, State};
use crate::widgets::button::button_called;
use crate::widgets::notice::{Tone, notice};
use crate::widgets::size_field::SizeField;

/// Which image's size is asked for.
pub(super) struct ImageSize<'page> {
    pub(super) state: &'page State,
    pub(super) base: &'page ReportedBase,
    /// Id of the field, unique in the page.
    pub(super) id: AttrValue,
    pub(super) dispatch: &'page Callback<Action>,
}

/// A field for an unknown size, the typed size with a button to forget it, or nothing for an image
/// whose size is known.
pub(super) fn image_size(props: &ImageSize<'_>) -> Html {
    let base = props.base;
    if base_kind(base) != BaseKind::Image {
        return Html::default();
    }
    match typed_size(props.state, &base.reference) {
        Some(typed) => typed_card(props, typed),
        None if base.unknown => ask_card(props),
        None => Html::default(),
    }
}

fn typed_card(props: &ImageSize<'_>, typed: Bytes) -> Html {
    let reference = &props.base.reference;
    let title = format!("You typed {typed} for {reference}.");
    let label = format!("Remove the size typed for {reference}");
    let forget = on_click(props.dispatch, Action::SetImageSize(reference.clone(), None));
    notice(title, Tone::Quiet, button_called("Remove this size", label, forget))
}

fn ask_card(props: &ImageSize<'_>) -> Html {
    let (dispatch, reference) = (props.dispatch.clone(), props.base.reference.clone());
    let title = match props.base.bytes.low() {
        Bytes(0) => format!("Layerwise does not know {reference}."),
        low => format!("Layerwise knows only that {reference} weighs at least {low}."),
    };
    let label = format!("Type the size of {reference}");
    let on_size = move |bytes| dispatch.emit(Action::SetImageSize(reference.clone(), Some(bytes)));
    notice(
        title,
        Tone::Ask,
        html! {
            <SizeField id={props.id.clone()} {label} {on_size} />
        },
    )
}
