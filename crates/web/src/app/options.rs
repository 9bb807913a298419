//! The Options tab: target stage, build arguments, platform, typed image sizes.

mod arguments;
mod platform;

use std::rc::Rc;

use layerwise_analyzer::report::{Input, Report, ReportedStage};
use layerwise_analyzer::size::Bytes;
use yew::{Callback, Event, Html, html};

pub(super) use arguments::argument_names;

use crate::app::options::arguments::{BuildArguments, build_arguments};
use crate::app::options::platform::PlatformChoice;
use crate::bindings::elements::value_of;
use crate::handle::ReportHandle;
use crate::panels::on_click;
use crate::state::{Action, State};
use crate::widgets::button::button_called;

/// What the tab shows.
#[derive(Clone, PartialEq)]
pub(super) struct OptionsFacts {
    /// What the page remembers.
    pub state: Rc<State>,
    /// The newest report, for the names of stages and arguments.
    pub report: ReportHandle,
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
    let chosen = props.state.input.options.target.as_deref();
    let targets = targets(&props.report);
    // Docker finds a target in any case, and so does the list.
    let is_chosen = |target: &Target| {
        chosen.zip(target.name.as_ref()).is_some_and(|(chosen, name)| same_name(chosen, name))
    };
    let missing = chosen.filter(|_| !targets.iter().any(is_chosen)).map(str::to_owned);
    let onchange = {
        let dispatch = props.dispatch.clone();
        move |event: Event| {
            let value = value_of(&event);
            dispatch.emit(Action::ChooseTarget((!value.is_empty()).then_some(value)));
        }
    };
    let choice = |target: &Target| {
        let (value, disabled) = (target.name.clone().unwrap_or_default(), target.name.is_none());
        let selected = is_chosen(target);
        html! {
            <option key={target.stage} {value} {selected} {disabled}>{ &target.text }</option>
        }
    };
    html! {
        <div class="options__group">
            <label class="options__label" for="target">{ "Target stage" }</label>
            <select id="target" class="options__field" aria-describedby="target-hint" {onchange}>
                <option value="" selected={chosen.is_none()}>{ last_stage(&props.report) }</option>
                { for targets.iter().map(choice) }
                { for missing.map(|name| html! {
                    <option value={name.clone()} selected=true>
                        { format!("{name} (no such stage)") }
                    </option>
                }) }
            </select>
            <p class="options__hint" id="target-hint">
                { "The stage that becomes the image: " }<code>{ "--target" }</code>
            </p>
        </div>
    }
}

/// A stage as a target.
#[derive(Debug, PartialEq, Eq)]
struct Target {
    stage: usize,
    /// What it is chosen by; `None` where it cannot be chosen.
    name: Option<String>,
    /// What its choice says, and why it cannot be chosen.
    text: String,
}

/// The choice of no target.
fn last_stage(report: &Report) -> String {
    match report.stages.last() {
        Some(stage) => format!("The last stage (line {})", stage.line),
        None => "The last stage".to_owned(),
    }
}

/// Every stage but a last one without name, which no target is needed for. Docker finds a target
/// by its name only, and of two stages with one name the later.
fn targets(report: &Report) -> Vec<Target> {
    let stages = &report.stages;
    let named: Vec<Option<String>> = stages
        .iter()
        .map(|stage| stage.name.as_ref().map(|name| name.to_ascii_lowercase()))
        .collect();
    let one = |(stage, reported): (usize, &ReportedStage)| {
        let ReportedStage { name, line, base, .. } = reported;
        let last = named.iter().rposition(|other| *other == named[stage]);
        let last = last.and_then(|last| stages.get(last)).map(|stage| stage.line);
        let (name, text) = match (name, last) {
            (Some(name), Some(last)) if last != *line => {
                (None, format!("{name} (line {line}): line {last} has this name too"))
            }
            (Some(name), _) => (Some(name.clone()), format!("{name} (line {line})")),
            (None, _) => {
                let from = &base.reference;
                (None, format!("from {from} (line {line}): has no name; write AS name to build it"))
            }
        };
        Target { stage, name, text }
    };
    let nameless_end = usize::from(stages.last().is_some_and(|stage| stage.name.is_none()));
    stages.iter().enumerate().take(stages.len() - nameless_end).map(one).collect()
}

/// Whether two names are one to Docker, which compares them in lower case.
fn same_name(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// The image sizes the person typed, each with a way to forget it.
fn typed_sizes(props: &OptionsFacts) -> Html {
    let sizes = &props.state.input.image_sizes;
    if sizes.is_empty() {
        return Html::default();
    }
    let one = |(reference, bytes): &(String, u64)| {
        let forget = on_click(&props.dispatch, Action::SetImageSize(reference.clone(), None));
        html! {
            <li key={reference.clone()} class="options__row">
                <span><code>{ reference }</code>{ format!(": {}", Bytes(*bytes)) }</span>
                { button_called("Forget", format!("Forget the size of {reference}"), forget) }
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
    use layerwise_analyzer::report::outline;

    use super::*;

    fn offered(text: &str) -> Vec<(Option<String>, String)> {
        let report = outline(&Input { dockerfile: text.into(), ..Input::default() });
        targets(&report).into_iter().map(|target| (target.name, target.text)).collect()
    }

    #[test]
    fn only_what_docker_would_find_can_be_chosen() {
        let named = |name: &str, text: &str| (Some(name.to_owned()), text.to_owned());
        let barred = |text: &str| (None, text.to_owned());
        assert_eq!(
            offered("FROM scratch AS build\nFROM node:22\nFROM scratch AS Build\nFROM build\n"),
            [
                barred("build (line 1): line 3 has this name too"),
                barred("from node:22 (line 2): has no name; write AS name to build it"),
                named("build", "build (line 3)"),
            ],
            "the last stage is offered by itself"
        );
    }

    #[test]
    fn every_offer_is_found_by_the_builder() {
        let text = "FROM scratch AS one\nFROM scratch\nFROM one AS TWO\nFROM scratch AS one\n";
        for (name, offer) in offered(text) {
            let Some(name) = name else { continue };
            let mut input = Input { dockerfile: text.into(), ..Input::default() };
            input.options.target = Some(name);
            let report = outline(&input);
            assert_eq!(report.errors, [], "{offer}");
            let target = report.target.and_then(|target| report.stages.get(target));
            let line = target.map(|stage| format!("(line {})", stage.line)).unwrap_or_default();
            assert!(offer.ends_with(&line), "{offer} builds the stage of {line}");
        }
    }
}
