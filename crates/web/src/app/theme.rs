//! Light, dark, or as the system is.

use yew::{Callback, Event, Html, function_component, html, use_effect_with, use_state};

use crate::bindings::elements::value_of;
use crate::bindings::page::set_root_attribute;
use crate::bindings::storage::{self, Shelf};

const KEY: &str = "layerwise.theme";

/// The choices: value and text.
const THEMES: [(&str, &str); 3] = [("system", "System"), ("light", "Light"), ("dark", "Dark")];

/// Chooses the colours of the page and remembers the choice.
#[function_component(ThemeChoice)]
pub(super) fn theme_choice() -> Html {
    let theme = use_state(|| "system");
    // boot.js has already coloured the page by the same key, before the first paint.
    use_effect_with((), {
        let theme = theme.clone();
        move |()| {
            let stored = storage::read(Shelf::Browser, KEY);
            theme.set(known(stored.as_deref().unwrap_or_default()));
        }
    });
    let onchange = Callback::from({
        let theme = theme.clone();
        move |event: Event| {
            let chosen = known(&value_of(&event));
            theme.set(chosen);
            if chosen == "system" {
                storage::remove(Shelf::Browser, KEY);
                set_root_attribute("data-theme", None);
            } else {
                storage::write(Shelf::Browser, KEY, chosen);
                set_root_attribute("data-theme", Some(chosen));
            }
        }
    });
    let one = |(value, text): &(&'static str, &'static str)| {
        html! { <option value={*value} selected={*theme == *value}>{ *text }</option> }
    };
    html! {
        <label class="theme">
            <span class="theme__label">{ "Theme" }</span>
            <select class="theme__choice" {onchange}>{ for THEMES.iter().map(one) }</select>
        </label>
    }
}

fn known(text: &str) -> &'static str {
    THEMES.iter().map(|(value, _)| *value).find(|value| *value == text).unwrap_or("system")
}
