//! A field to type a size into.

use yew::{
    AttrValue, Callback, Html, InputEvent, Properties, SubmitEvent, function_component, html,
    use_state,
};

use crate::bindings::elements::value_of;
use crate::format::{SizeTextError, parse_bytes};

/// What a size field asks for.
#[derive(Clone, Debug, Properties, PartialEq)]
pub struct SizeFieldProps {
    /// Id of the field, unique in the page.
    pub id: AttrValue,
    /// What the field asks for.
    pub label: AttrValue,
    /// Told the bytes when the person sends a size that reads as one.
    pub on_size: Callback<u64>,
}

/// A labelled field with a button; a text that is no size is kept and answered with what to type.
#[function_component(SizeField)]
pub fn size_field(props: &SizeFieldProps) -> Html {
    let text = use_state(String::new);
    let error = use_state(|| None::<SizeTextError>);
    let on_input = {
        let (text, error) = (text.clone(), error.clone());
        move |event: InputEvent| {
            text.set(value_of(&event));
            error.set(None);
        }
    };
    let on_submit = {
        let (text, error, on_size) = (text.clone(), error.clone(), props.on_size.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            match parse_bytes(&text) {
                Ok(bytes) => on_size.emit(bytes),
                Err(reason) => error.set(Some(reason)),
            }
        }
    };
    let (hint, error_id) = (format!("{}-hint", props.id), format!("{}-error", props.id));
    html! {
        <form class="size-field" onsubmit={on_submit} novalidate=true>
            <label for={props.id.clone()}>{ &props.label }</label>
            <div class="size-field-row">
                <input
                    id={props.id.clone()}
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    value={(*text).clone()}
                    aria-invalid={error.is_some().to_string()}
                    aria-describedby={format!("{hint} {error_id}")}
                    oninput={on_input}
                />
                <button type="submit" class="button">{ "Use this size" }</button>
            </div>
            <p class="size-field-hint" id={hint}>
                { "Uncompressed, as " }<code>{ "docker images" }</code>
                { " lists it: 120 MB, 1.2 GB or 350000000." }
            </p>
            <p class="size-field-error" id={error_id} role="alert">
                { error.map(|reason| reason.to_string()) }
            </p>
        </form>
    }
}
