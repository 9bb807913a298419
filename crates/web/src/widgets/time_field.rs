//! A field to type a time into.

use yew::{
    AttrValue, Callback, Event, Html, InputEvent, Properties, function_component, html, use_state,
};

use crate::bindings::elements::{complain, value_of};
use crate::format::parse_time;

/// What a time field asks for.
#[derive(Clone, Debug, Properties, PartialEq)]
pub struct TimeFieldProps {
    /// What the field asks for.
    pub label: AttrValue,
    /// Says more of what stands there.
    pub title: Option<AttrValue>,
    /// What counts while the field is empty.
    pub hint: AttrValue,
    /// The time that was told last; empty for none.
    pub value: AttrValue,
    /// Told the text once it reads as a time, and when it is emptied.
    pub on_time: Callback<String>,
}

/// A field that keeps what is being typed, however often it is drawn meanwhile. A text that is no
/// time stays, and the browser says what to type.
#[function_component(TimeField)]
pub fn time_field(props: &TimeFieldProps) -> Html {
    let typed = use_state(|| None::<String>);
    let oninput = {
        let typed = typed.clone();
        move |event: InputEvent| typed.set(Some(value_of(&event)))
    };
    let onchange = {
        let (typed, on_time) = (typed.clone(), props.on_time.clone());
        move |event: Event| match parse_time(&value_of(&event)) {
            Ok(_) => {
                complain(&event, "");
                typed.set(None);
                on_time.emit(value_of(&event));
            }
            Err(hint) => complain(&event, hint),
        }
    };
    let value = (*typed).clone().map_or(props.value.clone(), AttrValue::from);
    html! {
        <input
            type="text"
            class="cache-time"
            autocomplete="off"
            placeholder={&props.hint}
            aria-label={&props.label}
            title={props.title.clone()}
            {value}
            {oninput}
            {onchange}
        />
    }
}
