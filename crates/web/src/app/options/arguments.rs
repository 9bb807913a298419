//! Build arguments as rows of name and value.

use layerwise_analyzer::report::Report;
use yew::{AttrValue, Callback, Html, InputEvent, html};

use crate::bindings::elements::{focus_soon, value_of};
use crate::panels::on_click;
use crate::state::Action;
use crate::widgets::button::{button, button_called};

type Argument = (String, Option<String>);

/// The parts of an argument, as ids of fields begin.
const NAME: &str = "argument-name";
const VALUE: &str = "argument-value";

/// Id of a field of the argument with this number, from 1.
fn field_id(part: &str, number: usize) -> String {
    format!("{part}-{number}")
}

/// The rows.
#[derive(Clone, PartialEq)]
pub(super) struct BuildArguments {
    /// The arguments in order.
    pub(super) arguments: Vec<Argument>,
    /// Names that the Dockerfile declares.
    pub(super) suggestions: Vec<String>,
    /// Tells the page what the person did.
    pub(super) dispatch: Callback<Action>,
}

/// Rows to add, change and remove build arguments.
pub(super) fn build_arguments(props: &BuildArguments) -> Html {
    let add = {
        let props = props.clone();
        Callback::from(move |_| {
            let mut all = props.arguments.clone();
            let unused = props.suggestions.iter().find(|name| !is_used(&all, name));
            // Without a value until one is typed: an empty one would override the default.
            all.push((unused.cloned().unwrap_or_default(), None));
            // What is to be typed next.
            let part = if unused.is_some() { VALUE } else { NAME };
            let id = field_id(part, all.len());
            props.dispatch.emit(Action::SetBuildArguments(all));
            focus_soon(id);
        })
    };
    html! {
        <div class="options__group" role="group" aria-labelledby="arguments-title">
            <h3 class="options__label" id="arguments-title">{ "Build arguments" }</h3>
            <datalist id="argument-names">
                { for props.suggestions.iter().map(|name| html! { <option value={name.clone()} /> }) }
            </datalist>
            if !props.arguments.is_empty() {
                <ul class="options__list">
                    { for (0..props.arguments.len()).map(|at| row(props, at)) }
                </ul>
            }
            { button("Add a build argument", add) }
            <p class="options__hint">
                <code>{ "--build-arg NAME=value" }</code>
                { " overrides the default of an " }<code>{ "ARG" }</code>{ "." }
            </p>
        </div>
    }
}

fn row(props: &BuildArguments, at: usize) -> Html {
    let Some((name, value)) = props.arguments.get(at) else {
        return Html::default();
    };
    let number = at + 1;
    let change = |how: fn(&mut Argument, String)| {
        let props = props.clone();
        move |event: InputEvent| {
            let mut all = props.arguments.clone();
            if let Some(argument) = all.get_mut(at) {
                how(argument, value_of(&event));
            }
            props.dispatch.emit(Action::SetBuildArguments(all));
        }
    };
    let mut others = props.arguments.clone();
    others.remove(at);
    let remove = on_click(&props.dispatch, Action::SetBuildArguments(others));
    let hint = if value.is_none() { "its default stays" } else { "" };
    html! {
        <li key={at} class="options__row">
            { field(field_id(NAME, number), format!("Name of build argument {number}"), name, "NAME",
                Some("argument-names"), change(|argument, text| argument.0 = text)) }
            <span aria-hidden="true">{ "=" }</span>
            { field(field_id(VALUE, number), format!("Value of build argument {number}"),
                value.as_deref().unwrap_or(""), hint, None,
                change(|argument, text| argument.1 = Some(text))) }
            { button_called("Remove", format!("Remove build argument {number} {name}"), remove) }
        </li>
    }
}

fn field(
    id: String,
    label: String,
    value: &str,
    hint: &'static str,
    list: Option<&'static str>,
    oninput: impl Fn(InputEvent) + 'static,
) -> Html {
    html! {
        <input
            {id}
            class="options__field"
            type="text"
            aria-label={label}
            value={value.to_owned()}
            placeholder={hint}
            list={list.map(AttrValue::Static)}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            {oninput}
        />
    }
}

fn is_used(arguments: &[Argument], name: &str) -> bool {
    arguments.iter().any(|(used, _)| used == name)
}

/// Names that the `ARG`s of `text` declare, each once, in order. Only suggestions: what an `ARG`
/// means is the analyzer's business.
#[must_use]
pub(in crate::app) fn argument_names(text: &str, report: &Report) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let declarations = report.instructions.iter().filter(|one| one.keyword == "ARG");
    for word in declarations.flat_map(|one| one.span.slice(text).split_whitespace().skip(1)) {
        let name = word.split('=').next().unwrap_or_default();
        let plain = !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if plain && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::report::{Input, outline};

    use super::*;

    #[test]
    fn names_of_all_arguments_are_suggested_once() {
        let text =
            "ARG VERSION=1\nFROM scratch\nARG VERSION\nARG A=\"x\" B_2=3 \\\n  C\nARG $odd\n";
        let report = outline(&Input { dockerfile: text.into(), ..Input::default() });
        assert_eq!(argument_names(text, &report), ["VERSION", "A", "B_2", "C"]);
    }
}
