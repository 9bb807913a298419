//! The Options tab: target stage, build arguments, platform, typed image sizes.

mod arguments;
mod platform;

use std::rc::Rc;

use layerwise_analyzer::report::{Input, Report};
use layerwise_analyzer::size::Bytes;
use yew::{Callback, Event, Html, html};

pub(super) use arguments::argument_names;

use crate::app::options::arguments::{BuildArguments, build_arguments};
use crate::app::options::platform::PlatformChoice;
use crate::bindings::elements::value_of;
use crate::state::{Action, State};

/// What the tab shows.
#[derive(Clone, PartialEq)]
pub(super) struct OptionsFacts {
    /// What the page remembers.
    pub state: Rc<State>,
    /// The newest report, for the names of stages and arguments.
    pub report: Rc<Report>,
    /// What the report is on.
    pub reported_input: Rc<Input>,
    /// Tells the page what the person did.
    pub dispatch: Callback<Action>,
}

/// The choices that `docker build` takes as flags.
pub(super) fn options(props: &OptionsFacts) -> Html {
    let options = &props.state.input.options;
    let arguments = BuildArguments {
        arguments: options.build_arguments.clone(),
        suggestions: argument_names(&props.reported_input.dockerfile, &props.report),
        dispatch: props.dispatch.clone(),
    };
    let platform = options.platform.clone();
    html! {
        <div class="options">
            { target_choice(props) }
            { build_arguments(&arguments) }
            <PlatformChoice {platform} dispatch={props.dispatch.clone()} />
            { typed_sizes(props) }
        </div>
    }
}

/// Chooses the stage to build.
fn target_choice(props: &OptionsFacts) -> Html {
    let chosen = props.state.input.options.target.clone();
    let stages = target_names(&props.report);
    let missing = chosen.clone().filter(|chosen| !stages.iter().any(|(name, _)| name == chosen));
    let onchange = {
        let dispatch = props.dispatch.clone();
        move |event: Event| {
            let value = value_of(&event);
            dispatch.emit(Action::ChooseTarget((!value.is_empty()).then_some(value)));
        }
    };
    let choice = |value: String, text: String| {
        let selected = chosen.as_ref() == Some(&value);
        html! { <option key={value.clone()} {value} {selected}>{ text }</option> }
    };
    html! {
        <div class="options__group">
            <label class="options__label" for="target">{ "Target stage" }</label>
            <select id="target" class="options__field" aria-describedby="target-hint" {onchange}>
                <option value="" selected={chosen.is_none()}>{ "The last stage" }</option>
                { for stages.iter().map(|(value, text)| choice(value.clone(), text.clone())) }
                { for missing.map(|name| choice(name.clone(), format!("{name} (no such stage)"))) }
            </select>
            <p class="options__hint" id="target-hint">
                { "The stage that becomes the image: " }<code>{ "--target" }</code>
            </p>
        </div>
    }
}

/// What each stage is chosen by, and what its choice says.
fn target_names(report: &Report) -> Vec<(String, String)> {
    let one = |(index, stage): (usize, &layerwise_analyzer::report::ReportedStage)| {
        let base = &stage.base.reference;
        match &stage.name {
            Some(name) => (name.clone(), format!("{name} (line {})", stage.line)),
            None => {
                (index.to_string(), format!("stage {index}, from {base} (line {})", stage.line))
            }
        }
    };
    report.stages.iter().enumerate().map(one).collect()
}

/// The image sizes the person typed, each with a way to forget it.
fn typed_sizes(props: &OptionsFacts) -> Html {
    let sizes = &props.state.input.image_sizes;
    if sizes.is_empty() {
        return Html::default();
    }
    let one = |(reference, bytes): &(String, u64)| {
        let (dispatch, name) = (props.dispatch.clone(), reference.clone());
        html! {
            <li key={reference.clone()} class="options__row">
                <span><code>{ reference }</code>{ format!(": {}", Bytes(*bytes)) }</span>
                <button
                    type="button"
                    class="button"
                    aria-label={format!("Forget the size of {reference}")}
                    onclick={move |_| dispatch.emit(Action::SetImageSize(name.clone(), None))}
                >
                    { "Forget" }
                </button>
            </li>
        }
    };
    html! {
        <div class="options__group">
            <h3 class="options__label">{ "Image sizes you typed" }</h3>
            <ul class="options__list">{ for sizes.iter().map(one) }</ul>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::report::analyze;

    use super::*;

    #[test]
    fn a_stage_without_name_is_chosen_by_its_number() {
        let text = "FROM scratch AS build\nFROM scratch\n";
        let report = analyze(&Input { dockerfile: text.into(), ..Input::default() });
        let names = target_names(&report);
        let wanted = [
            ("build".to_owned(), "build (line 1)".to_owned()),
            ("1".to_owned(), "stage 1, from scratch (line 2)".to_owned()),
        ];
        assert_eq!(names, wanted);
    }
}
