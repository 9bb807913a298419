//! The platform the image is built for.

use layerwise_analyzer::images::Platform;
use yew::{Callback, Event, Html, InputEvent, Properties, function_component, html, use_state};

use crate::bindings::elements::value_of;
use crate::state::Action;

/// What most images are published for (Docker's official images, 2026).
const COMMON: &[&str] = &[
    "linux/amd64",
    "linux/arm64",
    "linux/arm/v7",
    "linux/386",
    "linux/ppc64le",
    "linux/riscv64",
    "linux/s390x",
    "windows/amd64",
];
const OTHER: &str = "other";

/// The choice.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct PlatformChoiceProps {
    /// The platform in force.
    pub(super) platform: Platform,
    /// Tells the page what the person did.
    pub(super) dispatch: Callback<Action>,
}

/// A list of common platforms, and a field for any other.
#[function_component(PlatformChoice)]
pub(super) fn platform_choice(props: &PlatformChoiceProps) -> Html {
    let typed = use_state(|| None::<String>);
    let current = props.platform.to_string();
    let is_other = typed.is_some() || !COMMON.contains(&current.as_str());
    let onchange = {
        let (typed, dispatch, current) = (typed.clone(), props.dispatch.clone(), current.clone());
        move |event: Event| {
            let value = value_of(&event);
            if value == OTHER {
                typed.set(Some(current.clone()));
            } else {
                typed.set(None);
                dispatch.emit(Action::ChoosePlatform(value));
            }
        }
    };
    let oninput = {
        let (typed, dispatch) = (typed.clone(), props.dispatch.clone());
        move |event: InputEvent| {
            let value = value_of(&event);
            dispatch.emit(Action::ChoosePlatform(value.clone()));
            typed.set(Some(value));
        }
    };
    let text = typed.as_ref().unwrap_or(&current);
    let problem = Platform::parse(text).err();
    let common = |name: &&'static str| {
        let selected = !is_other && current == *name;
        html! { <option key={*name} value={*name} {selected}>{ *name }</option> }
    };
    html! {
        <div class="options__group">
            <label class="options__label" for="platform">{ "Platform" }</label>
            <div class="options__row">
                <select id="platform" class="options__field" {onchange}>
                    { for COMMON.iter().map(common) }
                    <option value={OTHER} selected={is_other}>{ "Other…" }</option>
                </select>
                if is_other {
                    <input
                        class="options__field"
                        type="text"
                        aria-label="Other platform"
                        aria-invalid={problem.is_some().to_string()}
                        aria-describedby="platform-hint"
                        value={text.clone()}
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        {oninput}
                    />
                }
            </div>
            <p class="options__hint" id="platform-hint">
                if let Some(problem) = problem {
                    { format!("{problem} Until then {current} is used.") }
                } else {
                    { "What the image is built for: " }<code>{ "--platform" }</code>
                }
            </p>
        </div>
    }
}
