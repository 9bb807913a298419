//! Asks for the size of an image that nobody knows, and shows a typed one with a way back.

use std::rc::Rc;

use layerwise_analyzer::report::ReportedBase;
use layerwise_analyzer::size::Bytes;
use yew::{AttrValue, Callback, Html, Properties, function_component, html};

use super::on_click;
use super::words::{BaseKind, base_kind, typed_size};
use crate::state::{Action, State};
use crate::widgets::button::button_called;
use crate::widgets::notice::{Notice, Tone};
use crate::widgets::size_field::SizeField;

/// Which image's size is asked for.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct ImageSizeProps {
    pub(super) state: Rc<State>,
    pub(super) base: ReportedBase,
    /// Id of the field, unique in the page.
    pub(super) id: AttrValue,
    pub(super) dispatch: Callback<Action>,
}

/// A field for an unknown size, the typed size with a button to forget it, or nothing for an image
/// whose size is known.
#[function_component(ImageSize)]
pub(super) fn image_size(props: &ImageSizeProps) -> Html {
    let base = &props.base;
    if base_kind(base) != BaseKind::Image {
        return Html::default();
    }
    match typed_size(&props.state, &base.reference) {
        Some(typed) => typed_card(props, typed),
        None if base.unknown => ask_card(props),
        None => Html::default(),
    }
}

fn typed_card(props: &ImageSizeProps, typed: Bytes) -> Html {
    let reference = &props.base.reference;
    let title = format!("You typed {typed} for {reference}.");
    let label = format!("Remove the size typed for {reference}");
    let forget = on_click(&props.dispatch, Action::SetImageSize(reference.clone(), None));
    html! {
        <Notice {title}>{ button_called("Remove this size", label, forget) }</Notice>
    }
}

fn ask_card(props: &ImageSizeProps) -> Html {
    let (dispatch, reference) = (props.dispatch.clone(), props.base.reference.clone());
    let title = match props.base.bytes.low() {
        Bytes(0) => format!("Layerwise does not know {reference}."),
        low => format!("Layerwise knows only that {reference} weighs at least {low}."),
    };
    let label = format!("Type the size of {reference}");
    let on_size = move |bytes| dispatch.emit(Action::SetImageSize(reference.clone(), Some(bytes)));
    html! {
        <Notice {title} tone={Tone::Ask}>
            <SizeField id={props.id.clone()} {label} {on_size} />
        </Notice>
    }
}
